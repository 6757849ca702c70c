"""What codes are called on the pages: plain words for staff; a code without words stands for itself."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from intake.domain.stages import Stage
from intake.letters.london import LONDON, day_in_words
from intake.report.render import CLOCKS, STAGES, meaning_of
from intake.web.advice import advice
from intake.web.office import office
from intake.web.way_words import DECISIONS, STATES, STEPS

WHYS: Mapping[str, str] = {
    "registered": "Registered",
    "may-be-opened": "Safe to open",
    "form-found": "A referral form was found and read",
    "checked": "Every check was made",
    "release": "Released by a person",
    "auto-reply": "An automatic reply",
    "bounce": "One of our letters came back",
    "exact-copy": "A true copy of an email we have",
    "not-a-referral": "Holds no referral",
    "spoof": "Claims an agency's address and is not from it",
    "own-mail": "Sent by ourselves",
    "reply-to-letter": "A reply to one of our letters",
    "wrong-form": "A form of another service",
    "by-a-person": "Moved by a person",
    "keyed-by-hand": "What the form says was typed by a person",
    "malware": "The malware scanner found something",
    "unreadable-document": "An attachment could not be read",
    "unsupported-document": "An attachment of a kind we do not read",
    "unopened": "Sent through a secure mail service that only a person can open",
}
EVENTS: Mapping[str, str] = {
    "received": "Taken in from the mailbox",
    "moved": "Went on",
    "filed": "Moved to its folder in the mailbox",
    "moved-by-person": "Sent another way by a person",
    "exception-closed": "An item was closed",
    "letter-released": "A waiting letter was let go",
    "letter-abandoned": "A letter could not be delivered",
    "value-keyed": "An answer was corrected",
    "keyed": "A form was keyed by hand",
    "unlocked": "A locked file was opened with its password",
    "unlock-failed": "A password opened nothing",
    "alert-repeated": "The safety alert was sent again",
    "relisted": "The mailbox was numbered anew",
    "vanished": "Somebody removed it from the mailbox",
    "case-disclosed": "Given out for an access request",
    "hold-placed": "A legal hold was placed",
    "hold-lifted": "A legal hold was lifted",
    "case-erased": "The case was erased",
    "message-erased": "The email was erased",
    "revealed": "Personal data was shown on a terminal",
    "looked": "Looked at",
    "downloaded": "Downloaded",
    "exported": "Exported",
    "searched": "Searched for a child",
    "signed-in": "Signed in",
    "step-recorded": "A step was recorded",
    "step-taken-back": "A step was taken back",
    "note-added": "A note was added",
    "owner-set": "Somebody was named to look after it",
    "link-judged": "A link was decided",
    "resubmission": "The same form again",
    "same-incident": "Perhaps the same incident",
    "reply": "A reply",
    "sign-in-failed": "Failed to sign in",
    "account-added": "An account was made",
    "account-disabled": "An account was closed",
    "account-opened": "An account was opened again",
    "password-changed": "A password was changed",
    "roles-changed": "The roles of an account were changed",
    "second-factor-set": "A second factor was set up",
    "second-factor-removed": "A second factor was taken away",
}
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
DOCUMENTS: Mapping[str, str] = {
    "read": "Read",
    "locked": "Locked with a password",
    "unreadable": "Could not be read",
    "unsupported": "Of a kind that is not read",
    "over-limit": "Over a limit",
    "not-a-form": "No form",
    "blank-form": "A form with nothing in it",
    "ignored": "Of no account",
    "unopened": "Not opened",
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
}
TRUST: Mapping[str, str] = {
    "authenticated": "Proved to come from the agency",
    "unverified": "An agency's address, not proved",
    "failed": "An agency's address, and it failed the checks",
    "unknown": "Not one of our agencies",
    "unusable": "No usable sender",
}
CERTAIN: Mapping[str, str] = {
    "certain": "Sure",
    "likely": "Likely: compare with the form",
    "doubtful": "Doubtful: compare with the form",
    "keyed": "Keyed by a person",
}
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
    for said in (WHYS, EVENTS, STATUSES, TRUST):
        if code in said:
            return said[code]
    return meaning_of(code, office().settings.words.report.meanings)


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


def merge_id(item: Mapping[str, Any], identity: str, is_first: bool) -> Mapping[str, Any]:
    """Give the first option the field's own id, which an error's link leads to."""
    return {**item, "id": identity} if is_first else item


FILTERS: Mapping[str, Callable[..., Any]] = {
    "advice": advice,
    "stage": stage, "why": why, "when": when, "day": day, "agency": agency, "label": label, "colour": colour,
    "certain": lambda code: CERTAIN.get(str(code), str(code)), "grave": lambda code: GRAVE.get(str(code), str(code)),
    "cannot_say": lambda code: CANNOT_SAY.get(code, code), "evidence": lambda code: EVIDENCE.get(code, code),
    "section": section, "document": lambda code: DOCUMENTS.get(code, code),
    "clock": CLOCKS.__getitem__, "step": STEPS.__getitem__, "state": STATES.__getitem__,
    "decision": DECISIONS.__getitem__, "kilobytes": kilobytes, "part": part, "merge_id": merge_id,
}  # fmt: skip
