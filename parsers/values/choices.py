"""Options of a form in the words that are recorded, found in the words somebody's form or typing has for them."""

from collections.abc import Mapping
from typing import Final

from rapidfuzz import fuzz

from parsers.template import Field
from parsers.values.text import clean, gist, plain, plain_whole

SURE = 90
MARGIN = 10
LEAST_START = 12
"""Letters by which an option broken over lines may be known from its beginning."""
MAX_REMEMBERED: Final = 64
_WORDINGS: Final[dict[int, tuple[Field, Mapping[str, str]]]] = {}


def option(words: str, field: Field) -> str | None:
    """Return the one option these words stand for, or None: exact, then by beginning, then clearly nearest."""
    said = plain_whole(words)
    if not said:
        return None
    known = _wordings(field)
    exact = known.get(said) or known.get(plain(words)) or known.get(gist(said))
    if exact is not None:
        return exact
    begun = {each for text, each in known.items() if len(said) >= LEAST_START and text.startswith(said)}
    return begun.pop() if len(begun) == 1 else _nearest(said, known)


def options_in(text: str, field: Field) -> tuple[str, ...]:
    """Return the options a typed answer names, when it is nothing but options, one or a list of them; else none."""
    whole = option(text, field)
    if whole is not None:
        return (whole,)
    pieces = [piece for line in clean(text).split("\n") for piece in line.replace(";", ",").split(",") if piece.strip()]
    named = [option(piece, field) for piece in pieces]
    return tuple(dict.fromkeys(each for each in named if each is not None)) if None not in named else ()


def _wordings(field: Field) -> Mapping[str, str]:
    """Return every wording of a field's options, made comparable, with the option it stands for."""
    kept = _WORDINGS.get(id(field))
    if kept is None or kept[0] is not field:
        if len(_WORDINGS) >= MAX_REMEMBERED:
            _WORDINGS.clear()
        said = [(choice, other) for choice, others in field.wordings.items() for other in others]
        said += [(choice, choice) for choice in field.choices]
        known = {gist(plain_whole(other)): choice for choice, other in said if gist(plain_whole(other))}
        kept = _WORDINGS[id(field)] = (field, known | {plain_whole(other): choice for choice, other in said})
    return kept[1]


def _nearest(said: str, known: Mapping[str, str]) -> str | None:
    best: dict[str, float] = {}
    count = len(said.split())
    for text, each in known.items():
        if len(text.split()) != count:
            continue  # a word more or less is another thing said, not a slip of the pen
        best[each] = max(best.get(each, 0.0), fuzz.token_sort_ratio(said, text))
    ranked = sorted(((score, each) for each, score in best.items()), reverse=True)
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    return ranked[0][1] if ranked and ranked[0][0] >= SURE and ranked[0][0] - second >= MARGIN else None
