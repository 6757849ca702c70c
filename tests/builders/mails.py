"""Invented agency mails, byte for byte: every kind the table of domain.md names, for all tests.

``mail()`` is the general one; the others are made of it. All lines end in CRLF as a server delivers them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

SENDER = "Orla Example <orla.example@agency.example>"
MAILBOX = "sscp@salford.gov.uk"
AUTHSERV = "mx.salford.example"
DATE = "Mon, 16 Nov 2026 09:30:00 +0000"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part beside the body: its name, content and claims."""

    name: str
    data: bytes
    type: str = "application/octet-stream"
    disposition: str = "attachment"


def docx_attachment(data: bytes, name: str = "referral.docx") -> Attachment:
    """Return a Word document under its right type."""
    return Attachment(name, data, DOCX_TYPE)


def pdf_attachment(data: bytes, name: str = "referral.pdf") -> Attachment:
    """Return a PDF under its right type."""
    return Attachment(name, data, "application/pdf")


def mail(
    text: str = "Please find attached a referral.\r\n\r\nOrla",
    *attachments: Attachment,
    sender: str = SENDER,
    to: str = MAILBOX,
    subject: str = "Referral",
    message_id: str = "<one@agency.example>",
    html: str = "",
    headers: Headers = (),
    verdict: str = "pass",
    authserv: str = AUTHSERV,
) -> bytes:
    """Return a mail as delivered; ``headers`` stand on top of all, ``verdict`` is DMARC's (empty: no such header)."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"], message["Message-ID"] = DATE, message_id
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for each in attachments:
        main, _, sub = each.type.partition("/")
        message.add_attachment(
            each.data, maintype=main, subtype=sub, filename=each.name or None, disposition=each.disposition
        )
    return with_headers((*headers, *delivered(sender, verdict, authserv)), message.as_bytes())


def delivered(sender: str, verdict: str, authserv: str = AUTHSERV) -> Headers:
    """Return what the border writes on top of a mail: Return-Path, results of authentication, one hop."""
    address = sender.rpartition("<")[2].rstrip(">")
    domain = address.rpartition("@")[2]
    results = (
        f"{authserv}; spf={verdict} smtp.mailfrom={domain}; dkim={verdict} header.d={domain}; "
        f"dmarc={verdict} header.from={domain}"
    )
    hop = f"from mail.{domain} (mail.{domain} [192.0.2.1]) by {authserv} with ESMTPS id 1; {DATE}"
    written = [("Return-Path", f"<{address}>"), ("Authentication-Results", results), ("Received", hop)]
    return [header for header in written if verdict or header[0] != "Authentication-Results"]


def with_headers(headers: Headers, raw: bytes) -> bytes:
    """Put header lines on top of a mail, as they are given."""
    return b"".join(f"{name}: {value}\r\n".encode() for name, value in headers) + raw


def raw(*lines: str, body: bytes = b"") -> bytes:
    """Return a mail of header lines as they stand: for what no library would write."""
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8", "surrogateescape") + b"\r\n" + body


def out_of_office(**more: str) -> bytes:
    """Return a holiday responder's answer (RFC 3834)."""
    return mail("I am away.", subject="Automatic reply", headers=[("Auto-Submitted", "auto-replied")], **more)


def list_mail() -> bytes:
    """Return a bulletin sent through a mailing list."""
    headers = [("List-Id", "<bulletin.agency.example>"), ("List-Unsubscribe", "<mailto:off@agency.example>")]
    return mail("This week in the bulletin.", subject="Bulletin", headers=[*headers, ("Precedence", "bulk")])


def bounce(
    returned_message_id: str, *, recipient: str = "orla.example@agency.example", action: str = "failed"
) -> bytes:
    """Return a delivery status notification (RFC 3464) that returns one of our letters."""
    text = (
        f"From: Mail Delivery System <mailer-daemon@mx.agency.example>\r\nTo: {MAILBOX}\r\nSubject: Undelivered\r\n"
        f"Date: {DATE}\r\nMessage-ID: <dsn@mx.agency.example>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="=_dsn"\r\n\r\n'
        "--=_dsn\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n"
        "--=_dsn\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.agency.example\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: 5.1.1\r\n\r\n"
        f"--=_dsn\r\nContent-Type: message/rfc822\r\n\r\nFrom: {MAILBOX}\r\nMessage-ID: {returned_message_id}\r\n"
        "Subject: Returned\r\n\r\nReturned words.\r\n--=_dsn--\r\n"
    )
    return with_headers([("Return-Path", "<>")], text.encode())


