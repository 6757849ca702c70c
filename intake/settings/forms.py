"""Form sheets and labels, from their TOML files to the one :class:`parsers.template.Library`, every fault at once."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from intake.errors import ConfigFault, Misconfigured, refuse_if_passing
from parsers.template import Field, FieldKind, Hint, Library, Neighbour, Question, Sheet

NEIGHBOURS = "neighbours.toml"
WORD_LISTS = ("empty_prompts", "closings", "child_words", "strangers")
TABLES = {"fields", "hints", "title_words", *WORD_LISTS}
"""What ``labels.toml`` may hold."""

Shape = TypeVar("Shape")


def load_library(folder: Path) -> Library:
    """Read ``labels.toml`` and ``forms/*.toml`` of a configuration folder; Misconfigured with all that is wrong."""
    faults: list[ConfigFault] = []
    labels = _table("labels.toml", folder, TABLES, faults)
    fields = _each("labels.toml", labels, "fields", Field, faults)
    lists = {
        name: _shaped("labels.toml", name, labels.get(name, []), tuple[str, ...], faults) or () for name in WORD_LISTS
    }
    hints = _each("labels.toml", labels, "hints", Hint, faults)
    titles = labels.get("title_words", [])
    title_words = _shaped("labels.toml", "title_words", titles, tuple[tuple[str, ...], ...], faults) or ()
    around = _table(f"forms/{NEIGHBOURS}", folder, {"neighbours"}, faults)
    neighbours = _each(f"forms/{NEIGHBOURS}", around, "neighbours", Neighbour, faults)
    sheets: dict[str, Sheet] = {}
    for path in sorted((folder / "forms").glob("*.toml")):
        if path.name != NEIGHBOURS:
            name = f"forms/{path.name}"
            sheet = _shaped(name, "", _table(name, folder, None, faults), Sheet, faults)
            if sheet is not None:
                sheets[name] = sheet
    if not faults:
        faults += _faults_of(fields, sheets, neighbours)
        faults += _faults_of_hints(hints, sheets)
    if faults:
        raise Misconfigured(faults)
    return Library(
        fields=fields,
        sheets=tuple(sheets.values()),
        neighbours=neighbours,
        empty_prompts=lists["empty_prompts"],
        hints=hints,
        title_words=title_words,
        closings=lists["closings"],
        child_words=lists["child_words"],
        strangers=lists["strangers"],
    )


def _table(name: str, folder: Path, keys: set[str] | None, faults: list[ConfigFault]) -> Mapping[str, object]:
    try:
        table = tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except OSError as error:
        refuse_if_passing(error, "config")
        faults.append(ConfigFault(name, "", "cannot be read"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(ConfigFault(name, "", f"is not TOML: {error}"))
    else:
        unknown = sorted(set(table) - keys) if keys is not None else []
        faults += [ConfigFault(name, key, "unknown key") for key in unknown]
        return table
    return {}


def _each(
    name: str, table: Mapping[str, object], key: str, shape: type[Shape], faults: list[ConfigFault]
) -> tuple[Shape, ...]:
    entries = table.get(key, [])
    if not isinstance(entries, list):
        faults.append(ConfigFault(name, key, f"must be a list of [[{key}]]"))
        return ()
    shaped = (_shaped(name, f"{key}[{number}]", entry, shape, faults) for number, entry in enumerate(entries))
    return tuple(entry for entry in shaped if entry is not None)


def _shaped(name: str, place: str, value: object, shape: type[Shape], faults: list[ConfigFault]) -> Shape | None:
    if not value and place == "":
        return None  # the file's own fault is told already
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        says, _, where = str(error).partition(" - at `$")
        faults.append(ConfigFault(name, f"{place}{where.rstrip('`')}".lstrip("."), says))
        return None


def _faults_of(
    fields: tuple[Field, ...], sheets: Mapping[str, Sheet], neighbours: tuple[Neighbour, ...]
) -> Iterator[ConfigFault]:
    """Tell what is wrong between entries that are each well shaped."""
    if not sheets:
        yield ConfigFault("forms", "", "holds no form sheet")
    yield from _twice("labels.toml", "fields", [field.name for field in fields])
    yield from _twice(f"forms/{NEIGHBOURS}", "neighbours", [neighbour.key for neighbour in neighbours])
    yield from _twice("forms", "key", [sheet.key for sheet in sheets.values()])
    for number, field in enumerate(fields):
        yield from _faults_of_field(f"fields[{number}]", field)
    known = {field.name: field for field in fields}
    for name, sheet in sheets.items():
        yield from _faults_of_sheet(name, sheet, known)


def _faults_of_hints(hints: tuple[Hint, ...], sheets: Mapping[str, Sheet]) -> Iterator[ConfigFault]:
    keys = {section.key for sheet in sheets.values() for section in sheet.sections}
    for number, hint in enumerate(hints):
        if hint.section not in keys:
            yield ConfigFault("labels.toml", f"hints[{number}].section", f"no sheet has a section {hint.section!r}")


def _faults_of_field(place: str, field: Field) -> Iterator[ConfigFault]:
    if field.kind is FieldKind.CHOICES and not field.choices:
        yield ConfigFault("labels.toml", place, "a field of choices needs choices")
    if field.kind is FieldKind.TABLE and not field.columns:
        yield ConfigFault("labels.toml", place, "a table needs columns")
    for word in sorted(set(field.wordings) - {*field.choices, *field.columns}):
        yield ConfigFault("labels.toml", f"{place}.wordings", f"is no choice and no column: {word!r}")


def _faults_of_sheet(name: str, sheet: Sheet, known: Mapping[str, Field]) -> Iterator[ConfigFault]:
    yield from _twice(name, "sections", [section.key for section in sheet.sections])
    tags = [question.tag for section in sheet.sections for question in section.questions if question.tag]
    yield from _twice(name, "tag", tags)
    for number, section in enumerate(sheet.sections):
        place = f"sections[{number}]"
        if section.questions and not section.answers:
            yield ConfigFault(name, place, "has questions but answers = false")
        meanings = {(q.field, label.casefold()) for q in section.questions for label in (q.label, *q.also)}
        yield from _twice(name, f"{place}.questions", [label for _, label in sorted(meanings)])
        for row, question in enumerate(section.questions):
            yield from _faults_of_question(name, f"{place}.questions[{row}]", question, known, section.children)


def _faults_of_question(
    name: str, place: str, question: Question, known: Mapping[str, Field], children: int
) -> Iterator[ConfigFault]:
    field = known.get(question.field)
    if field is None:
        yield ConfigFault(name, f"{place}.field", f"labels.toml knows no field {question.field}")
        return
    if field.per_child != bool(children):
        wanted = "needs a section with children = N" if field.per_child else "does not belong in the children's table"
        yield ConfigFault(name, f"{place}.field", f"{question.field} {wanted}")
    for choice in sorted(set(question.choices) - set(field.choices)):
        yield ConfigFault(name, f"{place}.choices", f"{question.field} has no choice {choice!r}")


def _twice(name: str, place: str, values: list[str]) -> Iterator[ConfigFault]:
    for value, count in Counter(values).items():
        if count > 1:
            yield ConfigFault(name, place, f"{value!r} is given {count} times")
