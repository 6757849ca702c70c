"""What to do with a mail without a form of ours: most mail is no referral, but when in doubt a person sees it."""

import re

from intake.domain.stages import Stage
from intake.domain.verdict import Automation, Screening, SenderTrust
from parsers.contract import DocumentReading, DocumentState, Harvest, Kind, Recognised
from parsers.template import Library

Decision = tuple[Stage, str, str | None]
"""Stage, why, and the note of the receipt (a code of the letters' closed list)."""

PICTURE_OF_A_PAGE_BYTES = 60_000
"""A photograph of a form is larger than this, a logo under a signature smaller (seen in the public corpora)."""

POSSIBLE_FORMS = frozenset(
    {Kind.DOCX, Kind.DOCM, Kind.DOTX, Kind.DOC, Kind.ODT, Kind.RTF, Kind.PDF, Kind.LOCKED_OFFICE}
)
OPENABLE_BY_A_PERSON = frozenset(
    {
        Kind.ZIP,
        Kind.MAIL,
        Kind.OUTLOOK_MSG,
        Kind.TNEF,
        Kind.SMIME_SIGNED,
        Kind.SMIME_ENCRYPTED,
        Kind.PGP_ENCRYPTED,
        Kind.PROTECTED_MESSAGE,
        Kind.SPREADSHEET,
        Kind.UNKNOWN,
    }
)
ACTING = frozenset({"page-script", "script-bait"})
"""Codes of what would act when a person opens it: such a page or text is no form, and is shown to a person."""
READ_BY_OCR, FORM_IN_BODY, BODY_CUT = "read-by-ocr", "form-in-body", "body-not-read-whole"
OFFERED = {"by-ocr": READ_BY_OCR, "in-body": FORM_IN_BODY}
"""How a form was read that is never a referral before a person has compared it with the page (domain.md)."""

SPEAKS_OF_REFERRALS = re.compile(
    r"\b(?:referr(?:al|ed|ing)|cspr|practice review|rapid review|serious incident|serious case|seriously good)\b",
    re.IGNORECASE,
)


def offered(document: DocumentReading) -> str | None:
    """Return why a form that was read is only offered to a person, or None where it stands by itself."""
    if document.recognised is not Recognised.OURS or document.state is not DocumentState.READ:
        return None
    return next((reason for code, reason in OFFERED.items() if code in document.codes), None)


def without_form(harvest: Harvest, screening: Screening, risks: tuple[str, ...], library: Library) -> Decision:
    """Return where the mail goes and why, the first reason that holds; the order is the order of urgency."""
    documents = tuple(d for d in harvest.documents if may_be_a_form(d))
    neighbour = next((d for d in documents if d.recognised is Recognised.NEIGHBOUR), None)
    if neighbour is not None:
        return Stage.HELD, _neighbours_reason(neighbour, library), "not-this-form"
    if risks:
        return Stage.HELD, "child-at-risk-now", None
    if any(d.state is DocumentState.LOCKED for d in documents):
        return Stage.HELD, "locked", "locked"
    on_offer = next(filter(None, map(offered, harvest.documents)), None)
    if on_offer or harvest.body_looks_like_form:
        return Stage.HELD, on_offer or FORM_IN_BODY, None
    return _unread(documents) or _undetermined(documents, harvest, screening)


def _unread(documents: tuple[DocumentReading, ...]) -> Decision | None:
    states = {document.state for document in documents}
    if DocumentState.BLANK_FORM in states:
        return Stage.HELD, "blank-form", "blank-form"
    if states & {DocumentState.UNREADABLE, DocumentState.OVER_LIMIT}:
        return Stage.HELD, "unreadable-document", "unreadable"
    if DocumentState.UNSUPPORTED in states:
        return Stage.HELD, "unsupported-document", "unreadable"
    return None


def _undetermined(documents: tuple[DocumentReading, ...], harvest: Harvest, screening: Screening) -> Decision:
    if screening.linked:
        return Stage.SET_ASIDE, "reply-to-letter", None
    if screening.automation is not Automation.PERSON:
        return Stage.SET_ASIDE, "not-a-referral", None
    if documents or any(map(_is_words_as_a_file, harvest.documents)):
        return Stage.HELD, "no-form-recognised", None
    if SPEAKS_OF_REFERRALS.search(harvest.untrusted_body) and screening.sender.trust is not SenderTrust.UNUSABLE:
        return Stage.HELD, "speaks-of-a-referral", None
    if body_is_cut(harvest):
        return Stage.HELD, BODY_CUT, None
    return Stage.SET_ASIDE, "not-a-referral", None


def _is_words_as_a_file(document: DocumentReading) -> bool:
    """Tell a page or text that a person named or attached: a form saved as one, or a file that lost its encoding."""
    return document.kind in {Kind.HTML, Kind.TEXT} and document.state is not DocumentState.IGNORED


def body_is_cut(harvest: Harvest) -> bool:
    """Tell whether a mail's own words are longer than is read, or took longer: a form may be typed into the rest."""
    return bool({"body-cut", "body-time"} & set(harvest.codes))


def _neighbours_reason(document: DocumentReading, library: Library) -> str:
    """Tell a misdirected referral of another process from papers that support a review."""
    neighbour = next((n for n in library.neighbours if n.key == document.sheet), None)
    return "supporting-document" if neighbour is not None and neighbour.supporting else "wrong-form"


def may_be_a_form(document: DocumentReading) -> bool:
    """Tell whether a part may be a form, or must be looked at: never a logo, never a mail's own dressing."""
    if document.recognised is not Recognised.NONE:
        return True
    if document.state is DocumentState.IGNORED:
        return False
    if document.kind is Kind.IMAGE:
        return document.bytes >= PICTURE_OF_A_PAGE_BYTES
    return document.kind in POSSIBLE_FORMS | OPENABLE_BY_A_PERSON or not ACTING.isdisjoint(document.codes)
