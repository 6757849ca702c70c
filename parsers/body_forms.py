"""Forms typed or pasted into a mail's own words: a page's tables as tables, plain words line by line."""

import re
from itertools import groupby

from parsers.containers.bodies import read_bodies, text_of
from parsers.containers.html_blocks import blocks_of_html
from parsers.containers.leaf import Leaf
from parsers.contract import DocumentReading, Kind
from parsers.document import Block, Paragraph
from parsers.recognise import read_body
from parsers.template import Library

_QUOTING = re.compile(r"^[ \t]*(?:>[ \t]?)+")


def typed_forms(leaves: tuple[Leaf, ...], library: Library) -> tuple[DocumentReading, ...]:
    """Return the forms found in bodies; plain words and their HTML twin (multipart/alternative) count once.

    Of twins the page is taken where it is a form: only there do tables still say what belongs to what.
    """
    read = set(map(id, read_bodies(leaves)))
    bodies = [(index, leaf) for index, leaf in enumerate(leaves, start=1) if id(leaf) in read]
    found = []
    for _, twins in groupby(bodies, key=lambda body: body[1].place.path.rpartition("/")[0]):
        pages_first = sorted(twins, key=lambda body: body[1].told.kind is not Kind.HTML)
        readings = (_read(index, leaf, library) for index, leaf in pages_first)
        found += [reading for reading in readings if reading is not None][:1]
    return tuple(found)


def typed_file(index: int, leaf: Leaf, library: Library) -> DocumentReading | None:
    """Return the form that an attached page or text file is, None for any other file."""
    return _read(index, leaf, library, "file") if leaf.told.kind in {Kind.HTML, Kind.TEXT} else None


def _read(index: int, leaf: Leaf, library: Library, part: str = "email") -> DocumentReading | None:
    text = text_of(leaf)
    blocks = blocks_of_html(text, part) if leaf.told.kind is Kind.HTML else lines_of(text, part)
    return read_body(index, leaf.told.kind, leaf.data, blocks, library)


def lines_of(text: str, part: str = "email") -> tuple[Block, ...]:
    """Return plain words line by line, the marks of quoting left out: a forwarded form is quoted as a whole."""
    lines = (_QUOTING.sub("", line.rstrip("\r")) for line in text.split("\n"))
    return tuple(Paragraph(line, at, f"{part}, line {at}") for at, line in enumerate(lines, 1))
