"""The demo's mails: what a partnership's mailbox gets in a bad fortnight, all of it invented."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from hashlib import sha256

BORDER = "mx.salford.gov.uk"
WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
PDF = ("application", "pdf")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as a sender would attach it."""

    name: str
    kind: tuple[str, str]
    data: bytes


@dataclass(frozen=True, slots=True)
class DemoMail:
    """One mail: what it is (said in the demo's account), its bytes, when the server got it (aware)."""

    what: str
    raw: bytes
    received: datetime

    @property
    def sha256(self) -> str:
        """Return the digest by which the records know it."""
        return sha256(self.raw).hexdigest()


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes mails as they leave the border's server, the day ``received`` being counted back from ``now``."""

    now: datetime

    def write(
        self,
        what: str,
        sender: str,
        subject: str,
        text: str,
        files: Sequence[Attachment] = (),
        *,
        days_ago: int = 0,
        dmarc: str = "pass",
        extra: Sequence[tuple[str, str]] = (),
    ) -> DemoMail:
        """Return one mail with the verdict our border would stamp on it (RFC 8601)."""
        received = self.now - timedelta(days=days_ago)
        domain = sender.rpartition("@")[2].rstrip(">")
        mail = EmailMessage()
        verdict = (
            f"spf={dmarc} smtp.mailfrom={domain}; dkim={dmarc} header.d={domain}; dmarc={dmarc} header.from={domain}"
        )
        mail["Authentication-Results"] = f"{BORDER}; {verdict}"
        mail["Received"] = f"from out.{domain} by {BORDER} with ESMTPS; {format_datetime(received)}"
        mail["From"], mail["To"], mail["Subject"] = sender, "sscp@salford.gov.uk", subject
        mail["Date"], mail["Message-ID"] = format_datetime(received), make_msgid(domain=domain)
        for name, value in extra:
            mail[name] = value
        mail.set_content(text)
        for file in files:
            mail.add_attachment(file.data, maintype=file.kind[0], subtype=file.kind[1], filename=file.name)
        return DemoMail(what, mail.as_bytes(policy=SMTP), received)


def others(writer: Writer, locked: bytes, marf: bytes, picture: bytes) -> Iterator[DemoMail]:
    """Give the mails that are no plain referral: what a careful unit holds, sets aside or quarantines."""
    police, hospital = "Pat Example <pat.example@constabulary.example>", "Sam Sample <sam.sample@hospital.example>"
    hello = "Dear colleagues,\n\nplease see the attached.\n\nKind regards\n"
    secret = Attachment("referral.pdf", PDF, locked)
    yield writer.write("a form locked with a password", hospital, "Referral [secure]", hello, [secret])
    wrong = Attachment("MARF.docx", WORD, marf)
    yield writer.write("another service's form (MARF)", police, "Referral", hello, [wrong])
    scan = Attachment("scan.pdf", PDF, picture)
    yield writer.write("a scan: pictures of pages, no text", hospital, "scan", hello, [scan])
    damaged = Attachment("form.docx", WORD, marf[: len(marf) // 2])
    yield writer.write("a damaged Word file", police, "Referral form", hello, [damaged])
    yield writer.write("a form typed into the mail", hospital, "Referral", TYPED)
    yield writer.write("a link to a file, and no file", police, "Shared with you", LINK)
    yield writer.write("a secure-mail wrapper (Egress)", hospital, "Secure message", WRAPPED, [WRAPPER])
    yield writer.write("a mail that claims to be the police", police, "URGENT referral", hello, dmarc="fail")
    yield from chatter(writer, hospital)


def chatter(writer: Writer, hospital: str) -> Iterator[DemoMail]:
    """Give what most of a mailbox's mail is."""
    away = [("Auto-Submitted", "auto-replied")]
    yield writer.write("an out-of-office answer", hospital, "Automatic reply: Referral", "I am away.\n", extra=away)
    listed = [("List-Id", "<news.bulletin.example>"), ("Precedence", "bulk")]
    news = "News <news@bulletin.example>"
    yield writer.write("a newsletter", news, "Safeguarding news, November", "Dear subscriber\n", extra=listed)
    question = "Hello, when is the next multi-agency training?\n"
    yield writer.write("a question about training", "Kit Nobody <kit@council.example>", "Training dates?", question)


TYPED = """Dear SSCP,

Name of referrer: Sam Sample
Agency: Exampleton Hospitals NHS Trust
Child's full name: Robin Invented
Date of birth: 01/02/2021
Date of incident: 10/11/2026
Reason for referral: typed here, as our Word is not working.
Quality assured by: Idris Sample
"""
LINK = """Pat Example shared a file with you.

Open: https://constabulary.sharepoint.com/:w:/s/safeguarding/Eaaaa

This link works only for the direct recipients of this message.
"""
WRAPPED = "You have received a secure message via Egress Protect. Open the attached file to read it.\n"
WRAPPER = Attachment(
    "secure.html", ("text", "html"), b"<html><body>Egress Protect: read your secure message</body></html>"
)
