"""What codes are called on the pages: plain words for staff; a code without words stands for itself."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from intake.domain.stages import Stage
from intake.letters.london import LONDON, day_in_words
from intake.report import letter_words
from intake.report.render import CLOCKS, STAGES, meaning_of
from intake.web.advice import advice, letter_step
from intake.web.code_words import EVENTS, said
from intake.web.file_words import kind_in_words, verdict
from intake.web.office import office
from intake.web.way_words import DECISIONS, NEXT, STATES, STEPS

CANNOT_SAY: Mapping[str, str] = {
    "no-incident-date": "there is no date of the incident that could be read",
    "not-asked": "this form does not ask for it",
    "approximate": "the date is approximate",
    "month": "only a month is given",
    "range": "a span of days is given",
    "ongoing": "it went on for some time: there is no day to count from",
    "in-the-future": "the date given has not come yet",
    "after-receipt": "the date given is after the referral came",
    "before-birth": "the date given is before the child was born",
    "death-later-than-incident": "the child died later, and it makes a difference from which day is counted",
    "non-recent": "it lies far back",
}
EVIDENCE: Mapping[str, str] = {
    "typed-name": "a typed name",
    "typed-statement": "a typed statement",
    "signature-image": "a picture of a signature",
    "digital-signature": "a digital signature that holds",
    "authenticated-email": "an email proved to be theirs",
}
PARTS: Mapping[str, str] = {
    "referral": "The referral",
    "lead": "Safeguarding lead",
    "qa": "Quality assurance",
    "parallel": "Parallel processes",
    "safety": "Safety now",
    "agencies": "Agencies involved",
}
ROLES: Mapping[str, str] = {
    "reviewer": "Reviewer: sees children, decides",
    "manager": "Manager: as a reviewer, and exports and reads the trail",
    "auditor": "Auditor: sees the log, the trail and the figures, no child, decides nothing",
    "administrator": "Administrator: keeps accounts, sees no child",
}
STATUSES: Mapping[str, str] = {
    "late": "Late",
    "within-calendar": "In time",
    "within-working": "In time by working days",
    "cannot-say": "Cannot be said",
    "confirmed": "Confirmed by the agency's PRSG member",
    "by-deputy": "Confirmed by a deputy",
    "by-the-referrer": "Signed by the referrer, who is the PRSG member",
    "implied": "Not filled in, but the PRSG member sent the email",
    "named-not-a-member": "Signed by somebody who is not on the PRSG list",
    "agency-mismatch": "Signed by another agency's PRSG member",
    "statement-without-a-name": "Said to be done, not by whom",
    "placeholder": "Only promised",
    "blank": "Missing",
    "unreadable": "Cannot be read: a person must look",
    "queued": "On its way",
    "sent": "Sent",
    "waiting": "Waits for release",
    "abandoned": "Not delivered",
    "acknowledgement": "Acknowledgement",
    "receipt": "Receipt",
    "safety-alert": "Safety alert",
    "report": "Nightly report",
}
TRUST: Mapping[str, str] = {
    "authenticated": "Proved to come from the agency",
    "unverified": "An agency's address, not proved",
    "failed": "An agency's address, and it failed the checks",
    "unknown": "Not one of our agencies",
    "unusable": "No usable sender",
    "ourselves": "One of our own addresses",
}
CERTAIN: Mapping[str, str] = {
    "certain": "Sure",
    "likely": "Likely: compare with the form",
    "doubtful": "Doubtful: compare with the form",
    "keyed": "Keyed by a person",
}
FAULTS: Mapping[str, str] = {
    "Not a valid choice.": "Choose one of those there are",
    "This field is required.": "Say something here",
}
"""What the library of forms says by itself, as we would say it."""
GRAVE: Mapping[str, str] = {"alert": "Alert", "today": "Today", "attention": "To look at", "note": "Note"}
COLOURS: Mapping[str, str] = {
    "alert": "red", "today": "orange", "attention": "yellow", "note": "grey", "held": "orange", "quarantined": "red",
    "registered": "green", "set-aside": "grey", "overdue": "red", "due-soon": "orange", "running": "blue",
    "done-in-time": "green", "done-late": "yellow", "late": "orange", "within-calendar": "green",
    "within-working": "green", "qa-blank": "orange", "qa-placeholder": "orange", "qa-confirmed": "green",
}  # fmt: skip


def stage(code: str) -> str:
    """Return what a stage is called."""
    return STAGES[Stage(code)] if code in set(Stage) else code


def why(code: str) -> str:
    """Return what a code means: a reason, a finding, an exception, an event, a state."""
    for words in (EVENTS, STATUSES, TRUST):
        if code in words:
            return words[code]
    return said(code) or meaning_of(code, office().settings.words.report.meanings)


def when(moment: datetime | None) -> str:
    """Return a moment as people in London say it."""
    if moment is None:
        return "not yet"
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%B %Y}, {local:%H:%M}"


def day(one: date | str | None) -> str:
    """Return a day in words; a written one as it stands."""
    return day_in_words(one) if isinstance(one, date) else (one or "not known")


def agency(code: str | None) -> str:
    """Return an agency's name by its code."""
    return next((one.name for one in office().settings.agencies if one.code == code), code or "Not known")


def label(field: str) -> str:
    """Return what a field is called on our forms."""
    for one in office().settings.library.fields:
        if one.name == field:
            return one.labels[0] if one.labels else field
    return field


def colour(code: str) -> str:
    """Return the colour of a tag; its words say the same."""
    return COLOURS.get(code, "grey")


def kilobytes(count: int) -> str:
    """Return a size for people."""
    return f"{count / 1024 / 1024:.1f} MB" if count >= 1024 * 1024 else f"{max(1, round(count / 1024))} KB"


def part(name: str) -> str:
    """Return what a part of the form is called: a section by its title, else by the first half of a field's name."""
    return PARTS.get(name, name[:1].upper() + name[1:])


def section(key: str) -> str:
    """Return the title of a form's section by its key."""
    sheets = office().settings.library.sheets
    return next((one.title for sheet in sheets for one in sheet.sections if one.key == key), key)


def verdict_on(document: Mapping[str, Any]) -> str:
    """Return what came of an attachment, and whose form it is."""
    return verdict(document, office().settings.library.neighbours)


def merge_id(item: Mapping[str, Any], identity: str, is_first: bool) -> Mapping[str, Any]:
    """Give the first option the field's own id, which an error's link leads to."""
    return {**item, "id": identity} if is_first else item


FILTERS: Mapping[str, Callable[..., Any]] = {
    "advice": advice, "letter_step": letter_step, "letter_why": lambda code: letter_words.said(code) or why(code),
    "stage": stage, "why": why, "when": when, "day": day, "agency": agency, "label": label, "colour": colour,
    "certain": lambda code: CERTAIN.get(str(code), str(code)), "grave": lambda code: GRAVE.get(str(code), str(code)),
    "cannot_say": lambda code: CANNOT_SAY.get(code, code), "evidence": lambda code: EVIDENCE.get(code, code),
    "section": section, "kind": kind_in_words, "verdict": verdict_on,
    "clock": CLOCKS.__getitem__, "step": STEPS.__getitem__, "next_step": NEXT.__getitem__, "state": STATES.__getitem__,
    "decision": DECISIONS.__getitem__, "fault": lambda says: FAULTS.get(str(says), says),
    "kilobytes": kilobytes, "part": part, "merge_id": merge_id,
}  # fmt: skip
