"""What commands show: plain when piped, a table at a terminal, JSON for programs; nothing steers a terminal."""

import io
import json
import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.private import Private
from intake.domain.stages import Stage
from intake.programs.tables import in_london, joined, show, show_json, visible


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_a_pipe_gets_aligned_text_without_colour_or_boxes() -> None:
    """Other programs can cut columns; ASCII in gives ASCII out."""
    out = io.StringIO()
    show(("ID", "STAGE", "TRIES"), [("m-1", Stage.SET_ASIDE.value, 1), ("m-22", None, 0)], empty="none", out=out)
    assert out.getvalue() == "ID    STAGE      TRIES\nm-1   set-aside  1\nm-22  -          0\n"


def test_a_terminal_gets_every_cell_whatever_markup_it_looks_like() -> None:
    """Brackets in a form are shown, not obeyed."""
    out = Terminal()
    show(("FIELD", "VALUE"), [("child.name", "[red]Orla[/red]")], empty="none", out=out)
    assert "[red]Orla[/red]" in out.getvalue()


@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
def test_blank_cells_are_no_trouble(stream: type[io.StringIO]) -> None:
    """A column in which somebody typed only spaces is shown all the same."""
    out = stream()
    show(("FIELD", "VALUE"), [("child.name", " \t ")], empty="none", out=out)
    assert "child.name" in out.getvalue()


@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
def test_nothing_to_show_is_said(stream: type[io.StringIO]) -> None:
    """An empty table is a sentence, so that silence is never the answer."""
    out = stream()
    show(("A",), [], empty="Nothing waits for a person.", out=out)
    assert out.getvalue() == "Nothing waits for a person.\n"


@given(st.text())
def test_no_cell_can_steer_a_terminal_or_break_its_line(text: str) -> None:
    """Escape sequences, newlines and bidirectional overrides come out as visible signs."""
    assert not {unicodedata.category(sign) for sign in visible(text)} & {"Cc", "Cf", "Zl", "Zp"}


def test_json_has_iso_times_plain_enums_and_readable_letters() -> None:
    """Programs get ISO 8601 with offset, the code of a stage, null for absent, and UTF-8 as it is."""
    out = io.StringIO()
    show_json(
        [
            {
                "at": datetime(2026, 11, 2, 9, tzinfo=UTC),
                "on": date(2026, 11, 2),
                "stage": Stage.HELD,
                "x": None,
                "n": "Zoë",
            }
        ],
        out,
    )
    assert json.loads(out.getvalue()) == [
        {"at": "2026-11-02T09:00:00+00:00", "on": "2026-11-02", "stage": "held", "x": None, "n": "Zoë"}
    ]
    assert "Zoë" in out.getvalue()


def test_json_refuses_private_words() -> None:
    """A Private left in by accident stops the command instead of being shown."""
    with pytest.raises(TypeError, match="Private"):
        show_json({"name": Private("Orla Example")}, io.StringIO())


def test_times_are_shown_as_staff_read_them() -> None:
    """Summer and winter, a time is London's."""
    assert in_london(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2026-07-02 00:30"
    assert in_london(datetime(2026, 12, 1, 23, 30, tzinfo=UTC)) == "2026-12-01 23:30"
    assert in_london(None) is None
    assert joined(["late-submission", "qa-blank"]) == "late-submission, qa-blank"
