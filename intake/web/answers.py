"""A case's answers as the page shows them: by section of its form and by child, with what is not answered."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parsers.template import Field, Library, Sheet

Shown = Mapping[str, Any]
Place = tuple[str, int | None]
FIRST_CHILD = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """One field of one child (None: of none): its readings in the form's order, and what a correction stands for."""

    field: str
    child: int | None
    readings: tuple[Shown, ...]
    was_read: tuple[Shown, ...] = ()
    is_in_conflict: bool = False
    """Whether the form answers it in two ways, and nobody has said which holds."""


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the form, of one child where it is asked of each; ``blank`` are fields without an answer."""

    name: str
    child: int | None
    answers: tuple[Answer, ...]
    blank: tuple[str, ...] = ()
    is_last_child: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """Whom a case is about and who referred it, for its head: what was read of each, several answers beside another."""

    children: tuple[str, ...]
    """Each child's name, and when it was born."""
    referrer: str
    """Name, role and telephone."""


@dataclass(frozen=True, slots=True)
class Section:
    """A title and the fields under it; what is not ``asked`` on this form is shown only where it has an answer."""

    title: str
    fields: tuple[Field, ...]
    asked: bool = True


def sections(fields: Sequence[Field], sheet: Sheet | None) -> tuple[Section, ...]:
    """Return a form's sections in its own order and words; of a form of no sheet, the parts of the fields' list."""
    by_name = {one.name: one for one in fields}
    found: list[Section] = []
    for section in sheet.sections if sheet is not None else ():
        names = dict.fromkeys(one.field for one in section.questions if one.field in by_name)
        found.append(Section(section.title, tuple(by_name.pop(name) for name in names)))
    rest: dict[str, list[Field]] = {}
    for name, field in by_name.items():
        rest.setdefault(name.partition(".")[0], []).append(field)
    found += [Section(part, tuple(mine), asked=sheet is None) for part, mine in rest.items()]
    return tuple(one for one in found if one.fields)


def laid_out(version: Shown, library: Library) -> Sequence[Part]:
    """Return a version's answers by the sections of the sheet it was read by."""
    sheet = next((one for one in library.sheets if one.key == version["sheet"]), None)
    return tuple(parts(version, sections(library.fields, sheet)))


def people(version: Shown) -> People:
    """Return whom a version is about and who referred it; empty where nothing was read."""
    found = _by_place(version["readings"])

    def said(field: str, child: int | None = None) -> str:
        return " / ".join(dict.fromkeys(one["value"] for one in found.get((field, child), ()) if one["value"]))

    numbers = sorted({child for _, child in found if child})
    born = [(said("child.name", child), said("child.dob", child)) for child in numbers]
    children = tuple(", born ".join(filter(None, one)) for one in born if any(one))
    return People(children, ", ".join(filter(None, map(said, ("referrer.name", "referrer.role", "referrer.phone")))))


def parts(version: Shown, outline: Sequence[Section]) -> Iterator[Part]:
    """Give a version's answers by section and child; what is of no section comes last, under its own first half."""
    found = _by_place(version["readings"])
    was_read, conflicts = _by_place(version["beside"]), frozenset(version["conflicts"])
    answers = {place: _answer(place, mine, was_read.get(place, ()), conflicts) for place, mine in found.items()}
    last = max((child for _, child in answers if child), default=FIRST_CHILD)
    for section in outline:
        for child in _children(section, last):
            names = [one.name for one in section.fields if one.per_child == (child is not None)]
            mine = tuple(answers.pop((name, child)) for name in names if (name, child) in answers)
            answered = {one.field for one in mine}
            blank = tuple(name for name in names if name not in answered) if section.asked else ()
            if mine or blank:
                yield Part(section.title, child, mine, blank, is_last_child=child == last and section.asked)
    yield from _strays(answers)


def _children(section: Section, last: int) -> Sequence[int | None]:
    """Return whose answers a section has: nobody's own, and each child's where it asks of each."""
    asks_each = any(one.per_child for one in section.fields)
    return (None, *range(FIRST_CHILD, last + 1)) if asks_each else (None,)


def _strays(answers: Mapping[Place, Answer]) -> Iterator[Part]:
    groups: dict[Place, list[Answer]] = {}
    for (name, child), answer in sorted(answers.items(), key=lambda one: (one[0][0], one[0][1] or 0)):
        groups.setdefault((name.partition(".")[0], child), []).append(answer)
    for (part, child), mine in groups.items():
        yield Part(part, child, tuple(mine))


def _answer(place: Place, readings: Sequence[Shown], was_read: Sequence[Shown], conflicts: Collection[str]) -> Answer:
    disputed = place[0] in conflicts and len({one["value"] for one in readings}) > 1
    return Answer(*place, tuple(readings), tuple(was_read), disputed)


def _by_place(readings: Sequence[Shown]) -> Mapping[Place, Sequence[Shown]]:
    found: dict[Place, list[Shown]] = {}
    for one in readings:
        found.setdefault((one["field"], one["child"]), []).append(one)
    return found
