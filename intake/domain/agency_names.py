"""Which agency is meant by what a referrer wrote, and whose PRSG member signs for it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from intake.settings.neighbours import Agency

Span = tuple[int, int]

_WORD = re.compile(r"[^\W_]+")


def existing(agencies: Iterable[Agency], day: date) -> tuple[Agency, ...]:
    """Return the agencies that are one on ``day``, first and last day included."""
    return tuple(a for a in agencies if (a.since is None or a.since <= day) and (a.to is None or day <= a.to))


def agency_named(text: str, agencies: Iterable[Agency]) -> str | None:
    """Return the code of the one agency whose name or alias stands in ``text`` word for word; None when in doubt.

    A name within a longer name does not count ("Council" within "Salford Council"); two side by side are a doubt.
    """
    found = [(span, agency.code) for agency in agencies for span in _spans(_words(text), agency)]
    whole = {code for span, code in found if not any(_within(span, other) for other, _ in found)}
    return whole.pop() if len(whole) == 1 else None


def signing_agencies(code: str | None, agencies: Iterable[Agency]) -> frozenset[str]:
    """Return the codes of the agencies whose PRSG member may sign for ``code``: itself and who represents it."""
    agency = next((a for a in agencies if a.code == code), None)
    if agency is None:
        return frozenset()
    return frozenset({agency.code, agency.represented_by or agency.code})


def every_name(agencies: Iterable[Agency]) -> tuple[str, ...]:
    """Return all names and aliases."""
    return tuple(name for agency in agencies for name in (agency.name, *agency.aliases))


def _spans(words: tuple[str, ...], agency: Agency) -> Iterator[Span]:
    for name in (agency.name, *agency.aliases, agency.code):
        wanted = _words(name)
        for at in range(len(words) - len(wanted) + 1):
            if wanted and words[at : at + len(wanted)] == wanted:
                yield at, at + len(wanted)


def _within(span: Span, other: Span) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


def _words(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return tuple(_WORD.findall(plain.replace("'", "")))
