"""Domains made to be taken for an agency's: noted for the person who looks, never believed (security.md 2.1, 2)."""

import unicodedata
from collections.abc import Iterable

from rapidfuzz.distance import OSA

NEAR = 2
"""Edits (a letter put in, left out, changed, or two swapped) within which a domain is near another."""
LONGEST = 253
LEAST_OWN = 5
"""Letters of a label that is told from chance when it opens or ends another."""
_NO_MARKS = str.maketrans("", "", ".-")

_CYRILLIC = (
    "\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u0456\u0458\u0455\u04bb\u0501\u051b\u051d\u043a\u043c\u0442\u0432\u043d",
    "aeopcxyijshdqwkmtbh",
)
_GREEK = "\u03b1\u03b2\u03b5\u03b7\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03b3\u03c9", "abenikvoptuxyw"
_OTHERS = "\u0131|\u0142\u0251\u0253\u0261\u00f8\u0111\u00df", "iiiabgodb"
_DIGITS = "0135", "oles"
_DOTS = "\u3002\uff0e\uff61", "..."
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212", "------"
_DRAWN_ALIKE = {
    ord(letter): drawn
    for letters, as_drawn in (_CYRILLIC, _GREEK, _OTHERS, _DIGITS, _DOTS, _DASHES)
    for letter, drawn in zip(letters, as_drawn, strict=True)
}
"""Letters of other scripts, by code point since print does not tell them apart -> the Latin letter they look like."""


def looks_like(domain: str, known: Iterable[str]) -> bool:
    """Tell whether ``domain`` is none of ``known`` nor one's sub-domain, but may be taken for one; never raises."""
    written = domain.lower()[:LONGEST]
    names = tuple(known)
    if any(written == name or written.endswith(f".{name}") for name in names):
        return False
    drawn = skeleton(written)
    return any(_near(written, drawn, name) for name in names)


def skeleton(domain: str) -> str:
    """Return a name as it is drawn: accents, look-alike letters and pairs made one."""
    labels = ".".join(map(_unpunycoded, domain.split(".")))
    bare = "".join(c for c in unicodedata.normalize("NFKD", labels.casefold()) if not unicodedata.combining(c))
    drawn = "".join(c for c in bare if unicodedata.category(c) not in {"Cf", "Cc"}).translate(_DRAWN_ALIKE)
    return drawn.replace("rn", "m").replace("vv", "w").replace("ci", "d").rstrip(".")


def _near(written: str, drawn: str, name: str) -> bool:
    """Tell whether a name is near a known one: a few letters off, with labels put on, run together, or of its kind."""
    return _letters_off(written, drawn, name) or _squeezed(drawn, name) or _lengthened(drawn, name)


def _squeezed(drawn: str, name: str) -> bool:
    """Tell whether the known name lies whole in another once dots and dashes are gone: ``salford-gov-uk.com``."""
    return skeleton(name).translate(_NO_MARKS) in drawn.translate(_NO_MARKS)


def _lengthened(drawn: str, name: str) -> bool:
    """Tell whether the known name's own label was lengthened under the same suffix: ``salfordcouncil.gov.uk``."""
    own, _, suffix = skeleton(name).partition(".")
    label, _, rest = drawn.partition(".")
    return len(own) >= LEAST_OWN and rest == suffix and label != own and (label.startswith(own) or label.endswith(own))


def _letters_off(written: str, drawn: str, name: str) -> bool:
    if OSA.distance(written, name, score_cutoff=NEAR) <= NEAR or drawn == skeleton(name):
        return True
    return written.startswith((f"{name}.", f"{name}-")) or written.endswith(f"-{name}") or f".{name}." in written


def _unpunycoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label
