"""The shipped sheets load; a broken one is told with all its faults, each with file and place."""

import shutil
from pathlib import Path

import pytest

from intake.errors import Misconfigured
from intake.settings.forms import load_library
from parsers.template import FieldKind, decode_library, encode_library
from tests.builders.forms import CONFIG, library

SHEET = """
key = "odd"
title = "Odd form"
edition = "1"
referral_type = "by-criteria"
reconstruction = true
header = ""
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped forms."""
    shutil.copy(CONFIG / "labels.toml", tmp_path)
    shutil.copytree(CONFIG / "forms", tmp_path / "forms")
    return tmp_path


def faults(folder: Path) -> list[str]:
    """Return every fault as it is told."""
    with pytest.raises(Misconfigured) as caught:
        load_library(folder)
    return [str(fault) for fault in caught.value.faults]


def test_the_shipped_library_crosses_the_wall_whole() -> None:
    """What is loaded is what the walled process is handed."""
    assert decode_library(encode_library(library())) == library()


def test_the_shipped_sheets_ask_for_every_field_and_say_that_they_are_reconstructed() -> None:
    """The first sheet asks the whole closed list; both say what they are."""
    asked = {question.field for section in library().sheets[0].sections for question in section.questions}
    assert library().sheets[0].key == "sscp-2023"
    assert asked == {field.name for field in library().fields}
    assert all(sheet.reconstruction for sheet in library().sheets)


def test_the_needed_fields_are_those_of_the_form() -> None:
    """What makes a referral complete is asked by the sheet and marked in the list."""
    needed = {field.name for field in library().fields if field.needed}
    assert needed == {
        *("referrer.name", "referrer.role", "referrer.agency", "referrer.email", "referral.date", "qa.name", "qa.date"),
        *("referral.criteria", "referral.reason", "child.name", "child.dob", "incident.date", "incident.summary"),
    }


def test_labels_within_a_section_mean_one_field_each() -> None:
    """No section of a shipped sheet words two of its questions alike."""
    for sheet in library().sheets:
        for section in sheet.sections:
            labels = [label.casefold() for question in section.questions for label in (question.label, *question.also)]
            assert len(labels) == len(set(labels)), section.key


def test_office_use_and_appendix_hold_no_answers() -> None:
    """The sections that are never read are there, and ask nothing."""
    unread = {section.key for section in library().sheets[0].sections if not section.answers}
    assert unread == {"office", "top-tips"}


def test_every_fault_of_a_sheet_is_told_at_once(folder: Path) -> None:
    """Unknown field, child's field outside the table, unknown choice, doubled key: all in one go, with places."""
    sections = """
[[sections]]
key = "a"
title = "A"
[[sections.questions]]
field = "no.such"
label = "X"
[[sections.questions]]
field = "child.name"
label = "X"
[[sections]]
key = "a"
title = "B"
answers = false
[[sections.questions]]
field = "referral.criteria"
label = "Y"
choices = ["Neither"]
"""
    (folder / "forms" / "odd.toml").write_text(SHEET + sections)
    told = faults(folder)
    assert any("sections[0].questions[0].field" in fault and "no.such" in fault for fault in told)
    assert any("sections[0].questions[1].field" in fault and "children" in fault for fault in told)
    assert any("'x' is given 2 times" in fault for fault in told)
    assert any("sections: 'a' is given 2 times" in fault for fault in told)
    assert any("sections[1]: has questions but answers = false" in fault for fault in told)
    assert any("sections[1].questions[0].choices" in fault for fault in told)
    assert all(fault.startswith("forms/odd.toml: ") for fault in told)


def test_an_unknown_key_a_wrong_type_and_broken_toml_are_told_with_their_places(folder: Path) -> None:
    """Each file's faults are told beside the others'."""
    (folder / "forms" / "odd.toml").write_text(SHEET + 'colour = "blue"\n')
    (folder / "forms" / "neighbours.toml").write_text("[[neighbours]\n")
    with (folder / "labels.toml").open("a") as labels:
        labels.write('\n[[fields]]\nname = "x.y"\nkind = "nonsense"\n')
    told = faults(folder)
    assert any(fault.startswith("forms/odd.toml: ") and "colour" in fault for fault in told)
    assert any(fault.startswith("forms/neighbours.toml: ") and "is not TOML" in fault for fault in told)
    assert any(fault.startswith(f"labels.toml: fields[{len(library().fields)}].kind") for fault in told)


def test_missing_files_are_told(tmp_path: Path) -> None:
    """An empty folder misses its labels and its sheets."""
    assert any(fault.startswith("labels.toml") and "cannot be read" in fault for fault in faults(tmp_path))


def test_a_field_of_choices_needs_choices(folder: Path) -> None:
    """A field that nobody could answer is refused."""
    with (folder / "labels.toml").open("a") as labels:
        labels.write(f'\n[[fields]]\nname = "x.y"\nkind = "{FieldKind.CHOICES}"\n')
    assert any("needs choices" in fault for fault in faults(folder))
