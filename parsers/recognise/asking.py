"""What a question asks for that no label is worded like: by telling words, on a form nobody knows, within its section.

Used only where the page's layout has already told that a text is a question with an answer: the words are common ones.
"""

import re
from collections.abc import Iterable
from operator import itemgetter

from parsers.recognise.wordings import Match
from parsers.template import Field, FieldKind, Section
from parsers.values.text import plain_whole

MAX_LETTERS = 120
_POSSESSIVE = re.compile(r"'s?(?= |$)")
ANYWHERE = 2
"""Words of a phrase that tells its field outside the field's own section."""


class Asking:
    """The telling words of all fields, and the words that ask for what no field holds."""

    def __init__(self, fields: Iterable[Field], strangers: Iterable[str]) -> None:
        """Index :attr:`Field.asks`; ``strangers`` are :attr:`Library.strangers`."""
        self._asks = tuple((field, tuple(map(_compared, field.asks))) for field in fields if field.asks)
        self._strangers = tuple(map(plain_whole, strangers))

    def meaning(self, question: str, section: Section | None) -> Match | None:
        """Return what a question asks for in this section: the field with the longest phrase, None where two tie."""
        if not 0 < len(question) <= MAX_LETTERS:
            return None
        words = f" {_compared(question)} "
        if any(f" {stranger} " in words for stranger in self._strangers):
            return None
        here = {each.field for each in section.questions} if section is not None else frozenset[str]()
        found: dict[str, tuple[tuple[int, bool], Field]] = {}
        for field, phrases in self._asks:
            most = max((phrase.count(" ") + 1 for phrase in phrases if f" {phrase} " in words), default=0)
            thing = field.name.rpartition(".")[2]  # "role", whoever's it is
            if most and (thing not in found or field.name in here):
                found[thing] = (most, field.name in here), field
        ranked = sorted(found.values(), key=itemgetter(0), reverse=True)
        if not ranked or (len(ranked) > 1 and _tie(ranked[0], ranked[1])):
            return None
        (most, is_here), field = ranked[0]
        told = is_here or (most >= ANYWHERE and not _is_somebodys(field))
        return Match(field, exact=False) if told else None


def _tie(best: tuple[tuple[int, bool], Field], rival: tuple[tuple[int, bool], Field]) -> bool:
    """Tell whether two fields are asked alike; an address rivals any: "Address of organisation"."""
    return best[0] == rival[0] or (best[0][0] == rival[0][0] and rival[1].kind is FieldKind.ADDRESS)


def _compared(text: str) -> str:
    return _POSSESSIVE.sub("", plain_whole(text)).replace("e mail", "email")


def _is_somebodys(field: Field) -> bool:
    """Tell whether a field is one that several people or children have: only the section tells whose."""
    return field.per_child or field.name.partition(".")[0] in {"referrer", "qa"}
