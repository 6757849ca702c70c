"""Is every answer there that the unit cannot do without, section by section?"""

from collections.abc import Iterator

from intake.checks.context import CheckContext
from intake.domain.findings import Finding, FindingKind, Severity
from intake.domain.referral import Referral
from intake.domain.sign_off import is_placeholder
from parsers.template import Field, Library, Section

INCOMPLETE = "incomplete"

KINDS = (FindingKind(INCOMPLETE, "Sections lack an answer that is needed", Severity.ATTENTION),)


def ask(referral: Referral, context: CheckContext) -> tuple[Finding, ...]:
    """Find the sections that lack something; the detail names their keys and counts the missing fields."""
    sections = missing_sections(referral, context)
    if not sections:
        return ()
    fields = len(missing_fields(referral, context.settings.library))
    return (Finding(INCOMPLETE, referral.document, {"sections": ",".join(sections), "fields": fields}),)


def missing_sections(referral: Referral, context: CheckContext) -> tuple[str, ...]:
    """Return the keys of the sheet's sections that lack a needed answer, in the form's order.

    A foreign layout has no sections of ours: there the keys are the needed fields' groups (``referrer``, ``qa`` ...).
    """
    missing = missing_fields(referral, context.settings.library)
    sheet = context.sheet(referral.sheet)
    if sheet is None:
        return tuple(dict.fromkeys(field.split(".")[0] for field in missing))
    return tuple(section.key for section in sheet.sections if _asked(section) & set(missing))


def missing_fields(referral: Referral, library: Library) -> tuple[str, ...]:
    """Return the needed fields without an answer, in the order of the closed list."""
    return tuple(field.name for field in library.fields if field.needed and not _answered(field, referral))


def _answered(field: Field, referral: Referral) -> bool:
    """Tell whether a field has an answer, one for each child where it is asked so; a disputed answer is one."""
    children: tuple[int | None, ...] = (None,)
    if field.per_child:
        children = tuple(referral.children()) or (1,)
    return all(any(_answers(field.name, child, referral)) for child in children)


def _answers(field: str, child: int | None, referral: Referral) -> Iterator[bool]:
    for reading in referral.answers(field, child):
        text = reading.text.reveal().strip()
        yield bool(text) and not (field.startswith("qa.") and is_placeholder(text))


def _asked(section: Section) -> set[str]:
    return {question.field for question in section.questions} if section.answers else set()
