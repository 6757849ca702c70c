"""Forms typed or pasted into a mail's own words: each body read as a page, the fullest reading of one mail kept."""

import re
from itertools import groupby

from parsers.containers.bodies import text_of
from parsers.containers.opening import Leaf
from parsers.containers.text import words_of_html
from parsers.contract import DocumentReading, Kind
from parsers.document import Block, Paragraph
from parsers.recognise import read_body
from parsers.template import Library

_QUOTING = re.compile(r"^[ \t]*(?:>[ \t]?)+")


def typed_forms(leaves: tuple[Leaf, ...], library: Library) -> tuple[DocumentReading, ...]:
    """Return the forms found in bodies; plain words and their HTML twin (multipart/alternative) count once."""
    bodies = [(index, leaf) for index, leaf in enumerate(leaves, start=1) if leaf.body]
    found = []
    for _, twins in groupby(bodies, key=lambda body: body[1].place.path.rpartition("/")[0]):
        readings = [reading for index, leaf in twins if (reading := _read(index, leaf, library)) is not None]
        found += sorted(readings, key=lambda reading: len(reading.readings), reverse=True)[:1]
    return tuple(found)


def _read(index: int, leaf: Leaf, library: Library) -> DocumentReading | None:
    text = text_of(leaf)
    blocks = lines_of(words_of_html(text) if leaf.told.kind is Kind.HTML else text)
    return read_body(index, leaf.told.kind, leaf.data, blocks, library)


def lines_of(text: str) -> tuple[Block, ...]:
    """Return plain words line by line, the marks of quoting left out: a forwarded form is quoted as a whole."""
    lines = (_QUOTING.sub("", line.rstrip("\r")) for line in text.split("\n"))
    return tuple(Paragraph(line, at, f"email, line {at}") for at, line in enumerate(lines, 1))
