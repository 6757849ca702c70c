"""Tick-boxes in text: before the word, after it, or in a cell of their own, drawn in any of the usual ways.

A tick that cannot be told to belong to one option is no tick: a wrong value is worse than a blank.
"""

import re
from dataclasses import dataclass

from parsers.values.text import clean

ON = "☒☑✓✔✗✘✕✖⊠■🗹🗷"
_OFF = "☐□▢⬜❏❑◻"
_BOX = re.compile(
    rf"(?P<on>[{ON}]|[\[(] ?[xX✓✔] ?[\])])|(?P<off>[{_OFF}]|\[ {{0,3}}\]|\( {{1,3}}\))",
)
_YES = frozenset({"yes", "y", "x", "true", "ticked", "tick"})
_NO = frozenset({"no", "n", "false"})


@dataclass(frozen=True, slots=True)
class Tick:
    """One tick-box: whether it is ticked, and the words it stands by (empty in a cell of its own)."""

    on: bool
    words: str


def ticks(text: str) -> tuple[Tick, ...]:
    """Return the tick-boxes of a text, each with the words on the side where this text has them."""
    found: list[Tick] = []
    for line in clean(text).split("\n"):
        boxes = list(_BOX.finditer(line))
        if boxes:
            found += _paired(line, boxes)
    return tuple(found)


def mark(text: str) -> bool | None:
    """Return what a cell says that holds nothing but a mark: ticked, not ticked, or None where it is no mark."""
    words = clean(text)
    boxes = _BOX.findall(words)
    if len(boxes) == 1 and not _BOX.sub("", words).strip():
        return bool(boxes[0][0])
    folded = words.casefold().strip(" .")
    if folded in _YES:
        return True
    return False if folded in _NO else None


def yes_or_no(text: str) -> str:
    """Return "Yes" or "No" where a text says one of them and not the other, else nothing."""
    boxes = ticks(text)
    said = {tick.words.casefold().strip(" .:/") for tick in boxes if tick.on} if boxes else {_first_word(text)}
    yes, no = bool(said & {"yes", "y"}), bool(said & {"no", "n"})
    return "" if yes == no else "Yes" if yes else "No"


def _first_word(text: str) -> str:
    words = re.findall(r"[a-z]+", clean(text).casefold())
    return "" if words[:2] in (["yes", "no"], ["y", "n"]) or not words else words[0]


def _paired(line: str, boxes: list[re.Match[str]]) -> list[Tick]:
    """Pair boxes and words: boxes stand before their words when the line begins with one, else after them."""
    edges = [0, *(edge for box in boxes for edge in box.span()), len(line)]
    words = [line[start:end].strip(" \t,;|") for start, end in zip(edges[::2], edges[1::2], strict=True)]
    states = [box.group("on") is not None for box in boxes]
    if not words[0]:
        return [Tick(on, text) for on, text in zip(states, words[1:], strict=True)]
    if not words[-1]:
        return [Tick(on, text) for on, text in zip(states, words[:-1], strict=True)]
    label = words[0].rstrip()
    if label.endswith((":", "?")):
        return [Tick(on, text) for on, text in zip(states, words[1:], strict=True)]
    return []
