"""What stands in a document and what was read of it, made comparable: capitals, quotes and spacing aside."""

from collections.abc import Mapping

from benchmarks.reading.case import Case
from intake.domain.dates import read_date
from parsers.template import Field, FieldKind
from parsers.values.choices import option

Key = tuple[str, int | None]
"""A field, and the number of the child where it is asked once for each."""
_SIGNS = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-", "\u00a0": " "}
)
DATES = frozenset({FieldKind.DATE, FieldKind.APPROXIMATE_DATE})
MANY = frozenset({FieldKind.CHOICES, FieldKind.TABLE})


def folded(text: str) -> str:
    """Return a text as it is compared."""
    return " ".join(text.translate(_SIGNS).casefold().split())


def truth_of(case: Case) -> dict[Key, tuple[str, ...]]:
    """Return every answer that stands in the document, folded, by its field and child."""
    found: dict[Key, tuple[str, ...]] = {(name, None): (text,) for name, text in case.answers.items() if text}
    found |= {(name, None): words for name, words in case.choices.items() if words}
    for number, child in enumerate(case.children, 1):
        found |= {(name, number): (text,) for name, text in child.items() if text}
    tables = {"family.members": case.family, "agencies.involved": case.agencies}
    found |= {(name, None): tuple(map(_row, rows)) for name, rows in tables.items() if rows}
    said = "\n".join(filter(None, case.risk))
    if said:
        found["safety.current_risk", None] = (said,)
    return {key: tuple(map(folded, texts)) for key, texts in found.items()}


def _row(cells: tuple[str, ...]) -> str:
    return " | ".join(" ".join(cell.split()) for cell in cells).rstrip(" |")


def same(read: str, meant: str, field: Field) -> bool:
    """Tell whether a reading says what stands there: a date the same day, an option the same choice."""
    read = folded(read)
    if read == meant:
        return True
    if field.kind in DATES:
        one, other = read_date(read), read_date(meant)
        return one.earliest is not None and one == other
    return field.kind is FieldKind.CHOICES and folded(option(read, field) or "") == meant


def asked_keys(truth: Mapping[Key, tuple[str, ...]], asked: frozenset[str]) -> list[Key]:
    """Return the answers that are asked for plainly."""
    return [key for key in truth if key[0] in asked]
