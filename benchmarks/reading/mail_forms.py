"""Our form typed into a mail line by line, or pasted as a page with its tables."""

from html import escape
from random import Random

from benchmarks.reading.case import Case
from intake.blank_form.plan import Row, rows
from parsers.template import FieldKind, Section, Sheet
from tests.builders import forms


def typed(case: Case, sheet: Sheet, rng: Random) -> bytes:
    """Return label and answer on a line, titles between, a greeting and a signature around."""
    lines = [rng.choice(("Hello,", "Dear team,", "Hi both")), "", "Our referral is below.", "", sheet.title, ""]
    for section in sheet.sections:
        if section.answers:
            lines += [section.title, *_lines(case, section), ""]
    return "\r\n".join(
        (*lines, rng.choice(("Kind regards", "Many thanks")), case.answers.get("referrer.name", ""))
    ).encode()


def _lines(case: Case, section: Section) -> list[str]:
    if section.children:
        asked = rows(section, forms.library())
        return [
            line
            for number, child in enumerate(case.children, 1)
            for line in (
                f"Child {number}",
                *(f"{row.question.label}: {child.get(row.field.name, '')}" for row in asked),
                "",
            )
        ]
    return [line for row in rows(section, forms.library()) for line in _question(case, row)]


def _question(case: Case, row: Row) -> list[str]:
    name, label = row.field.name, row.question.label
    if row.field.kind is FieldKind.TABLE:
        return []
    if name == "safety.current_risk":
        return [f"{label}: {case.risk[1 if row.follows else 0]}"]
    if row.options:
        chosen = case.choices.get(name, ())
        return [f"[{'x' if words in chosen else ' '}] {words}" for _, words in row.options]
    return [f"{label}: {case.answers.get(name, '')}"]


def pasted(case: Case, sheet: Sheet) -> bytes:
    """Return the form as a page: a table for each section."""
    parts = [f"<html><body><p>Please see below.</p><h1>{escape(sheet.title)}</h1>"]
    parts += (
        f"<h2>{escape(section.title)}</h2><table border=1>{_table(case, section)}</table>"
        for section in sheet.sections
        if section.answers
    )
    return "".join((*parts, "<p>Kind regards</p></body></html>")).encode()


def _table(case: Case, section: Section) -> str:
    asked = rows(section, forms.library())
    if section.children:
        heads = _tr([row.question.label for row in asked])
        return heads + "".join(_tr([child.get(row.field.name, "") for row in asked]) for child in case.children)
    return "".join(_html(case, row) for row in asked)


def _html(case: Case, row: Row) -> str:
    name, label = row.field.name, row.question.label
    if row.field.kind is FieldKind.TABLE:
        held = {"family.members": case.family, "agencies.involved": case.agencies}[name]
        return _tr(list(row.field.columns)) + "".join(_tr(list(cells)) for cells in held)
    if name == "safety.current_risk":
        return _tr([label, case.risk[1 if row.follows else 0]])
    if row.options:
        chosen = case.choices.get(name, ())
        return "".join(_tr([f"{'☒' if words in chosen else '☐'} {words}"]) for _, words in row.options)
    return _tr([label, case.answers.get(name, "")])


def _tr(cells: list[str]) -> str:
    said = (escape(cell).replace("\n", "<br>") for cell in cells)
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in said) + "</tr>"
