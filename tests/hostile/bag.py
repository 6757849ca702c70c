"""All hostile cases there are."""

from functools import cache

from tests.hostile import acting_cases, archive_cases, header_cases, mime_cases, name_cases, other_cases, pdf_cases, word_cases
from tests.hostile.case import Case

MAKERS = (
    mime_cases.structure_cases, mime_cases.encoding_cases, mime_cases.forwarded_cases,
    header_cases.header_cases, header_cases.many_cases, name_cases.name_cases,
    word_cases.word_cases, word_cases.spying_cases, word_cases.heavy_cases,
    archive_cases.archive_cases, archive_cases.packing_cases, archive_cases.entry_name_cases,
    pdf_cases.packing_cases, pdf_cases.picture_cases, pdf_cases.loop_cases, pdf_cases.odd_cases,
    acting_cases.acting_cases, other_cases.picture_cases, other_cases.outlook_cases, other_cases.sealed_cases,
    other_cases.page_cases, other_cases.both_cases,
)  # fmt: skip


@cache
def every_case() -> tuple[Case, ...]:
    """Return all cases, each by a name of its own."""
    cases = tuple(case for maker in MAKERS for case in maker())
    assert len({case.name for case in cases}) == len(cases)
    return cases
