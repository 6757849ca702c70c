"""What the author of a Word file took back is taken out: deletions, words struck out or hidden, and ticks with them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from parsers.formats.word_names import CELL, CELL_PR, FIELD_DATA, FIELD_MARK, P_PR, R_PR, ROW, ROW_PR, P, R
from parsers.formats.word_xml import is_on, value, w

STYLES = P_STYLE, R_STYLE = w("pStyle"), w("rStyle")


@dataclass
class Met:
    """What was met while a part was settled."""

    codes: set[str] = field(default_factory=set)
    styles: set[str] = field(default_factory=set)
    pages: list[etree._Element] = field(default_factory=list)
    """References to headers and footers, in order."""
    notes: bool = False
    running_on: list[etree._Element] = field(default_factory=list)
    """Paragraphs whose end was deleted, in order."""


def owner(mark: etree._Element, properties: str, kind: str) -> etree._Element | None:
    """Return what a property belongs to; None where it tells of a format of the past or of something else."""
    parent = mark.getparent()
    if parent is None or parent.tag != properties:
        return None
    above = parent.getparent()
    return above if above is not None and above.tag == kind else None


def tracked(_: etree._Element, met: Met) -> None:
    """Note that changes are tracked; an insertion stands as it is."""
    met.codes.add("has-tracked-changes")


def deleted(mark: etree._Element, met: Met) -> None:
    """Take out a deleted row; note a paragraph whose end was deleted."""
    tracked(mark, met)
    _cut(owner(mark, ROW_PR, ROW))
    parent = mark.getparent()
    paragraph = None if parent is None or parent.tag != R_PR else owner(parent, P_PR, P)
    if paragraph is not None:
        met.running_on.append(paragraph)


def run_on(met: Met) -> None:
    """Join each paragraph whose end was deleted to the one after it, from the last: so each is moved once."""
    for paragraph in reversed(met.running_on):
        after = paragraph.getnext()
        if after is not None and after.tag == P:
            first = 1 if len(after) and after[0].tag == P_PR else 0
            for piece in reversed([each for each in paragraph if each.tag != P_PR]):
                after.insert(first, piece)
            _cut(paragraph)


def deleted_cell(mark: etree._Element, met: Met) -> None:
    """Take out a deleted cell."""
    tracked(mark, met)
    _cut(owner(mark, CELL_PR, CELL))


def hidden_row(mark: etree._Element, _: Met) -> None:
    """Take out a row that is not shown."""
    if is_on(mark):
        _cut(owner(mark, ROW_PR, ROW))


def struck(mark: etree._Element, _: Met) -> None:
    """Take out a run that is struck out or hidden."""
    run = owner(mark, R_PR, R)
    if run is not None and is_on(mark):
        _take_out(run)


def take_back_styled(marks: Iterable[etree._Element], gone: frozenset[str]) -> None:
    """Take out what is set in styles that strike out or hide."""
    for mark in marks:
        if mark.tag in STYLES and value(mark) in gone:
            run, paragraph = owner(mark, R_PR, R), owner(mark, P_PR, P)
            runs = [run] if run is not None else [] if paragraph is None else list(paragraph.iter(R))
            for each in runs:
                _take_out(each)


def _take_out(run: etree._Element) -> None:
    """Take a run's words out; the marks of a field stay, for they are counted, but its box is none any more."""
    for piece in list(run):
        if piece.tag == FIELD_MARK:
            etree.strip_elements(piece, FIELD_DATA, with_tail=False)
        else:
            run.remove(piece)


def _cut(element: etree._Element | None) -> None:
    parent = None if element is None else element.getparent()
    if element is not None and parent is not None:
        parent.remove(element)
