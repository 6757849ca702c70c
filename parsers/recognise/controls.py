"""Answers in controls that bear a field's own name: the first in the order of trust (form.md, "Reading rule")."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from parsers.contract import Certainty
from parsers.document import Cell, Control, Document, Table
from parsers.recognise.answers import Answers, Found
from parsers.recognise.known import Tag, known_of
from parsers.recognise.labels import Labels
from parsers.recognise.page import quoted
from parsers.template import Field, FieldKind, Library, Sheet


@dataclass(frozen=True, slots=True)
class _RowCell:
    text: str
    where: str
    spot: int


def tags_of(document: Document, library: Library, sheet: Sheet | None) -> tuple[tuple[Control, Tag], ...]:
    """Return the controls that name a field, a row's repeated names numbered in their order."""
    known = known_of(library)
    aliases = known.aliases(sheet)
    count: Counter[str] = Counter()
    found = []
    for control in document.controls:
        tag = known.tag(aliases.get(control.tag, control.tag))
        if tag is not None:
            if tag.field.per_child and tag.number is None:
                count[control.tag] += 1
                tag = Tag(tag.field, count[control.tag], tag.part)
            found.append((control, tag))
    return tuple(found)


def read_controls(document: Document, library: Library, sheet: Sheet | None, answers: Answers) -> int:
    """Take the answers of named controls; returns how many fields have one, answered or not."""
    places = _Places(document)
    rows: dict[tuple[str, int], dict[int, _RowCell]] = {}
    named = tags_of(document, library, sheet)
    for control, tag in named:
        answers.seen.add(tag.field.name)
        if tag.field.kind is FieldKind.TABLE and tag.number and tag.part:
            text = "" if answers.blank(control.text) else control.text
            where = places.of(control) if text else ""
            rows.setdefault((tag.field.name, tag.number), {})[tag.part] = _RowCell(text, where, control.spot)
        elif control.text or control.checked:
            _take(control, tag, places.of(control, headed=tag.field.per_child), answers)
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


class _Places:
    """Names the place of a control for a person: its table, its row and the label left of it."""

    def __init__(self, document: Document) -> None:
        """Look into ``document`` when first asked."""
        self._document = document

    def of(self, control: Control, *, headed: bool = False) -> str:
        """Return a control's place; ``headed``: in a table whose columns have heads."""
        found = self._cells.get(control.spot)
        if control.where or found is None:
            return control.where or f"control {quoted(control.title or control.tag)}"
        table, cell = found
        above = table.at(1, cell.column) if headed else table.at(cell.row - 1, cell.column)
        left = table.at(cell.row, cell.column - 1)
        if left is not None and left.text.strip() and not headed:
            beside = f"right of {quoted(left.text)}"
        elif above is not None and above is not cell and above.text.strip():
            beside = f"under {quoted(above.text)}"
        else:
            beside = f"column {cell.column}"
        return f"{table.place}, row {cell.row}, {beside}"

    @cached_property
    def _cells(self) -> dict[int, tuple[Table, Cell]]:
        return {cell.spot: (table, cell) for table in self._document.tables() for row in table.rows for cell in row}
