"""Old editions stay readable beside new ones: of sheets with one title the one that the form is wins, and is shown."""

import pytest
from msgspec.structs import replace

from intake.blank_form.pdf import blank_pdf
from intake.blank_form.word import blank_docx
from parsers.contract import Kind, Recognised
from parsers.recognise import read_document
from parsers.template import Library, Question, Section, Sheet
from tests.builders import fill_pdf, fill_word, print_pdf
from tests.builders.forms import FilledForm, library, named_values, sheet_of

OLD = sheet_of()


def _renamed(section: Section) -> Section:
    """Return a section as the next edition has it: its referrer is worded anew, its incident's place not asked."""
    words = {"referrer.role": "Post you hold", "qa.name": "Member who assured the quality"}
    kept = [question for question in section.questions if question.field != "incident.place"]
    return replace(section, questions=tuple(_worded(question, words.get(question.field)) for question in kept))


def _worded(question: Question, label: str | None) -> Question:
    return question if label is None else replace(question, label=label)


NEW = replace(OLD, key="sscp-2026", edition="May 2026", sections=tuple(map(_renamed, OLD.sections)))
UNSAID = replace(NEW, edition="2")
BOTH = tuple(replace(library(), sheets=sheets) for sheets in ((OLD, NEW), (NEW, OLD)))


def _ways(sheet: Sheet, with_library: Library) -> dict[str, tuple[Kind, bytes]]:
    held = named_values(FilledForm())
    word = blank_docx(sheet, with_library)
    return {
        "in Word": (Kind.DOCX, fill_word.filled(word, held)),
        "controls lost": (Kind.DOCX, fill_word.filled(word, held, keep=False)),
        "in the PDF": (Kind.PDF, fill_pdf.filled(blank_pdf(sheet, with_library), held)),
        "printed": (Kind.PDF, print_pdf.printed(sheet, with_library, held)),
    }


@pytest.mark.parametrize("with_library", BOTH, ids=["old first", "new first"])
@pytest.mark.parametrize("sheet", [OLD, NEW], ids=["old", "new"])
def test_each_edition_is_read_by_its_own_sheet(sheet: Sheet, with_library: Library) -> None:
    """In whatever order the sheets stand, each rendering of each edition is known as that edition and read whole."""
    for name, (kind, data) in _ways(sheet, with_library).items():
        reading = read_document(0, kind, data, with_library)
        assert (reading.recognised, reading.sheet, reading.edition) == (Recognised.OURS, sheet.key, sheet.edition), name
        alone = read_document(0, kind, data, replace(with_library, sheets=(sheet,)))
        assert reading.readings == alone.readings, name


@pytest.mark.parametrize("sheet", [OLD, UNSAID], ids=["old", "new"])
def test_a_form_that_does_not_say_its_edition_is_known_by_its_words(sheet: Sheet) -> None:
    """Where no edition stands on the page, the sheet whose labels and titles do is the right one."""
    told = replace(sheet, edition="")
    with_library = replace(library(), sheets=(OLD, UNSAID))
    data = fill_word.filled(blank_docx(told, library()), named_values(FilledForm()), keep=False)
    assert read_document(0, Kind.DOCX, data, with_library).sheet == sheet.key


def test_a_longer_title_is_not_taken_for_a_shorter_one_it_begins_with() -> None:
    """A sheet whose title goes on where another's ends is the one the form's whole title names."""
    longer = replace(NEW, title=f"{OLD.title} of good practice", edition=OLD.edition)
    for sheets in ((OLD, longer), (longer, OLD)):
        data = fill_word.filled(blank_docx(longer, library()), named_values(FilledForm()))
        assert read_document(0, Kind.DOCX, data, replace(library(), sheets=sheets)).sheet == longer.key
