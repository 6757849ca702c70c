"""Zips: what they pack, what they carry, and what their entries are called."""

import lzma
import struct
import zipfile
from io import BytesIO

import pytest

from parsers.containers.zip import MAX_OBJECT_BYTES, BrokenZip, ends_as_zip, kind_of, unpack
from parsers.contract import Kind
from tests.hostile.zips import BZIP2, LZMA, SYMLINK, Item, zip_of

PE = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(90)
BODY = Item("word/document.xml", b"<w/>")


def codes(name: str, content: bytes) -> tuple[str, ...]:
    """Return what is told of a Word file with one more part."""
    kind, _, told = kind_of(zip_of(BODY, Item(name, content)))
    assert kind in {Kind.DOCX, Kind.DOCM}
    return told


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("word/media/image1.png", PE, ()),
        ("word/vbaProject.bin", b"x", ("macros",)),
        ("word/embeddings/oleObject1.bin", b"x", ("ole-objects",)),
        ("word/activeX/activeX1.bin", b"x", ("active-x",)),
        ("word/embeddings/oleObject1.bin", b"\2\0invoice.exe\0C:\\invoice.exe\0", ("ole-objects", "program-inside")),
        ("word/embeddings/oleObject1.bin", bytes(512) + PE, ("ole-objects", "program-inside")),
        ("WORD/EMBEDDINGS/OLEOBJECT1.BIN", b"\x7fELF", ("ole-objects", "program-inside")),
        ("word/embeddings/Worksheet1.xlsx", PE, ()),
    ],
)
def test_what_a_word_file_carries_is_told(name: str, content: bytes, told: tuple[str, ...]) -> None:
    """Macros, objects of other programs and programs among them, by part and content."""
    assert codes(name, content) == told


@pytest.mark.parametrize(
    "words", [b"MZ is here. This programme of support", b"PE\0\0", b"write to a@agency.com\0", b"MZ" + bytes(200)]
)
def test_words_in_an_object_are_no_program(words: bytes) -> None:
    """An old document dropped into a form speaks of programmes and ends addresses in .com."""
    assert codes("word/embeddings/oleObject1.bin", words) == ("ole-objects",)


def test_an_object_is_looked_at_to_its_limit() -> None:
    """A program tells itself at its beginning; an object of any size costs a megabyte."""
    assert codes("word/embeddings/oleObject1.bin", bytes(MAX_OBJECT_BYTES) + PE) == ("ole-objects",)


@pytest.mark.parametrize("method", [LZMA, 99])
def test_a_packing_that_says_how_much_memory_it_takes_is_not_unpacked(method: int) -> None:
    """LZMA's entries ask for up to 4 GB; like packings nobody knows it is no zip we open."""
    packed = b"\x09\x14\x05\x00" + lzma.compress(b"x", lzma.FORMAT_ALONE)[:13]
    with pytest.raises(BrokenZip):
        unpack(zip_of(Item("a", b"x", method, packed=packed)))


def test_bzip2_is_unpacked() -> None:
    """Some archivers choose it."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", BZIP2) as file:
        file.writestr("a.txt", b"words")
    assert [entry.data for entry in unpack(made.getvalue())] == [b"words"]


@pytest.mark.parametrize(
    ("name", "attributes", "unsafe"),
    [
        ("a/b.txt", 0, False),
        ("a..b.txt", 0, False),
        ("../a.txt", 0, True),
        ("a\\..\\b.txt", 0, True),
        ("/a.txt", 0, True),
        ("\\\\127.0.0.1\\a.txt", 0, True),
        ("C:a.txt", 0, True),
        ("a.txt\0.exe", 0, True),
        ("a.txt", SYMLINK, True),
    ],
)
def test_an_entry_that_would_leave_its_folder_is_told(name: str, attributes: int, *, unsafe: bool) -> None:
    """By its name, or as a link; the name is told whole, NUL and what stands behind it too."""
    (entry,) = unpack(zip_of(Item(name, b"x", attributes=attributes)))
    assert (entry.name, entry.unsafe) == (name, unsafe)


def test_a_file_that_ends_as_a_zip_is_told() -> None:
    """Whatever it begins with: one program shows a picture, another unpacks it."""
    inner = zip_of(Item("a.txt", b"words"), comment=b"a comment")
    assert ends_as_zip(b"GIF89a" + inner)
    assert not ends_as_zip(b"GIF89a PK\5\6" + bytes(90))
    assert not ends_as_zip(inner + b"more")
    assert not ends_as_zip(b"")
