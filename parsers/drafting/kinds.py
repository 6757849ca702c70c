"""What sort of answer a question takes, told from its words and from what stands where the answer goes."""

import re
from typing import Final

from parsers.template import FieldKind
from parsers.values.text import plain_whole

_AT_LENGTH: Final = (
    r"^(?:what|why|how|describe|please describe|outline|summar)|^details? of (?:the )?(?:incident|concern|harm)"
    r"|\b(?:reasons?|summary|circumstances|rationale|comments|narrative|analysis)\b"
)
_BY_WORDS: Final[tuple[tuple[FieldKind, re.Pattern[str]], ...]] = tuple(
    (kind, re.compile(words))
    for kind, words in (
        (FieldKind.NHS_NUMBER, r"\bnhs (?:number|no)\b"),
        (FieldKind.EMAIL, r"\be ?mail\b"),
        (FieldKind.PHONE, r"\b(?:tele)?phone\b|\btel\b|\bmobile\b|\bcontact (?:number|no)\b"),
        (FieldKind.DATE, r"\bdates?\b|\bd ?o ?b\b|\bedd\b|^when\b"),
        (FieldKind.LONG_TEXT, _AT_LENGTH),
        (FieldKind.ADDRESS, r"\baddress\b|\bpost ?code\b"),
        (FieldKind.AGENCY, r"\bagency\b|\borganisation\b|\bservice\b|\bemployer\b"),
        (FieldKind.PERSON, r"\bnames?\b|\bsigned by\b|\bcompleted by\b|\bprint name\b|^who\b"),
        (FieldKind.YES_NO, r"^(?:is|are|was|were|has|have|had|did|does|do|can|will) "),
    )
)  # fmt: skip
_YES_NO: Final = frozenset({"yes", "no", "y", "n", "not known", "unknown", "don't know", "n / a"})
LONG: Final = 120
"""Letters from which a question asks for more than a line."""


def kind_of(label: str, options: tuple[str, ...], *, columns: bool = False) -> FieldKind:
    """Return the likely kind of a question that no field is known for."""
    if columns:
        return FieldKind.TABLE
    if options:
        return FieldKind.YES_NO if is_yes_no(options) else FieldKind.CHOICES
    words = plain_whole(label)
    found = next((kind for kind, pattern in _BY_WORDS if pattern.search(words)), None)
    return found or (FieldKind.LONG_TEXT if len(label) > LONG else FieldKind.TEXT)


def is_yes_no(options: tuple[str, ...]) -> bool:
    """Tell whether the options are yes and no, with or without a third that says neither."""
    said = {plain_whole(option) for option in options}
    return {"yes", "no"} <= said <= _YES_NO or said == {"y", "n"}
