"""All verdicts on one mail, and where it goes by them: lists a policy officer could read, in the order of asking."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from intake.domain.private import Private
from intake.domain.stages import Stage
from intake.domain.verdict import Automation, ScanResult, Screening, SenderTrust
from intake.screening import attachments
from intake.screening.authentication import Border
from intake.screening.locked import link_only, unopened
from intake.screening.loops import answerable, automation, goes_in_circles, replies, says_away
from intake.screening.malware import hostile
from intake.screening.senders import judge_sender
from intake.settings.neighbours import Agency
from parsers.contract import Survey

MAX_MESSAGE_ID = 250
_MESSAGE_ID = re.compile(r"<[!-;=?A-~]{1,248}@[!-;=?A-~]{1,248}>")
"""A msg-id of RFC 5322 3.6.4, whatever is between the brackets: printable ASCII, no blanks, no further brackets."""


def screening(  # noqa: PLR0917 - the six things there are to know, in the order they are met
    survey: Survey,
    scan: ScanResult,
    agencies: Sequence[Agency],
    border: Border,
    ourselves: frozenset[str],
    received_on: date,
) -> Screening:
    """Gather every verdict; ``received_on`` is the day of receipt in London. Never raises on what a mail says."""
    return Screening(
        sender=judge_sender(survey.headers, agencies, border, ourselves, received_on),
        automation=automation(survey, ourselves),
        answerable=answerable(survey, ourselves),
        scan=scan,
        wrapper=unopened(survey),
        links=survey.link_hosts,
        notes=tuple(dict.fromkeys(_notes(survey))),
        sent_date=Private(survey.headers.untrusted_date) if survey.headers.untrusted_date else None,
        in_reply_to=own_message_id(survey.headers.untrusted_message_id),
    )


def disposition(screening: Screening, survey: Survey) -> tuple[Stage, str]:
    """Return the stage and the code of why, the gravest reason first; a mail no reason stops is screened."""
    return next(_stops(screening, survey), (Stage.SCREENED, "may-be-opened"))


def _stops(screening: Screening, survey: Survey) -> Iterator[tuple[Stage, str]]:
    trust, written_by = screening.sender.trust, screening.automation
    danger = hostile(screening.scan, survey)
    if danger:
        yield Stage.QUARANTINED, danger
    if trust is SenderTrust.FAILED:
        yield Stage.QUARANTINED, "spoof"
    if trust is SenderTrust.OURSELVES:
        yield Stage.SET_ASIDE, "own-mail"
    if written_by is Automation.BOUNCE:
        yield Stage.SET_ASIDE, Automation.BOUNCE.value
    if screening.wrapper:
        yield Stage.HELD, f"unopened-{screening.wrapper}"
    if link_only(survey) and _may_be_a_share(written_by, survey):
        yield Stage.HELD, "link-only"
    if written_by is not Automation.PERSON and not attachments.candidates(survey.parts):
        yield Stage.SET_ASIDE, written_by.value


def own_message_id(text: str) -> str | None:
    """Return the mail's Message-ID with its brackets where it can be answered by, else None."""
    name = text.strip(" \t")
    return name if len(name) <= MAX_MESSAGE_ID and _MESSAGE_ID.fullmatch(name) else None


def _may_be_a_share(written_by: Automation, survey: Survey) -> bool:
    """Tell a person's or a service's "shared a file with you" from a newsletter's, or an absent person's, links."""
    if written_by is Automation.AUTO_REPLY:
        return not replies(survey.headers)
    return written_by is Automation.PERSON


def _notes(survey: Survey) -> Iterator[str]:
    yield from attachments.notes(survey)
    if goes_in_circles(survey.headers):
        yield "mail-loop"
    if says_away(survey.headers.untrusted_subject):
        yield "speaks-of-being-away"
    if survey.headers.list_headers:
        yield "list-headers"
    yield from survey.codes
