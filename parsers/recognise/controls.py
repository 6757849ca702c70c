"""Answers in controls that bear a field's own name: the first in the order of trust (form.md, "Reading rule")."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from parsers.contract import Certainty
from parsers.document import Control, Document, Table
from parsers.recognise.answers import Answers, Found
from parsers.recognise.labels import Labels
from parsers.recognise.page import quoted
from parsers.template import Field, FieldKind, Library, Sheet

_TAG = re.compile(r"([a-z_]+)[.:]([a-z_]+)(\+)?(?:#([0-9]{1,2}))?(?:=([0-9]{1,2}))?\+?")


@dataclass(frozen=True, slots=True)
class Tag:
    """A control's name taken apart (:mod:`parsers.template` has its grammar)."""

    field: Field
    number: int | None
    part: int | None


@dataclass(frozen=True, slots=True)
class _RowCell:
    text: str
    where: str
    spot: int


def tags_of(document: Document, library: Library, sheet: Sheet | None) -> tuple[tuple[Control, Tag], ...]:
    """Return the controls that name a field, a row's repeated names numbered in their order."""
    fields = {field.name: field for field in library.fields}
    aliases = {q.tag: q.field for s in (sheet.sections if sheet else ()) for q in s.questions if q.tag}
    count: Counter[str] = Counter()
    found = []
    for control in document.controls:
        tag = _tag(aliases.get(control.tag, control.tag), fields)
        if tag is not None:
            if tag.field.per_child and tag.number is None:
                count[control.tag] += 1
                tag = Tag(tag.field, count[control.tag], tag.part)
            found.append((control, tag))
    return tuple(found)


def read_controls(document: Document, library: Library, sheet: Sheet | None, answers: Answers) -> int:
    """Take the answers of named controls; returns how many fields have one, answered or not."""
    places = _places(document)
    rows: dict[tuple[str, int], dict[int, _RowCell]] = {}
    named = tags_of(document, library, sheet)
    for control, tag in named:
        where = control.where or places.get(control.spot) or f"control {quoted(control.title or control.tag)}"
        if tag.field.kind is FieldKind.TABLE and tag.number and tag.part:
            text = "" if answers.blank(control.text) else control.text
            rows.setdefault((tag.field.name, tag.number), {})[tag.part] = _RowCell(text, where, control.spot)
            answers.seen.add(tag.field.name)
        else:
            _take(control, tag, where, answers)
    for (name, _), cells in rows.items():
        _take_row(library.field(name), cells, answers)
    return len({tag.field.name for _, tag in named})


def read_titled(document: Document, labels: Labels, answers: Answers) -> None:
    """Take the fields of somebody else's fillable PDF by their titles; what no label knows is kept aside."""
    for control in document.controls:
        text = "ticked" if control.checked else control.text
        match = labels.match(control.title, None) or labels.match(control.tag, None)
        if match is None or control.checked is not None:
            answers.put_aside(control.title or control.tag, text, control.where)
            continue
        child = 1 if match.field.per_child else None
        answers.add(Found(match.field, child, text, control.where, Certainty.LIKELY, control.spot))


def _take(control: Control, tag: Tag, where: str, answers: Answers) -> None:
    answers.seen.add(tag.field.name)
    child = tag.number if tag.field.per_child else None
    found = Found(tag.field, child, control.text, where, Certainty.CERTAIN, control.spot, named=True)
    if control.checked is None:
        answers.add(found)
        return
    options = ("Yes", "No") if tag.field.kind is FieldKind.YES_NO else tag.field.choices
    if control.checked and tag.part and tag.part <= len(options):
        answers.tick(Found(tag.field, child, options[tag.part - 1], where, Certainty.CERTAIN, control.spot, named=True))


def _take_row(field: Field, cells: Mapping[int, _RowCell], answers: Answers) -> None:
    first = next((cell for _, cell in sorted(cells.items()) if cell.text), None)
    if first is not None:
        columns = range(1, len(field.columns) + 1)
        text = row_text([cells[column].text if column in cells else "" for column in columns])
        answers.add(Found(field, None, text, first.where, Certainty.CERTAIN, first.spot, named=True))


def row_text(cells: list[str]) -> str:
    """Return a table's row as one value: its columns in order, parted by bars; blank ones keep their place."""
    return " | ".join(" ".join(cell.replace("|", "/").split()) for cell in cells).rstrip(" |")


def _tag(text: str, fields: Mapping[str, Field]) -> Tag | None:
    found = _TAG.fullmatch(text)
    field = fields.get(f"{found.group(1)}.{found.group(2)}") if found else None
    if found is None or field is None:
        return None
    number, part = found.group(4), found.group(5)
    return Tag(field, int(number) if number else None, int(part) if part else None)


def _places(document: Document) -> dict[int, str]:
    """Name each cell by its table, row and the label left of it."""
    places: dict[int, str] = {}
    for table in document.tables():
        for row in table.rows:
            for cell in row:
                places[cell.spot] = _place(table, cell.row, cell.column)
    return places


def _place(table: Table, row: int, column: int) -> str:
    left = table.at(row, column - 1)
    beside = f"right of {quoted(left.text)}" if left is not None and left.text.strip() else f"column {column}"
    return f"table {table.number}, row {row}, {beside}"
