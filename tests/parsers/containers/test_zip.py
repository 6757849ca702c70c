"""Zips: what they pack, and what their entries are called."""

import lzma
import zipfile
from io import BytesIO

import pytest

from parsers.containers.zip import BrokenZip, ends_as_zip, unpack
from tests.hostile.zips import BZIP2, LZMA, SYMLINK, Item, zip_of


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
