"""Filled samples of our forms and of others', all people and places invented: for every test that needs a document.

``FilledForm()`` is a complete referral; ``dataclasses.replace`` or :meth:`FilledForm.but` changes it. The same form
gives the same bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from intake.settings.forms import load_library
from parsers.template import Library, Sheet

CONFIG = Path(__file__).parents[2] / "config"
CRITERIA = (
    "A child has died and abuse or neglect is known or suspected",
    "A child has been seriously harmed and abuse or neglect is known or suspected",
    "Multi-agency practice has not been robust",
    "Seriously good outcome",
)

VALUES: Mapping[str, str] = {
    "referrer.name": "Orla Example",
    "referrer.role": "Detective Inspector",
    "referrer.agency": "Greater Manchester Police",
    "referrer.phone": "0161 496 0123",
    "referrer.email": "orla.example@gmp.example",
    "referral.date": "13/11/2026",
    "lead.name": "Lee Leadwell",
    "lead.date": "12/11/2026",
    "incident.date": "10/11/2026",
    "incident.date_aware": "11/11/2026",
    "incident.place": "14 Made Up Street, Salford",
    "incident.summary": "Tam was found injured at home.\nAn ambulance was called by a neighbour.",
    "referral.reason": "Serious harm after several contacts with services.",
    "practice.concerns": "Two agencies each thought the other was visiting.",
    "practice.good": "The school nurse rang twice and wrote it down.",
    "qa.name": "Quinn Sample",
    "qa.agency": "Greater Manchester Police",
    "qa.role": "PRSG member, Detective Superintendent",
    "qa.date": "13/11/2026",
    "qa.statement": "Read and agreed for submission.",
}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "referral.criteria": (CRITERIA[1],),
    "incident.harm": ("Serious harm: physical", "Serious harm: neglect"),
    "parallel.processes": ("Police investigation", "Care proceedings"),
}
CHILD: Mapping[str, str] = {
    "child.name": "Tam Madeup",
    "child.aka": "Tammy",
    "child.dob": "04/03/2021",
    "child.gender": "Female",
    "child.ethnicity": "White British",
    "child.disability": "None known",
    "child.language": "English",
    "child.nhs_number": "999 000 0018",
    "child.address": "14 Made Up Street, Salford",
    "child.school": "Nowhere Nursery",
    "child.gp": "Dr Pretend, Fable Surgery",
}
SECOND_CHILD: Mapping[str, str] = {"child.name": "Kit Madeup", "child.dob": "09/08/2023", "child.gender": "Male"}


@dataclass(frozen=True)
class FilledForm:
    """What somebody wrote on the form: by field, by field of choices, by child, by table row."""

    values: Mapping[str, str] = field(default_factory=lambda: dict(VALUES))
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict(CHOICES))
    children: tuple[Mapping[str, str], ...] = (CHILD,)
    legal_status: tuple[tuple[str, ...], ...] = (("CP plan",),)
    """The options ticked for each child in turn."""
    tables: Mapping[str, tuple[tuple[str, ...], ...]] = field(
        default_factory=lambda: {
            "family.members": (
                ("Ann Madeup", "Mother", "02/02/1994", "14 Made Up Street"),
                ("Rob Invented", "Mother's partner", "", ""),
            ),
            "agencies.involved": (("Nowhere Nursery", "Pat Teacher", "0161 496 0150"),),
        }
    )
    at_risk: str = "No"
    """"Yes", "No" or nothing ticked."""
    action: str = ""

    def but(self, **changes: str) -> "FilledForm":
        """Return the form with other values, fields named with ``__`` for the point: ``but(qa__name="")``."""
        return replace(self, values={**self.values, **{name.replace("__", "."): v for name, v in changes.items()}})

    def ticking(self, **changes: tuple[str, ...]) -> "FilledForm":
        """Return the form with other options ticked: ``ticking(referral__criteria=())``."""
        return replace(self, choices={**self.choices, **{n.replace("__", "."): v for n, v in changes.items()}})


@cache
def library() -> Library:
    """Return the shipped labels, sheets and neighbours."""
    return load_library(CONFIG)


def sheet_of(key: str = "sscp-2023") -> Sheet:
    """Return one shipped sheet."""
    return next(sheet for sheet in library().sheets if sheet.key == key)


def named_values(form: FilledForm) -> dict[str, str]:
    """Return what each control of our form holds, by its name; tick-boxes hold ``x``."""
    fields = {each.name: each for each in library().fields}
    held = dict(form.values)
    for name, chosen in form.choices.items():
        held |= {f"{name}={fields[name].choices.index(choice) + 1}": "x" for choice in chosen}
    for number, child in enumerate(form.children, 1):
        held |= {f"{name}#{number}": text for name, text in child.items()}
    for number, chosen in enumerate(form.legal_status[: len(form.children)], 1):
        options = fields["child.legal_status"].choices
        held |= {f"child.legal_status#{number}={options.index(choice) + 1}": "x" for choice in chosen}
    for name, lines in form.tables.items():
        for row, cells in enumerate(lines, 1):
            held |= {f"{name}#{row}={part}": text for part, text in enumerate(cells, 1)}
    if form.at_risk:
        held[f"safety.current_risk={1 if form.at_risk == 'Yes' else 2}"] = "x"
    held["safety.current_risk+"] = form.action
    return {name: text for name, text in held.items() if text}


def expected(form: FilledForm, sheet: Sheet | None = None) -> dict[tuple[str, int | None], tuple[str, ...]]:
    """Return what reading the form should give: texts by field and child, in the sheet's fields alone."""
    asked = {question.field for section in (sheet or sheet_of()).sections for question in section.questions}
    found: dict[tuple[str, int | None], tuple[str, ...]] = {(n, None): (t,) for n, t in form.values.items() if t}
    found |= {(name, None): chosen for name, chosen in form.choices.items() if chosen}
    for number, child in enumerate(form.children, 1):
        found |= {(name, number): (text,) for name, text in child.items() if text}
    for number, chosen in enumerate(form.legal_status[: len(form.children)], 1):
        if chosen:
            found["child.legal_status", number] = chosen
    found |= {(n, None): tuple(_row(row) for row in rows) for n, rows in form.tables.items() if rows}
    said = "\n".join(filter(None, (form.at_risk, form.action)))
    if said:
        found["safety.current_risk", None] = (said,)
    return {key: texts for key, texts in found.items() if key[0] in asked}


