"""``intake form blank``: the blank form of a sheet, which the program itself knows again as ours and as blank."""

from argparse import Namespace
from pathlib import Path

import pytest

from intake.errors import Misconfigured
from intake.programs import form_blank, form_try
from intake.settings import places
from intake.settings.forms import load_library

SHEETS = [sheet.key for sheet in load_library(places.forms(places.shipped())).sheets]


@pytest.mark.parametrize("ending", [".docx", ".pdf"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_the_blank_form_is_read_back_as_ours_and_empty(
    sheet: str, ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What we make and what we read agree: each sheet's blank is recognised by that sheet, with no answer in it."""
    monkeypatch.chdir(tmp_path)  # no configuration here: the shipped sheets
    made = tmp_path / f"blank{ending}"
    assert form_blank.command(Namespace(sheet=sheet, output=made, config=None)) == 0
    capsys.readouterr()
    assert form_try.command(Namespace(file=made, json=False, config=None)) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"Recognised: ours, {sheet}")
    assert "Nothing was filled in." in told


@pytest.mark.parametrize(("sheet", "name"), [("no-such-sheet", "blank.docx"), (SHEETS[0], "blank.odt")])
def test_a_sheet_or_an_ending_that_is_not_there_is_misuse(
    sheet: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written where it is not known what to write."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Misconfigured):
        form_blank.command(Namespace(sheet=sheet, output=tmp_path / name, config=None))
    assert list(tmp_path.iterdir()) == []
