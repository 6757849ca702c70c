"""All hostile cases there are, and what must become of each."""

import tomllib
from functools import cache
from pathlib import Path

from tests.hostile import (
    acting_cases,
    both_cases,
    carrying_cases,
    encoding_cases,
    header_cases,
    many_cases,
    mime_cases,
    name_cases,
    outlook_cases,
    page_cases,
    pdf_loop_cases,
    pdf_odd_cases,
    pdf_packing_cases,
    picture_cases,
    sealed_cases,
    word_cases,
    word_packing_cases,
    word_spying_cases,
    zip_cases,
)
from tests.hostile.case import Case

MAKERS = (
    mime_cases.structure_cases, mime_cases.forwarded_cases, encoding_cases.encoding_cases, header_cases.header_cases,
    header_cases.many_cases, many_cases.many_cases, name_cases.name_cases, page_cases.page_cases,
    word_cases.word_cases, word_spying_cases.spying_cases, word_packing_cases.heavy_cases,
    zip_cases.archive_cases, zip_cases.packing_cases, zip_cases.entry_name_cases,
    pdf_packing_cases.packing_cases, pdf_packing_cases.picture_cases, pdf_loop_cases.loop_cases,
    pdf_odd_cases.odd_cases, acting_cases.acting_cases,
    picture_cases.picture_cases, outlook_cases.outlook_cases, sealed_cases.sealed_cases, both_cases.both_cases,
    carrying_cases.carrying_cases,
)  # fmt: skip
VERDICTS = Path(__file__).with_name("verdicts.toml")


@cache
def every_case() -> tuple[Case, ...]:
    """Return all cases."""
    return tuple(case for maker in MAKERS for case in maker())


@cache
def verdicts() -> dict[str, list[str]]:
    """Return by name what must become of each case: where its mail must stand, then the lines of its reading."""
    return tomllib.loads(VERDICTS.read_text(encoding="utf-8"))