def _row(cells: tuple[str, ...]) -> str:
    return " ".join(" | ".join(cells).rstrip(" |").split())


@cache
def blank_docx(key: str = "sscp-2023") -> bytes:
    """Return our blank as Word."""
    from intake.blank_form.word import blank_docx as made

    return made(sheet_of(key), library())


@cache
def blank_pdf(key: str = "sscp-2023") -> bytes:
    """Return our blank as a fillable PDF."""
    from intake.blank_form.pdf import blank_pdf as made

    return made(sheet_of(key), library())


def to_docx(form: FilledForm | None = None, sheet: str = "sscp-2023", *, controls: bool = True) -> bytes:
    """Return the form filled in Word; ``controls=False`` as a program leaves it that drops content controls."""
    from tests.builders.fill_word import filled

    return filled(blank_docx(sheet), named_values(form or FilledForm()), keep=controls)


def to_pdf(form: FilledForm | None = None, sheet: str = "sscp-2023") -> bytes:
    """Return the fillable PDF, filled."""
    from tests.builders.fill_pdf import filled

    return filled(blank_pdf(sheet), named_values(form or FilledForm()))


def to_flat_pdf(form: FilledForm | None = None, sheet: str = "sscp-2023") -> bytes:
    """Return the form printed to PDF: text alone, no fields."""
    from tests.builders.print_pdf import printed

    return printed(sheet_of(sheet), library(), named_values(form or FilledForm()))


def marf_docx() -> bytes:
    """Return a filled form of the neighbours: a multi-agency referral (MARF), with labels like ours."""
    from tests.builders.other_forms import marf

    return marf()


def agency_summary_docx() -> bytes:
    """Return a paper that supports a review and names it: no referral."""
    from tests.builders.other_forms import agency_summary

    return agency_summary()


def foreign_docx() -> bytes:
    """Return another partnership's referral for a practice review: another layout, common labels."""
    from tests.builders.other_forms import foreign

    return foreign()


def letter_docx() -> bytes:
    """Return a Word file that is no form."""
    from tests.builders.other_forms import letter

    return letter()
