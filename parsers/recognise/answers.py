"""Answers as they are found, and what becomes of them at the end: one reading each, conflicts kept, none chosen."""

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from parsers.contract import Certainty, Unplaced, UntrustedReading
from parsers.template import Field, FieldKind
from parsers.values.blanks import Blank, keeps, without_rules
from parsers.values.choices import option, options_in
from parsers.values.text import clean
from parsers.values.ticks import ticks, yes_or_no

MAX_READINGS = 2_000
MAX_UNPLACED = 500
MAX_VALUE = 65_536
MAX_LABEL = 300
MAX_CHILDREN = 20
YES_OR_NO = frozenset({"yes", "no", "y", "n"})
MANY = frozenset({FieldKind.CHOICES, FieldKind.TABLE})
"""Kinds of field that may have several answers at once."""


class Found(msgspec.Struct, frozen=True):
    """One answer where it was found. ``named``: by a control's own name outranks a label at the same spot."""

    field: Field
    child: int | None
    text: str
    where: str
    certainty: Certainty
    spot: int
    named: bool = False


class Answers:
    """Collects what is found on one form, in the form's order."""

    def __init__(self, blank: Blank) -> None:
        """Begin with nothing found; ``blank`` tells what is no answer."""
        self.blank = blank
        self.seen: set[str] = set()
        """Fields whose label or control was met, answered or not."""
        self.placed_spots: set[int] = set()
        self._found: list[Found] = []
        self._unplaced: list[Unplaced] = []

    def add(self, found: Found) -> bool:
        """Take one answer; a blank only counts as seen. Returns whether there was an answer."""
        self.seen.add(found.field.name)
        text = without_rules(found.text)
        if self.blank(text) and not keeps(text, found.field.keeps):
            return False
        if not self._has_room(found):
            return False
        self.placed_spots.add(found.spot)
        if found.field.kind is FieldKind.CHOICES:
            return self._choose(found)
        self._found.append(replace(found, text=text[:MAX_VALUE]))
        return True

    def tick(self, found: Found) -> None:
        """Take one ticked option in its recorded words."""
        self.seen.add(found.field.name)
        if self._has_room(found):
            self._found.append(found)

    def put_aside(self, label: str, text: str, where: str) -> None:
        """Keep an answer under a label no field knows."""
        value = without_rules(text)
        if not self.blank(value) and label.strip() and len(self._unplaced) < MAX_UNPLACED:
            self._unplaced.append(
                Unplaced(
                    untrusted_label=clean(label)[:MAX_LABEL],
                    untrusted_text=value[:MAX_VALUE],
                    where=clean(where)[:MAX_LABEL],
                )
            )

    def has(self, field: str, child: int | None) -> bool:
        """Tell whether a field (of a child) has an answer already."""
        return any(found.field.name == field and found.child == child for found in self._found)

    def most_children(self) -> int:
        """Return the highest number a child was given."""
        return max((found.child or 0 for found in self._found), default=0)

    def unplaced(self) -> tuple[Unplaced, ...]:
        """Return what was kept under its own label."""
        return tuple(self._unplaced)

    def weigh(self, judged: Callable[[Found], Found | None]) -> None:
        """Let every answer be judged anew by one who knows the whole document; None drops it."""
        self._found = [kept for found in self._found if (kept := judged(found)) is not None]

    def readings(self) -> tuple[tuple[UntrustedReading, ...], tuple[str, ...]]:
        """Return the readings in form order, and the fields with answers that contradict each other."""
        groups: dict[tuple[str, int | None], list[Found]] = {}
        for found in self._found:
            groups.setdefault((found.field.name, found.child), []).append(found)
        conflicts: dict[str, None] = {}
        kept: list[Found] = []
        for (name, _), group in groups.items():
            settled, contrary = _settled(group)
            kept += settled
            if contrary:
                conflicts[name] = None
        return tuple(map(_reading, kept)), tuple(conflicts)

    def _has_room(self, found: Found) -> bool:
        return (found.child is None or 1 <= found.child <= MAX_CHILDREN) and len(self._found) < MAX_READINGS

    def _choose(self, found: Found) -> bool:
        boxes = ticks(found.text)
        if not boxes:
            named = options_in(found.text, found.field)
            if not named:
                self._found.append(replace(found, text=clean(found.text)[:MAX_VALUE], certainty=Certainty.DOUBTFUL))
            for choice in named:
                self._found.append(replace(found, text=choice))
            return True
        for box in boxes:
            choice_of_box = option(box.words, found.field) if box.on else None
            if choice_of_box is not None:
                self._found.append(replace(found, text=choice_of_box))
            elif box.on:
                self.put_aside(box.words or found.field.name, "ticked", found.where)
        return any(box.on for box in boxes)


def _settled(group: list[Found]) -> tuple[list[Found], bool]:
    """Return the answers of one field (of one child) that stand, and whether they contradict each other."""
    if len(group) == 1 and group[0].field.kind is not FieldKind.YES_NO:
        return group, False
    named = {found.spot for found in group if found.named}
    group = [found for found in group if found.named or found.spot not in named]
    if group[0].field.kind is FieldKind.YES_NO:
        return _yes_no(group)
    once: dict[str, Found] = {}
    for found in sorted(group, key=lambda each: list(Certainty).index(each.certainty)):
        key = f"{found.where} {found.text}" if found.field.kind is FieldKind.TABLE else _folded(found.text)
        once.setdefault(key, found)
    kept = [found for found in group if found in once.values()]
    kept = list({(found.where, found.text): found for found in kept}.values())
    contrary = len(kept) > 1 and kept[0].field.kind not in MANY
    return ([replace(found, certainty=Certainty.DOUBTFUL) for found in kept] if contrary else kept), contrary


def _yes_no(group: list[Found]) -> tuple[list[Found], bool]:
    """Join "Yes" or "No" and what is written beside it into one answer, unless both are said."""
    said = {answer for found in group if (answer := yes_or_no(found.text))}
    if len(said) > 1:
        return [replace(found, certainty=Certainty.DOUBTFUL) for found in group], True
    words = dict.fromkeys(text for found in group if (text := _beside(found.text)))
    text = "\n".join([*said, *words])
    best = min((found.certainty for found in group), key=list(Certainty).index)
    return ([replace(group[0], text=text, certainty=best)] if text else []), False


def _beside(text: str) -> str:
    """Return what an answer to yes or no says beyond the one word."""
    boxes = ticks(text)
    if boxes:
        words = [box.words for box in boxes if box.on and box.words.casefold().strip(" .:/") not in YES_OR_NO]
        lines = [line for line in clean(text).split("\n") if not ticks(line)]
        return "\n".join([*words, *lines])
    return "" if clean(text).casefold().strip(" .") in YES_OR_NO else clean(text)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _reading(found: Found) -> UntrustedReading:
    return UntrustedReading(
        field=found.field.name,
        child=found.child,
        untrusted_text=found.text[:MAX_VALUE],
        where=clean(found.where)[:MAX_LABEL],
        certainty=found.certainty,
    )
