"""Word files that unpack to far more than they are, or are packed oddly (threat 22)."""

from collections.abc import Iterator
from dataclasses import replace

from tests.builders.word_xml import (
    p,
    xml,
    zipped,
)
from tests.hostile.case import Case, attached
from tests.hostile.word_cases import stored
from tests.hostile.zips import Item, bomb, zip_of


def heavy_cases() -> Iterator[Case]:
    """Give the cases of Word files that unpack to far more than they are."""
    yield attached("word-2-gb-picture", "4.2", lambda: _picture(2_000), slow=True)
    yield attached("word-200-mb-picture", "4.2", lambda: _picture(200))
    yield attached("word-body-of-blanks", "threat 22", lambda: _blank_body(30_000_000))
    yield attached("word-body-of-21-mb", "threat 22", lambda: stored(p("abcdefghij") * 250_000), slow=True)
    yield attached("word-size-is-a-lie", "threat 22", lambda: _lying(60))
    yield attached(
        "word-entries-3000",
        "threat 22",
        lambda: zipped({"word/document.xml": xml(p("a")), **{f"a{n}": b"" for n in range(3_000)}}),
    )
    yield attached(
        "word-body-twice",
        "threat 22",
        lambda: zip_of(Item("word/document.xml", xml(p("a"))), Item("word/document.xml", xml(p("b")))),
    )
    yield attached(
        "word-names-differ",
        "threat 22",
        lambda: zip_of(Item("word/document.xml", xml(p("a")), local_name="word/docUment.xml")),
    )
    yield attached("word-overlapping", "threat 22", _overlapping)
    yield attached("word-body-encrypted", "threat 22", lambda: zip_of(Item("word/document.xml", xml(p("a")), flags=1)))
    yield attached("word-body-in-lzma", "threat 22", lambda: zip_of(Item("word/document.xml", xml(p("a")), 14)))


def _picture(megabytes: int) -> bytes:
    return zip_of(Item("word/document.xml", xml(p("a"))), replace(bomb(megabytes), name="word/media/image1.png"))


def _blank_body(size: int) -> bytes:
    return zipped({"word/document.xml": b"<w:document>" + b" " * size + b"</w:document>"})


def _lying(megabytes: int) -> bytes:
    return zip_of(replace(bomb(megabytes), name="word/document.xml", says_size=2_000))


def _overlapping() -> bytes:
    body = xml(p("a"))
    return zip_of(Item("word/document.xml", body), Item("word/documenu.xml", body, at=0, silent=True))
