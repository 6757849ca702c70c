"""Limits of the workshop, met from both sides: pictures, pages, words, what a program says."""

import sys

import pytest
from PIL import Image

from parsers.contract import DocumentState
from parsers.document import NotRead
from parsers.formats.pdf_shapes import Sight
from parsers.workshop import pictures, programs, scans, tesseract
from parsers.workshop.pictures import pages_of
from parsers.workshop.seen import Page
from tests.builders.limits import both_sides
from tests.builders.pictures import saved

SMALL = Image.linear_gradient("L").resize((64, 48))


@both_sides
def test_a_picture_is_opened_to_its_size(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """A larger one is over the limit by what it says of itself."""
    monkeypatch.setattr(pictures, "MAX_PIXELS", 64 * 48 - more)
    if more:
        with pytest.raises(NotRead, match="picture-too-large") as refused:
            list(pages_of(saved(SMALL)))
        assert refused.value.state is DocumentState.OVER_LIMIT
    else:
        assert len(list(pages_of(saved(SMALL)))) == 1


@both_sides
def test_scanned_pages_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Those behind are not looked at, and the document says so."""
    looked: list[Image.Image] = []
    monkeypatch.setattr(scans, "MAX_PAGES", 2)
    monkeypatch.setattr(
        scans, "see", lambda page: looked.append(page) or Page(Sight(612.0, 792.0), frozenset(), read=True)
    )
    document = scans.read_picture(saved(SMALL, "TIFF", *[SMALL] * (1 + more)))
    assert len(looked) == 2
    assert ("pages-cut" in document.codes) is bool(more)


@both_sides
def test_words_of_a_picture_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """A page of dust has more than any form."""
    monkeypatch.setattr(tesseract, "MAX_WORDS", 3)
    head = "level\tleft\ttop\twidth\theight\tconf\ttext"
    rows = ["5\t0\t0\t9\t9\t90\tword"] * (3 + more)
    monkeypatch.setattr(tesseract, "_told", lambda *_: "\n".join([head, *rows]).encode())
    if more:
        with pytest.raises(NotRead, match="too-much-text"):
            tesseract.words_of(SMALL)
    else:
        assert len(tesseract.words_of(SMALL)) == 3


@both_sides
def test_what_a_program_says_is_taken_to_its_length(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """One that says more has failed."""
    monkeypatch.setattr(programs, "MAX_OUTPUT_BYTES", 5)
    command = (sys.executable, "-c", f"print('x' * {5 + more}, end='')")
    if more:
        with pytest.raises(programs.Failed):
            programs.run(command)
    else:
        assert programs.run(command) == b"xxxxx"
