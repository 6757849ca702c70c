"""Our own sheets, filled: in Word and as PDF, by typing, worn by many hands, typed into a mail."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from benchmarks.reading import worn_word
from benchmarks.reading.case import Case
from benchmarks.reading.mail_forms import pasted, typed
from benchmarks.reading.rendered import Rendered
from tests.builders import forms
from tests.builders.forms import FilledForm

KEYS = ("sscp-2023", "sscp-2023", "sscp-2023", "sscp-seriously-good-outcome")


@dataclass(frozen=True)
class Way:
    """One way in which a filled sheet arrives. ``slow``: it needs the workshop."""

    name: str
    kind: str
    make: Callable[[Case, str, Random], bytes]
    slow: bool = False
    tables: bool = True
    """It has room for the family's and the agencies' rows."""

    def render(self, case: Case, rng: Random) -> Rendered:
        """Return the document, every answer that its sheet asks for on it."""
        key = rng.choice(KEYS)
        case = on_sheet(case if self.tables else replace(case, family=(), agencies=()), key)
        return Rendered(self.make(case, key, rng), self.kind, asked_by(key), self.name, case)


def asked_by(key: str) -> frozenset[str]:
    """Return the fields a sheet asks for."""
    sheet = forms.sheet_of(key)
    return frozenset(question.field for section in sheet.sections for question in section.questions)


def on_sheet(case: Case, key: str) -> Case:
    """Return what of a case stands on a sheet: its fields, its options, its rows for children."""
    sheet, asked = forms.sheet_of(key), asked_by(key)
    rows = max(section.children for section in sheet.sections)
    offered = {q.field: q.choices for section in sheet.sections for q in section.questions if q.choices}
    return replace(
        case,
        answers={name: text for name, text in case.answers.items() if name in asked},
        choices={
            name: tuple(word for word in words if word in offered.get(name, words))
            for name, words in case.choices.items()
            if name in asked
        },
        children=tuple({name: text for name, text in child.items() if name in asked} for child in case.children[:rows]),
        family=case.family if "family.members" in asked else (),
        agencies=case.agencies if "agencies.involved" in asked else (),
        risk=case.risk if "safety.current_risk" in asked else ("", ""),
    )


def as_form(case: Case) -> FilledForm:
    """Return the case as the tests' builders fill it in."""
    return FilledForm(
        values=case.answers,
        choices=case.choices,
        children=tuple({n: t for n, t in child.items() if n != "child.legal_status"} for child in case.children),
        legal_status=tuple(
            (child["child.legal_status"],) if "child.legal_status" in child else () for child in case.children
        ),
        tables={"family.members": case.family, "agencies.involved": case.agencies},
        at_risk=case.risk[0],
        action=case.risk[1],
    )


def with_controls(case: Case, key: str, _: Random) -> bytes:
    """Fill the blank's content controls."""
    return forms.to_docx(as_form(case), key)


def without_controls(case: Case, key: str, _: Random) -> bytes:
    """Fill it as a program leaves it that drops content controls."""
    return forms.to_docx(as_form(case), key, controls=False)


def pdf_form(case: Case, key: str, _: Random) -> bytes:
    """Fill the PDF's form fields."""
    return forms.to_pdf(as_form(case), key)


def pdf_text(case: Case, key: str, _: Random) -> bytes:
    """Print labels and answers as text alone, tables without lines."""
    return forms.to_flat_pdf(as_form(case), key)


def _worn(change: worn_word.Change) -> Callable[[Case, str, Random], bytes]:
    return lambda case, key, rng: worn_word.worn(without_controls(case, key, rng), change, rng)


def _kept(change: worn_word.Change) -> Callable[[Case, str, Random], bytes]:
    return lambda case, key, rng: worn_word.worn(with_controls(case, key, rng), change, rng)


FAST = (
    Way("word-controls", "docx", with_controls),
    Way("word-typed", "docx", without_controls),
    Way("word-ticks", "docx", _worn(worn_word.other_ticks)),
    Way("word-labels-worn", "docx", _worn(worn_word.worn_labels)),
    Way("word-labels-reworded", "docx", _worn(worn_word.reworded_labels)),
    Way("word-tracked", "docx", _worn(worn_word.tracked)),
    Way("word-struck", "docx", _worn(worn_word.struck)),
    Way("word-controls-tracked", "docx", _kept(worn_word.tracked)),
    Way("word-runs-split", "docx", _worn(worn_word.split_runs)),
    Way("word-strict", "docx", lambda case, key, rng: worn_word.strict(without_controls(case, key, rng))),
    Way("pdf-form", "pdf", pdf_form),
    Way("pdf-text", "pdf", pdf_text),
    Way("mail-text", "text", lambda case, key, rng: typed(case, forms.sheet_of(key), rng), tables=False),
    Way("mail-html", "html", lambda case, key, _: pasted(case, forms.sheet_of(key))),
)
"""Read at once."""
