"""A Word part made to say what stands on the page, before it is walked: changes settled, wrappers dissolved.

It happens over the whole tree at once and inside lxml, because most elements of a form say nothing of its answers: of
3,500 in a form of 60 fields some 1,200 are left to walk. What tells a cell's span or a paragraph's level is hung on
the cell or paragraph itself.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import islice

from lxml import etree

from parsers.contract import DocumentState
from parsers.document import NotRead
from parsers.formats import word_taken_back as back
from parsers.formats.symbols import FONTS, symbols
from parsers.formats.word_names import (
    ACROSS,
    ALTERNATIVES,
    BEFORE,
    CELL,
    CELL_PR,
    CHOICE,
    COLUMNS,
    CONTENT,
    CONTINUED,
    FALLBACK,
    LEVEL,
    NOTES,
    P_PR,
    R_PR,
    ROW,
    ROW_PR,
    P,
    R,
    T,
)
from parsers.formats.word_taken_back import Met, owner
from parsers.formats.word_xml import VAL, WORD_2010, number, value, w

MAX_MARKS = 200_000
_ASCII, _HIGH_ANSI, _SIMPLE = w("ascii"), w("hAnsi"), w("instr")
DISSOLVED = (
    *(R, CONTENT, ALTERNATIVES, CHOICE, FALLBACK),
    *map(w, ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo", "ruby", "rubyBase")),
)
"""What only wraps: its content stands in its place."""
SILENT = (
    *(P_PR, R_PR, CELL_PR, ROW_PR),
    *map(w, ("del", "moveFrom", "delText", "delInstrText", "instrText", "rt", "rubyPr", "customXmlPr", "smartTagPr")),
    *map(w, ("tblPr", "tblPrEx", "tblGrid", "sectPr", "sdtEndPr", "placeholder", "id", "text", "lock")),
    *map(w, ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr")),
    *(w("lastRenderedPageBreak"), f"{{{WORD_2010}}}checkedState", f"{{{WORD_2010}}}uncheckedState"),
)
"""What says nothing, or nothing any more."""


def settle(root: etree._Element, gone_styles: Callable[[frozenset[str]], frozenset[str]]) -> Met:
    """Settle one part; ``gone_styles`` tells which of the styles in use strike out or hide what is set in them."""
    met = Met()
    for count, mark in enumerate(root.iter(*_TELLING)):
        if count == MAX_MARKS:
            raise NotRead(DocumentState.OVER_LIMIT, "too-many-marks")
        _TELLS[mark.tag](mark, met)
    for mark in _listed(root, _CHANGING):
        _CHANGES[mark.tag](mark, met)
    back.run_on(met)
    gone = gone_styles(frozenset(met.styles)) if met.styles else frozenset()
    if gone:
        back.take_back_styled(_listed(root, back.STYLES), gone)
    etree.strip_elements(root, *SILENT, with_tail=False)
    etree.strip_tags(root, *DISSOLVED)
    return met


def _listed(root: etree._Element, names: Iterable[str]) -> list[etree._Element]:
    """Return the elements of these names before any is taken out; raises NotRead where there are too many."""
    marks = list(islice(root.iter(*names), MAX_MARKS))
    if len(marks) == MAX_MARKS:
        raise NotRead(DocumentState.OVER_LIMIT, "too-many-marks")
    return marks


def _font(mark: etree._Element, _: Met) -> None:
    """Write a run's letters of a symbol font as what they look like."""
    font = (mark.get(_ASCII) or mark.get(_HIGH_ANSI) or "").casefold()
    run = owner(mark, R_PR, R) if font in FONTS else None  # a word processor names a font for every run
    for words in () if run is None else run.iterchildren(T):
        words.text = symbols(font, words.text or "")


def _style(mark: etree._Element, met: Met) -> None:
    style = value(mark)
    met.styles.add(style)
    level = _heading(style)
    paragraph = owner(mark, P_PR, P) if level else None
    if paragraph is not None:
        paragraph.set(LEVEL, str(level))


@lru_cache(maxsize=1_000)
def _heading(style: str) -> int:
    style = style.casefold().replace(" ", "")
    if style == "title":
        return 1
    return int(style[-1]) if style.startswith("heading") and style[-1:] in set("123456789") else 0


def _outline(mark: etree._Element, _: Met) -> None:
    """Hang a paragraph's own level on it; the tenth is running text."""
    _hang(owner(mark, P_PR, P), LEVEL, str((number(mark.get(VAL), 0, 9) + 1) % 10))


def _span(mark: etree._Element, _: Met) -> None:
    _hang(owner(mark, CELL_PR, CELL), COLUMNS, value(mark))


def _before(mark: etree._Element, _: Met) -> None:
    _hang(owner(mark, ROW_PR, ROW), BEFORE, value(mark))


def _merged_down(mark: etree._Element, _: Met) -> None:
    if value(mark) != "restart":
        _hang(owner(mark, CELL_PR, CELL), CONTINUED, "1")


def _merged_across(mark: etree._Element, _: Met) -> None:
    if value(mark) != "restart":
        _hang(owner(mark, CELL_PR, CELL), ACROSS, "1")


def _hang(element: etree._Element | None, name: str, text: str) -> None:
    if element is not None:
        element.set(name, text)


def _one_way(mark: etree._Element, _: Met) -> None:
    """Keep one of the ways a thing is written for old and new Word: the first that has words, else the first."""
    ways = [way for way in mark if way.tag in {CHOICE, FALLBACK}]
    kept = next((way for way in ways if next(way.iter(T), None) is not None), ways[0] if ways else None)
    for way in ways:
        if way is not kept:
            mark.remove(way)


def _page(mark: etree._Element, met: Met) -> None:
    met.pages.append(mark)


def _note(_: etree._Element, met: Met) -> None:
    met.notes = True


def _comment(_: etree._Element, met: Met) -> None:
    met.codes.add("has-comments")


def _instruction(mark: etree._Element, met: Met) -> None:
    """Tell a field that starts another program (DDE, DDEAUTO; 17.16.5 knows them no more, Word does)."""
    if (mark.text or mark.get(_SIMPLE) or "").lstrip(' "').upper().startswith("DDE"):
        met.codes.add("has-dde")


def _other_part(_: etree._Element, met: Met) -> None:
    met.codes.add("has-alt-chunk")


_CHANGES: dict[object, Callable[[etree._Element, Met], None]] = {
    **dict.fromkeys(map(w, ("strike", "dstrike", "vanish")), back.struck),
    **dict.fromkeys(map(w, ("ins", "moveTo", "moveFrom", "cellIns", "cellMerge")), back.tracked),
    w("del"): back.deleted,
    w("cellDel"): back.deleted_cell,
    w("hidden"): back.hidden_row,
    ALTERNATIVES: _one_way,
}
"""What takes something out, by its name."""
_TELLS: dict[object, Callable[[etree._Element, Met], None]] = {
    w("rFonts"): _font,
    **dict.fromkeys(back.STYLES, _style),
    w("outlineLvl"): _outline,
    w("gridSpan"): _span,
    w("gridBefore"): _before,
    w("vMerge"): _merged_down,
    w("hMerge"): _merged_across,
    w("headerReference"): _page,
    w("footerReference"): _page,
    **dict.fromkeys(NOTES, _note),
    w("commentReference"): _comment,
    w("altChunk"): _other_part,
    w("instrText"): _instruction,
    w("fldSimple"): _instruction,
}
"""What only tells something, and leaves the tree as it is while it is walked: nearly all there is."""
_CHANGING, _TELLING = tuple(map(str, _CHANGES)), tuple(map(str, _TELLS))
