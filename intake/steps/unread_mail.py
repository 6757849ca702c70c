"""A mail the wall refused whole: nothing in it was seen, so a person must, but who sent it is judged all the same."""

from dataclasses import replace
from datetime import date

from intake.domain.stages import Stage
from intake.domain.verdict import ScanResult, Screening, SenderTrust
from intake.screening.authentication import Border
from intake.screening.summary import screening
from intake.settings import Settings
from parsers.contract import Front, Refusal, Survey

NOT_TAKEN_APART, CUT = "not-taken-apart", "headers-cut"
NOTHING_SEEN = "0" * 64
"""In place of a digest of what nobody looked at; it is never written down."""
_NOTES = {
    "too-many-parts": "too-many-parts",
    "mail-too-large": "over-limit",
    "unpacks-too-large": "over-limit",
    "too-many-lines": "over-limit",
}
"""Limits a sender can do something about, and the note of the receipt that names them (incidents.md 45, 66)."""


def verdicts_on(front: Front, scan: ScanResult, rules: Settings, border: Border, received_on: date) -> Screening:
    """Judge by the headers alone; where some were not looked at, they may say what forbids an answer: there is none."""
    codes = (NOT_TAKEN_APART, CUT) if front.cut else (NOT_TAKEN_APART,)
    found = screening(
        Survey(
            headers=front.headers, content_sha256=NOTHING_SEEN, parts=(), wrapper=None, link_hosts=(), codes=codes
        ),
        scan,
        rules.agencies,
        border,
        rules.program.own_addresses,
        received_on,
    )  # fmt: skip
    return replace(found, answerable=found.answerable and not front.cut)


def disposition(refusal: Refusal, scan: ScanResult, verdicts: Screening | None) -> tuple[Stage, str]:
    """Return the stage and the code of why; what a machine wrote is held too, for a form may lie in it unseen."""
    trust = verdicts.sender.trust if verdicts else None
    if scan is ScanResult.INFECTED:
        return Stage.QUARANTINED, "malware"
    if trust is SenderTrust.FAILED:
        return Stage.QUARANTINED, "spoof"
    if trust is SenderTrust.OURSELVES:
        return Stage.SET_ASIDE, "own-mail"
    return Stage.HELD, f"unreadable-mail-{refusal.code}"


def note_of(refusal: Refusal) -> str:
    """Return the note of the receipt: the limit that was met, where it has words, else that nobody could read it."""
    return _NOTES.get(refusal.limit or "", "unreadable-mail")
