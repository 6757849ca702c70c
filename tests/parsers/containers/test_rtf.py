"""Outlook's compressed RTF gives back the words or the page it was made from, within limits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.containers.rtf import MAX_BYTES, BrokenRtf, unpacked, words_or_page

HELLO = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)
REPEATED = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
"""The two examples of [MS-OXRTFCP] 3.1."""


def framed(content: bytes, kind: bytes = b"MELA", size: int | None = None) -> bytes:
    """Put RTF behind the header of a compressed body."""
    length = len(content) if size is None else size
    return (len(content) + 12).to_bytes(4, "little") + length.to_bytes(4, "little") + kind + bytes(4) + content


def test_the_examples_of_the_standard_unpack() -> None:
    """A step into the prepared window and one that overlaps itself are both followed."""
    assert unpacked(HELLO) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert unpacked(REPEATED) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    assert unpacked(framed(b"{\\rtf1 plain}")) == b"{\\rtf1 plain}"


@pytest.mark.parametrize("data", [b"", b"short", framed(b"x", b"ZIP!")])
def test_another_packing_is_broken(data: bytes) -> None:
    """Only the two packings of the standard are unpacked."""
    with pytest.raises(BrokenRtf):
        unpacked(data)


def test_no_more_is_unpacked_than_announced_or_allowed() -> None:
    """A body that claims four gigabytes ends at the limit, one that claims little ends there."""
    flood = b"\x00abcdefgh" + b"\xff" + b"\x0c\xff" * 8 * 40_000
    assert len(unpacked(framed(flood, b"LZFu", 2**32 - 1))) <= MAX_BYTES
    assert len(unpacked(framed(flood, b"LZFu", 5))) == 5


def test_plain_words_come_out_as_words() -> None:
    """Paragraphs, tabs, hex letters, Unicode with its stand-in, quotes; no font names, no pictures."""
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator Riched;}{\pict 0102}"
        rb"\pard Caf\'e9\tab \u8211?\lquote x\rquote\par \{kept\}\~end}"
    )
    assert words_or_page(rtf) == ("Café\t\u2013\u2018x\u2019\n{kept}\xa0end", False)


def test_cells_of_a_table_are_parted() -> None:
    """A form kept as RTF only still shows its labels beside their values."""
    assert words_or_page(rb"{\rtf1 Name\cell Orla Example\cell\row}")[0] == "Name\tOrla Example\t\n"


def test_a_page_comes_out_as_its_own_markup() -> None:
    """Tags are those of the page; what RTF repeats of them is left out."""
    rtf = rb"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <b>}{\htmlrtf \b \htmlrtf0}Orla{\*\htmltag72 </b>}}"
    assert words_or_page(rtf) == ("<b>Orla</b>", True)


def test_half_a_surrogate_pair_does_no_harm() -> None:
    """What no charset can carry becomes U+FFFD."""
    assert words_or_page(rb"{\rtf1 \u-10240?x}")[0] == "\ufffdx"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_unpack_and_read(data: bytes) -> None:
    """Nothing is raised but the one fault, and what comes out can be written."""
    assert len(unpacked(framed(data, b"LZFu", 300))) <= 300
    words_or_page(b"{\\rtf1 \\fromhtml1 " + data)[0].encode("utf-8")
