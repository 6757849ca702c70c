"""Options of a form in the words that are recorded, found in the words somebody's form or typing has for them."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from parsers.values.text import clean, plain, plain_whole

SURE = 90
MARGIN = 10
LEAST_START = 12
"""Letters by which an option broken over lines may be known from its beginning."""


def option(words: str, options: Sequence[str]) -> str | None:
    """Return the one option these words stand for, or None: exact, then by beginning, then clearly nearest."""
    said = plain_whole(words)
    if not said:
        return None
    known = {plain_whole(each): each for each in options}
    if said in known:
        return known[said]
    short = plain(words)
    if short in known:
        return known[short]
    begun = [each for text, each in known.items() if len(said) >= LEAST_START and text.startswith(said)]
    return begun[0] if len(begun) == 1 else _nearest(said, known)


def options_in(text: str, options: Sequence[str]) -> tuple[str, ...]:
    """Return the options a typed answer names, when it is nothing but options, one or a list of them; else none."""
    whole = option(text, options)
    if whole is not None:
        return (whole,)
    pieces = [piece for line in clean(text).split("\n") for piece in line.replace(";", ",").split(",") if piece.strip()]
    named = [option(piece, options) for piece in pieces]
    return tuple(dict.fromkeys(each for each in named if each is not None)) if None not in named else ()


def _nearest(said: str, known: dict[str, str]) -> str | None:
    scores = sorted(((fuzz.token_sort_ratio(said, text), each) for text, each in known.items()), reverse=True)
    best, second = scores[0], scores[1] if len(scores) > 1 else (0.0, "")
    return best[1] if best[0] >= SURE and best[0] - second[0] >= MARGIN else None
