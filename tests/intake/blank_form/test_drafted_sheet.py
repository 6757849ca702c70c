"""A draft as TOML: it loads as it stands, a stranger's words in it are words, and what is open is marked."""

import tomllib
from pathlib import Path

import msgspec
import pytest

from intake.blank_form.drafted_sheet import MARK, drafted_sheet
from parsers.contract import Draft, DraftQuestion, DraftSection, Kind
from parsers.template import Sheet
from tests.builders.drafts import in_use
from tests.builders.forms import library

HOSTILE = 'Name"\n[[sections]]\nkey = "x\x1b[2J\x00\u202e\\'


def question(label: str = "Ward", **changes: object) -> DraftQuestion:
    """Return a question no field is known for."""
    shape: dict[str, object] = {
        "untrusted_label": label, "untrusted_guidance": "", "where": "table 1, row 2, column 1", "kind": "text",
        "field": None, "why": "unknown-label",
    }  # fmt: skip
    return DraftQuestion(**(shape | changes))  # type: ignore[arg-type]  # a test's shorthand


def section(*questions: DraftQuestion, **changes: object) -> DraftSection:
    """Return a section with these questions."""
    shape: dict[str, object] = {
        "key": "", "untrusted_title": "About you", "answers": True, "children": 0, "questions": questions,
        "untrusted_text": (),
    }  # fmt: skip
    return DraftSection(**(shape | changes))  # type: ignore[arg-type]  # as above


def draft(*sections: DraftSection, **changes: object) -> Draft:
    """Return the draft of an invented blank."""
    shape: dict[str, object] = {
        "kind": Kind.DOCX, "untrusted_title": "Referral to the Nowhere Panel", "untrusted_edition": "v3",
        "untrusted_header": "", "neighbour": None, "sections": sections, "unreadable": None,
    }  # fmt: skip
    return Draft(**(shape | changes))  # type: ignore[arg-type]  # as above


def sheet(toml: str) -> Sheet:
    """Return the sheet this TOML is."""
    return msgspec.convert(tomllib.loads(toml), Sheet)


def test_what_is_certain_loads_and_the_rest_waits_in_comments() -> None:
    """A placed question is a question of the sheet; one to place is none yet, and is told with place and kind."""
    placed = question("Job title", field="referrer.role", why=None, untrusted_guidance="As on your badge")
    drafted = drafted_sheet(draft(section(placed, question())), library())
    (only,) = sheet(drafted.toml).sections
    assert [(each.field, each.label, each.guidance) for each in only.questions] == [
        ("referrer.role", "Job title", "As on your badge")
    ]
    assert any("'Ward' (table 1, row 2, column 1)" in what and "it takes text" in what for what in drafted.to_place)
    assert drafted.toml.count(MARK) == len(drafted.to_place)


def test_a_person_places_the_rest_by_taking_the_marks_away(tmp_path: Path) -> None:
    """With the field's name written in and the # before its lines gone, the whole sheet loads."""
    likely = question("Your agency", field="referrer.agency", why="likely-label", kind="agency")
    unknown = question("Line of work", kind="text")
    toml = drafted_sheet(draft(section(likely, unknown)), library()).toml
    lines = [line if line.startswith(MARK) else line.removeprefix("# ") for line in toml.splitlines()[4:]]
    placed = "\n".join(lines).replace('field = ""', 'field = "referrer.role"')
    loaded = in_use(placed, tmp_path, beside=("sscp-2023.toml",))
    found = next(each for each in loaded.sheets if each.title == "Referral to the Nowhere Panel")
    assert [each.field for each in found.sections[0].questions] == ["referrer.agency", "referrer.role"]


def test_a_strangers_words_are_never_toml() -> None:
    """Quotes, line ends, brackets and signs that steer a terminal stay what they were: part of a word."""
    hostile = section(
        question(HOSTILE, field="referrer.name", why=None),
        question(HOSTILE, untrusted_options=(HOSTILE,), untrusted_tag=HOSTILE),
        untrusted_title=HOSTILE,
        untrusted_text=(HOSTILE,),
    )
    drafted = drafted_sheet(draft(hostile, untrusted_title=HOSTILE, untrusted_header=HOSTILE), library())
    (only,) = sheet(drafted.toml).sections
    assert (only.title, only.text, only.questions[0].label) == (HOSTILE, (HOSTILE,), HOSTILE)
    assert len(only.questions) == 1
    assert all(line.isprintable() for line in (*drafted.toml.split("\n"), *drafted.to_place))


def test_sections_that_are_not_read_say_so() -> None:
    """Office use keeps its words and is closed."""
    office = section(answers=False, untrusted_title="Office use", untrusted_text=("Received",))
    (only,) = sheet(drafted_sheet(draft(office), library()).toml).sections
    assert (only.answers, only.text) == (False, ("Received",))


def test_keys_are_made_of_titles_and_each_is_used_once() -> None:
    """Two sections of one title get two keys; a sheet whose key is taken gets another."""
    both = drafted_sheet(draft(section(), section(), untrusted_title="SSCP 2023!"), library())
    found = sheet(both.toml)
    assert found.key == "sscp-2023-2"
    assert [each.key for each in found.sections] == ["about-you", "about-you-2"]


def test_the_files_name_becomes_the_key() -> None:
    """A draft written to a file is known by that file's name."""
    assert sheet(drafted_sheet(draft(), library(), name="Panel 2026").toml).key == "panel-2026"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"neighbour": "lado"}, "another process (lado)"),
        ({"untrusted_edition": ""}, "edition"),
        ({"untrusted_title": ""}, "would be taken for ours"),
        ({"untrusted_title": "Referral form"}, "would be taken for ours"),
        ({"untrusted_title": "Referral form"}, "marks:"),
        ({}, "type of referral"),
    ],
)
def test_what_the_form_itself_leaves_open_is_told(changes: dict[str, object], told: str) -> None:
    """A neighbour's look, a missing edition or title, the type and the marks are a person's to settle."""
    assert any(told in what for what in drafted_sheet(draft(**changes), library()).to_place)


def test_a_title_of_a_reviews_referral_is_the_sheets_mark() -> None:
    """Such a title needs nobody's judgement: it is what the form is known by."""
    drafted = drafted_sheet(draft(untrusted_title="Rapid Review: referral"), library())
    assert sheet(drafted.toml).marks == ("Rapid Review: referral",)
    assert not any("mark" in what for what in drafted.to_place)


def test_options_nobody_knows_are_told_though_the_question_is_placed() -> None:
    """An option without a word in labels.toml would never be read, so it is on the list."""
    asked = question("Which?", field="parallel.processes", why=None, choices=("Police investigation",))
    told = msgspec.structs.replace(asked, untrusted_options=("A panel of elves",))
    drafted = drafted_sheet(draft(section(told)), library())
    assert any("A panel of elves" in what for what in drafted.to_place)
    assert sheet(drafted.toml).sections[0].questions[0].choices == ("Police investigation",)