def calendar() -> bytes:
    """Return a meeting request."""
    event = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    return _mixed(mail("Meeting", subject="Meeting"), _part("text/calendar; method=REQUEST", event))


def forwarded(inner: bytes, *, name: str = "", encoding: str = "7bit") -> bytes:
    """Return a mail with another mail attached as message/rfc822."""
    return _mixed(mail("See below."), _part("message/rfc822", inner, encoding=encoding, name=name))


def wrapped(service: str) -> bytes:
    """Return a mail whose content lies with an encrypting service: purview, egress, mimecast, zivver, nhsmail."""
    rpmsg = Attachment(
        "message.rpmsg", b"\x76\xe8\x04\x60\xc4\x11\xe3\x86" + bytes(64), "application/x-microsoft-rpmsg-message"
    )
    page = Attachment("Encrypted_Message.htm", b"<html><body>Open the attachment</body></html>", "text/html")
    words = {
        "purview": "Orla Example has sent you a protected message.",
        "egress": "You have received a secure email from Egress Protect. https://switch.egress.com/ui/read",
        "mimecast": "Orla has sent you a secure message via Mimecast Secure Messaging.",
        "zivver": "Orla sent you a secure message with Zivver. https://app.zivver.com/view/1",
        "nhsmail": "This is an encrypted message from NHSmail.",
    }
    extra = {"purview": (rpmsg,), "nhsmail": (page,)}
    return mail(words[service], *extra.get(service, ()))


def link_only(url: str = "https://agency-my.sharepoint.com/:w:/g/personal/x") -> bytes:
    """Return a mail with nothing but a link to a file elsewhere."""
    return mail(f"The form is here: {url}")


def winmail(data: bytes = b"") -> bytes:
    """Return a mail whose attachments Outlook packed into winmail.dat."""
    return mail("Hello", Attachment("winmail.dat", b"\x78\x9f\x3e\x22" + (data or bytes(40)), "application/ms-tnef"))


def executable(name: str = "referral.pdf.exe") -> bytes:
    """Return a mail with a Windows program."""
    return mail("Open this", Attachment(name, b"MZ\x90\x00" + bytes(200)))


def locked_docx() -> bytes:
    """Return a password-locked docx: an OLE file with EncryptedPackage, its content of no matter."""
    return ole_file("EncryptionInfo", "EncryptedPackage")


def ole_file(*streams: str) -> bytes:
    """Return a small OLE2 file with empty streams of these names ([MS-CFB], version 3)."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + _words(0x3E, 3, 0xFFFE, 9, 6, size=2) + bytes(6)
    head += _words(0, 1, 1, 0, 4096, end, 0, end, 0) + _words(0, *[free] * 108)
    entries = [_entry("Root Entry", 5, free, 1 if streams else free)]
    for number, name in enumerate(streams, start=1):
        entries.append(_entry(name, 2, number + 1 if number < len(streams) else free, free))
    while len(entries) % 4:
        entries.append(bytes(128))
    sectors = len(entries) // 4
    chain = [table, *range(2, sectors + 1), end]
    return head + _words(*chain, *[free] * (128 - len(chain))) + b"".join(entries)


def _entry(name: str, kind: int, right: int, child: int) -> bytes:
    wide = name.encode("utf-16-le")
    links = _words(0xFFFFFFFF, right, child)
    return (
        wide.ljust(64, b"\0") + _words(len(wide) + 2, size=2) + bytes((kind, 1)) + links + bytes(36) + _words(0, 0, 0)
    )


def _words(*numbers: int, size: int = 4) -> bytes:
    return b"".join(number.to_bytes(size, "little") for number in numbers)


def _part(kind: str, data: bytes, *, encoding: str = "7bit", name: str = "") -> bytes:
    disposition = f'Content-Disposition: attachment; filename="{name}"\r\n' if name else ""
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n{disposition}\r\n"
    return head.encode() + data


def _mixed(main: bytes, *parts: bytes) -> bytes:
    """Put a plain mail's body and further parts under one multipart/mixed."""
    head, _, body = main.partition(b"\r\n\r\n")
    kept = [line for line in head.split(b"\r\n") if not line.lower().startswith((b"content-", b"mime-version"))]
    lines = [*kept, b"MIME-Version: 1.0", b'Content-Type: multipart/mixed; boundary="=_mix"', b"", b""]
    first = b"Content-Type: text/plain\r\n\r\n" + body
    return (
        b"\r\n".join(lines) + b"".join(b"--=_mix\r\n" + part + b"\r\n" for part in (first, *parts)) + b"--=_mix--\r\n"
    )
