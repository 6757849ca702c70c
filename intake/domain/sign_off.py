"""QA sign-off by the agency's PRSG member: not yes or no, but a closed list (domain.md, "QA sign-off")."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from intake.domain.private import Private
from intake.domain.prsg_list import meant_by, names_somebody, own_mailbox, same_person, serving
from intake.domain.verdict import SenderTrust, SenderVerdict
from intake.settings.neighbours import Member


class QAStatus(StrEnum):
    """What the QA section amounts to."""

    CONFIRMED = "confirmed"
    BY_DEPUTY = "by-deputy"
    BY_THE_REFERRER = "by-the-referrer"
    IMPLIED = "implied"
    NAMED_NOT_A_MEMBER = "named-not-a-member"
    AGENCY_MISMATCH = "agency-mismatch"
    STATEMENT_WITHOUT_A_NAME = "statement-without-a-name"
    PLACEHOLDER = "placeholder"
    BLANK = "blank"
    UNREADABLE = "unreadable"


SIGNED = frozenset({QAStatus.CONFIRMED, QAStatus.BY_DEPUTY, QAStatus.BY_THE_REFERRER, QAStatus.IMPLIED})
"""Statuses that stand as a sign-off; every other is a finding."""


class QAEvidence(StrEnum):
    """What a sign-off rests on, all that is there being kept."""

    TYPED_NAME = "typed-name"
    TYPED_STATEMENT = "typed-statement"
    SIGNATURE_IMAGE = "signature-image"
    DIGITAL_SIGNATURE = "digital-signature"
    AUTHENTICATED_EMAIL = "authenticated-email"


@dataclass(frozen=True, slots=True)
class QASignOff:
    """The judged sign-off: the member as on the PRSG list where one matched, else as typed; the date where given."""

    status: QAStatus
    member: Private | None
    signed_on: date | None
    evidence: tuple[QAEvidence, ...]


@dataclass(frozen=True, slots=True)
class QAAnswers:
    """The QA section as it was read. ``disputed``: it gives two names, and which one counts is not ours to say."""

    name: Private | None = None
    role: Private | None = None
    statement: Private | None = None
    agency: str | None = None
    """The code of the agency named in the section, where it is one."""
    signed_on: date | None = None
    signature_image: bool = False
    digital_signature: bool = False
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Signatories:
    """Who may sign this form: the PRSG list, and the agencies whose members may."""

    members: tuple[Member, ...]
    agencies: frozenset[str]
    """The referring agency and the one that represents it; empty when the referring agency is not known."""
    agency_names: tuple[str, ...] = ()
    """Words of agencies, to be overlooked beside a person's name."""


PLACEHOLDERS = re.compile(
    r"\b(?:t\.?\s?b\.?\s?[acd]|to be (?:confirmed|completed|advised|agreed|done|signed|arranged|added)|to follow|"
    r"to come|await\w*|pending|outstanding|not yet|n\s*[/.]\s*a|not applicable|in progress|under way|underway|"
    r"chas(?:ed|ing)|requested|will be|xx+)\b",
    re.IGNORECASE,
)
NOTHING = re.compile(r"\A(?:[\W_]*|none|nil|no|na|not known|unknown)\Z", re.IGNORECASE)
A_REMARK = 7
"""A statement of this many words and more is a remark: "police enquiry pending" there does not make the name wait."""


def judge(
    answers: QAAnswers, signatories: Signatories, *, referrer: Private | None, received_on: date, sender: SenderVerdict
) -> QASignOff:
    """Return what the QA section amounts to, judged by the PRSG list of the day it was signed (else received).

    A date after the receipt is no day of signing. The sender counts only when its mail is authenticated.
    """
    day = answers.signed_on if answers.signed_on and answers.signed_on <= received_on else received_on
    on_list = serving(signatories.members, day)
    author = _author(sender, serving(signatories.members, received_on), signatories.agencies)
    status, member = _status(answers, signatories, on_list, referrer, author)
    typed = answers.name if status in {QAStatus.NAMED_NOT_A_MEMBER, QAStatus.AGENCY_MISMATCH} else None
    return QASignOff(
        status=status,
        member=Private(member.name) if member is not None else typed,
        signed_on=answers.signed_on,
        evidence=_evidence(answers, signatories, by_email=author is not None and member in {None, author}),
    )


