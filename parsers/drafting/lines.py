"""Questions on a line of a blank form: before a colon, a dotted line, a tick-box or a control."""

import re
from typing import Final

from parsers.document import UNTICKED
from parsers.values.text import clean
from parsers.values.ticks import ticks

LONGEST_LABEL: Final = 160
SHORT: Final = 90
"""Letters of what may be a heading or a column's name."""
_GAPS: Final = re.compile(r"(_{3,}|\.{4,}|\u2026{2,}|\t+| {3,})")
_DRAWN: Final = re.compile(r"_{3,}|\.{4,}|\u2026{2,}")
_NUMBERED: Final = re.compile(r"(?:section|part|stage|step|appendix|annex)\s+[0-9a-z]{1,3}\b", re.IGNORECASE)
_COUNTED: Final = re.compile(r"[0-9]{1,2}[.)]?\s+[^\W\d]|[A-Z][.)]\s")
_COLON: Final = re.compile(r"[:?]\s+")
_INNER_COLON: Final = re.compile(r"(?<=[a-z)?]):\s+(?=[A-Z])")


def labels_of(line: str, *, filled_in: bool = False) -> list[tuple[str, str]]:
    """Return each question of a line with the explanation that follows it, left to right.

    A question ends in a colon or a question mark, or has a drawn line behind it; ``filled_in``: a control stands on
    this line, so that its words are a label even without.
    """
    pieces = _GAPS.split(line.replace("\u00a0", " ").strip())
    found: list[tuple[str, str]] = []
    for at in range(0, len(pieces), 2):
        words = clean(pieces[at])
        drawn = at + 1 < len(pieces) and _DRAWN.fullmatch(pieces[at + 1]) is not None
        found += _asked(words, drawn=drawn)
    whole = clean(line)
    if not found and filled_in and 0 < len(whole) <= LONGEST_LABEL:
        return [(whole, "")]
    return found


def _asked(words: str, *, drawn: bool) -> list[tuple[str, str]]:
    if not any(letter.isalpha() for letter in words) or len(words) > LONGEST_LABEL:
        return []
    several = _INNER_COLON.split(words)
    if len(several) > 1 and words.endswith(":"):  # "Name: Role: Date:" where prompts were all that stood between
        return [(f"{part.rstrip(':')}:", "") for part in several]
    if drawn or words.endswith((":", "?")):
        return [(words, "")]
    return []


def parted(text: str) -> tuple[str, str]:
    """Part a cell's words into the label and what explains it: other lines, or what follows a colon in a long text."""
    lines = [clean(line) for line in text.split("\n") if line.strip()]
    if not lines:
        return "", ""
    label, rest = lines[0], lines[1:]
    mark = _COLON.search(label)
    if mark is not None and (len(label) > SHORT or label[mark.start()] == ":"):
        label, rest = label[: mark.start() + 1], [label[mark.end() :], *rest]
    return label, "\n".join(rest)


def box_words(text: str) -> tuple[str, ...]:
    """Return the words beside the tick-boxes of a text, in order."""
    return tuple(clean(tick.words) for tick in ticks(text) if tick.words.strip())


def is_box(text: str) -> bool:
    """Tell whether a text holds tick-boxes."""
    return UNTICKED in text or bool(ticks(text))


def looks_numbered(text: str) -> bool:
    """Tell whether a line begins as headings do: "Section 2", "Part A"."""
    return len(text) <= LONGEST_LABEL and _NUMBERED.match(text) is not None


def looks_counted(text: str) -> bool:
    """Tell whether a line begins with a number or letter, as headings and questions do."""
    return len(text) <= SHORT and _COUNTED.match(text) is not None


def may_be_heading(text: str) -> bool:
    """Tell whether a line is short and neither a sentence nor a label."""
    return 0 < len(text) <= SHORT and "\n" not in text and not text.endswith((".", ":", ";", ","))
