"""What stands beside a Word document's body: headers, footers, notes, and styles that strike out what they set."""

from lxml import etree

from parsers.document import Block
from parsers.formats.word_line import Notes
from parsers.formats.word_package import Package
from parsers.formats.word_settle import settle
from parsers.formats.word_taken_back import Met
from parsers.formats.word_walk import Walk
from parsers.formats.word_xml import RELATIONSHIPS, is_on, value, w

MAX_PAGES = 12
MAX_NOTES = 500
MAX_NOTE = 4_000
_ID = f"{{{RELATIONSHIPS}}}id"
_USUAL_STYLES = frozenset(
    {
        *("BodyText", "Caption", "CommentReference", "Emphasis", "EndnoteReference", "FootnoteReference"),
        *("FootnoteText", "Footer", "FooterChar", "Header", "HeaderChar", "Hyperlink", "ListBullet", "ListNumber"),
        *("ListParagraph", "NoSpacing", "Normal", "NormalWeb", "PageNumber", "PlaceholderText", "Strong", "Subtitle"),
        *("TableParagraph", "Title"),
    }
)
"""Word's own, which neither strike out nor hide; for them the styles are not even unpacked."""
_GONE = tuple(map(w, ("strike", "dstrike", "vanish")))


def gone_styles(package: Package, used: frozenset[str]) -> frozenset[str]:
    """Return those of the styles used that strike out or hide what is set in them."""
    unusual = {name for name in used - _USUAL_STYLES if not name.casefold().startswith("heading")}
    if not unusual:
        return frozenset()
    found: set[str] = set()
    for part in package.targets("styles")[:1]:
        root = package.side(part)
        for mark in () if root is None else root.iter(*_GONE):
            style = next(mark.iterancestors(w("style")), None)
            if is_on(mark) and style is not None:
                found.add(value(style, w("styleId")))
    return frozenset(found & unusual)


def notes_of(package: Package, met: Met) -> Notes:
    """Return the words of every note, in brackets, under the name of the element that refers to them and their id."""
    found: dict[tuple[object, str], str] = {}
    for kind in ("footnote", "endnote") if met.notes else ():
        for part in package.targets(f"{kind}s")[:1]:
            root = _settled(package, part, met)
            for note in () if root is None else root[:MAX_NOTES]:
                with package.beside():
                    found[w(f"{kind}Reference"), value(note, w("id"))] = _said(note)
    return found


def _said(note: etree._Element) -> str:
    walk = Walk()
    walk.blocks(note)
    words = " ".join("".join(walk.ink.words).split())
    return f" [{words[:MAX_NOTE]}]" if words else ""


def read_pages(package: Package, met: Met, walk: Walk) -> list[Block]:
    """Return what stands in the headers and footers referred to, each once, to be placed after the body."""
    blocks: list[Block] = []
    asked = (package.relationships.get(value(mark, _ID)) for mark in met.pages)
    parts = dict.fromkeys((each.kind, each.part) for each in asked if each is not None and not each.outside)
    with package.beside():  # one over a limit ends them all: the walk was stopped in the middle
        for kind, part in list(parts)[:MAX_PAGES]:
            root = _settled(package, part, met) if kind in {"header", "footer"} else None
            if root is not None:
                blocks += walk.blocks(root, f"{kind} ")
    return blocks


def _settled(package: Package, part: str, met: Met) -> etree._Element | None:
    root = package.side(part)
    with package.beside():
        if root is not None:
            met.codes |= settle(root, lambda used: gone_styles(package, used)).codes
            return root
    return None