Judged = tuple[QAStatus, Member | None]


def _status(
    answers: QAAnswers,
    signatories: Signatories,
    on_list: tuple[Member, ...],
    referrer: Private | None,
    author: Member | None,
) -> Judged:
    """Ask in this order: is it one answer, is it only promised, who is named, who is meant without a name."""
    name, statement = _text(answers.name), _text(answers.statement)
    if answers.disputed:
        return QAStatus.UNREADABLE, None
    if is_placeholder(name) or (is_placeholder(statement) and len(statement.split()) < A_REMARK):
        return QAStatus.PLACEHOLDER, None
    named = name if names_somebody(name, signatories.agency_names) else ""
    meant = meant_by(named or statement, on_list, signatories.agency_names)
    if meant:
        return _by_a_member(meant, answers, signatories, referrer)
    if named:
        return QAStatus.NAMED_NOT_A_MEMBER, None
    return (QAStatus.IMPLIED, author) if author is not None else (_nameless(answers), None)


def _nameless(answers: QAAnswers) -> QAStatus:
    """Tell apart a section that says something, one with ink in it only, and a blank one."""
    if _text(answers.name) or _text(answers.statement) or answers.role or answers.signed_on:
        return QAStatus.STATEMENT_WITHOUT_A_NAME
    return QAStatus.UNREADABLE if answers.signature_image else QAStatus.BLANK


def _by_a_member(
    meant: Sequence[Member], answers: QAAnswers, signatories: Signatories, referrer: Private | None
) -> Judged:
    """Judge a sign-off by somebody on the list: for this agency, as deputy, as the referrer."""
    entitled = [member for member in meant if member.agency in signatories.agencies]
    if not entitled or (answers.agency is not None and answers.agency not in signatories.agencies):
        return QAStatus.AGENCY_MISMATCH, meant[0]
    member = min(entitled, key=lambda one: one.deputy)
    if referrer is not None and same_person(referrer.reveal(), member.name):
        return QAStatus.BY_THE_REFERRER, member
    return (QAStatus.BY_DEPUTY if member.deputy else QAStatus.CONFIRMED), member


def _author(sender: SenderVerdict, on_list: tuple[Member, ...], agencies: frozenset[str]) -> Member | None:
    """Return the member from whose own address the authenticated mail came, where one may sign for the agency."""
    if sender.trust is not SenderTrust.AUTHENTICATED or sender.address is None:
        return None
    return next((m for m in own_mailbox(sender.address.reveal(), on_list) if m.agency in agencies), None)


def is_placeholder(text: str) -> bool:
    """Tell whether an answer only promises one ("TBC", "awaiting", "N/A") or says nothing ("-")."""
    return bool(text) and bool(PLACEHOLDERS.search(text) or NOTHING.match(text))


def _evidence(answers: QAAnswers, signatories: Signatories, *, by_email: bool) -> tuple[QAEvidence, ...]:
    name, statement = _text(answers.name), _text(answers.statement)
    there = {
        QAEvidence.TYPED_NAME: not is_placeholder(name) and names_somebody(name, signatories.agency_names),
        QAEvidence.TYPED_STATEMENT: bool(statement) and not is_placeholder(statement),
        QAEvidence.SIGNATURE_IMAGE: answers.signature_image,
        QAEvidence.DIGITAL_SIGNATURE: answers.digital_signature,
        QAEvidence.AUTHENTICATED_EMAIL: by_email,
    }
    return tuple(kind for kind, present in there.items() if present)


def _text(answer: Private | None) -> str:
    return answer.reveal().strip() if answer is not None else ""
