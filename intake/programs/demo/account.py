"""What the demo tells of each mail: what came, what was decided and why, and the letter that went out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message as Mail
from typing import Any

from intake.domain.stages import Stage
from intake.programs.demo.mails import DemoMail
from intake.report.render import meaning_of

MARKS = {
    Stage.REGISTERED.value: "REGISTERED",
    Stage.HELD.value: "FOR A PERSON",
    Stage.SET_ASIDE.value: "SET ASIDE",
    Stage.QUARANTINED.value: "QUARANTINE",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One mail's account: ``findings`` and ``letters`` are codes in the words of the records."""

    what: str
    stage: str
    why: str
    cases: Sequence[str]
    findings: Sequence[str]
    letters: Sequence[str]
    """Each letter's kind, state and subject."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the account is made of: the intake log, the letters the demo's server was given, words for codes."""

    log: Sequence[Mapping[str, Any]]
    letters: Sequence[Mail]
    meanings: Mapping[str, str]

    def said(self, code: str) -> str:
        """Return what a code says, in plain words."""
        return meaning_of(code, self.meanings)

    def subject(self, message: str, kind: str) -> str | None:
        """Return the subject of a letter that went out; its Message-ID names kind and message."""
        went = (letter for letter in self.letters if f"<{kind}." in str(letter["Message-ID"]))
        return next((str(letter["Subject"]) for letter in went if message in str(letter["Message-ID"])), None)


def lines(mails: Sequence[DemoMail], evidence: Evidence) -> Iterator[Line]:
    """Pair each mail with its row of the intake log, by digest of its bytes."""
    rows = {row["sha256"]: row for row in evidence.log}
    for mail in mails:
        row = rows.get(mail.sha256)
        if row is None:
            yield Line(mail.what, "missing", "not in the log", (), (), ())
            continue
        findings = tuple(evidence.said(code) for code in row["findings"])
        letters = tuple(_letter(row["id"], letter, evidence) for letter in row["letters"])
        yield Line(mail.what, row["stage"], evidence.said(row["why"]), row["cases"], findings, letters)


def _letter(message: str, letter: Mapping[str, Any], evidence: Evidence) -> str:
    subject = evidence.subject(message, letter["kind"])
    return f'{letter["kind"]} {letter["state"]}: "{subject}"' if subject else f"{letter['kind']} {letter['state']}"


def told(line: Line) -> Iterator[str]:
    """Say one mail's account in a few plain lines."""
    yield f"  {MARKS.get(line.stage, line.stage):<13} {line.what}"
    yield f"  {'':<13} {line.why}{': ' if line.cases else ''}{', '.join(line.cases)}"
    yield from (f"  {'':<13} found: {finding}" for finding in line.findings)
    yield from (f"  {'':<13} letter: {letter}" for letter in line.letters)
    yield ""


def one_letter(letters: Sequence[Mail]) -> Iterator[str]:
    """Show an acknowledgement with something to say about the form as plain text, as its reader would see it."""
    told_most = sorted(letters, key=lambda letter: len(letter.as_bytes()), reverse=True)
    for letter in told_most:
        if "referral received" not in str(letter["Subject"]):
            continue
        text = next(part for part in letter.walk() if part.get_content_type() == "text/plain")
        yield f"  To: {letter['To']}"
        yield f"  Subject: {letter['Subject']}"
        yield ""
        payload = text.get_payload(decode=True)
        for written in payload.decode().splitlines() if isinstance(payload, bytes) else ():
            yield f"  {written}".rstrip()
        return
