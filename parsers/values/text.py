"""Text made fit to keep (:func:`clean`) and labels made comparable (:func:`plain`)."""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys(
    (0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")
_BRACKETS = re.compile(r"\([^()]{0,200}\)|\[[^\][]{0,200}\]")
_NUMBERING = re.compile(
    r"(?:section|part|question|q|step)?[ .]*(?:[0-9]{1,2}(?:[.:)][0-9]{0,2})*[.:) ]|[a-z][.)](?=[ ]))[ ]*"
)
_GLUED_DIGITS = re.compile(r"(?<=[a-z])[0-9]{1,2}$")
_GLUED_LETTER = re.compile(r":[a-z]$")
_NOT_WORDS = re.compile(r"[^\w/&']+")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_QUOTES = dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc`\u00b4"), "'")
MAX_LABEL = 300
FILLERS = frozenset(
    {
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "any",
        "it",
        "if",
        "and",
        "or",
        "of",
        "for",
        "in",
        "on",
        "at",
        "to",
        "s",
    }
    | {"please", "state", "give", "provide", "enter", "was", "is", "are", "were", "be", "been", "did", "do", "does"}
    | {"has", "have", "had", "made", "making", "what", "which", "you", "/", "&", "s"}
)
"""Words that come and go in a label without changing what is asked."""
_POSSESSIVE = re.compile(r"'s?$")


def clean(text: str) -> str:
    """Return a value fit to keep: one form of blanks, nothing invisible, no control characters, lines kept."""
    if text.isprintable():  # nearly every label and answer
        return _clean_line(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return _LINES.sub("\n\n", "\n".join(map(_clean_line, lines))).strip()


def _clean_line(line: str) -> str:
    if not line.isprintable():  # a printable line holds no letter of the kinds looked for here
        letters = line.translate(_INVISIBLE)
        line = "".join(" " if unicodedata.category(letter) in {"Cc", "Cs", "Cn"} else letter for letter in letters)
        return _BLANKS.sub(" ", line).strip()
    return _BLANKS.sub(" ", line).strip() if "  " in line else line.strip(" ")


@lru_cache(maxsize=8_192)
def plain(text: str) -> str:
    """Return a label's words alone: no capitals, brackets, numbering, markers ("Name*", "REFERRER1") or punctuation."""
    words = _folded(_BRACKETS.sub(" ", text[:MAX_LABEL]))
    return words or _folded(text[:MAX_LABEL])


@lru_cache(maxsize=8_192)
def plain_whole(text: str) -> str:
    """Return the same with what stands in brackets kept, for labels told apart by it."""
    return _folded(text[:MAX_LABEL])


@lru_cache(maxsize=8_192)
def gist(words: str) -> str:
    """Return what a label asks, whatever the order of its words: no fillers, no possessives, sorted."""
    kept = {_POSSESSIVE.sub("", word) for word in words.split()} - FILLERS
    return " ".join(sorted(kept - {""}))


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(_INVISIBLE | _DASHES | _QUOTES).casefold()
    folded = _BLANKS.sub(" ", folded.replace("\n", " ")).strip(" *\u2022-:")
    numbered = _NUMBERING.match(folded)
    if numbered and numbered.end() < len(folded):
        folded = folded[numbered.end() :]
    folded = _GLUED_LETTER.sub("", _GLUED_DIGITS.sub("", folded))
    return " ".join(_NOT_WORDS.sub(" ", folded).replace("/", " / ").split())
