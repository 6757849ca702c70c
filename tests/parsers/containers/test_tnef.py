"""A winmail.dat is taken apart attribute by attribute; a cut or lying one is told, never followed."""

import struct

import pytest

from parsers.containers import mapi, tnef
from parsers.containers.as_mime import Enclosure, Letter
from parsers.limits import MAX_PARTS, OverLimit
from tests.builders.outlook import Mail, winmail, words

MAGIC = b"\x78\x9f\x3e\x22\x01\x00"


def attribute(number: int, content: bytes, length: int | None = None) -> bytes:
    """Return one attribute, of a length that may lie."""
    return struct.pack("<BII", 1, number, len(content) if length is None else length) + content + bytes(2)


def properties(*each: bytes, count: int | None = None) -> bytes:
    """Return a mail's list of properties."""
    return attribute(0x69003, struct.pack("<I", len(each) if count is None else count) + b"".join(each))


def test_old_attributes_stand_in_for_properties() -> None:
    """Subject, body, file name and content as older programs write them, in the codepage named before."""
    data = MAGIC + b"".join(
        (
            attribute(0x69007, (1251).to_bytes(4, "little") + bytes(4)),
            attribute(0x18004, "Тест\0".encode("cp1251")),
            attribute(0x2800C, b"hello\0"),
            attribute(0x69002, bytes(14)),
            attribute(0x18010, b"form.pdf\0"),
            attribute(0x6800F, b"%PDF-1.4"),
        )
    )
    letter = tnef.letter_of(data)
    assert (letter.subject, letter.plain) == ("Тест", "hello")
    assert letter.enclosed == (Enclosure("form.pdf", b"%PDF-1.4"),)


def test_several_values_of_fixed_and_of_varying_length_are_stepped_over() -> None:
    """The words behind a list of numbers and a list of texts are found; of a list its first value counts."""
    numbers = struct.pack("<HHIII", 0x1003, 0x1234, 2, 7, 8)
    texts = struct.pack("<HHI", 0x101E, 0x3A00, 2) + struct.pack("<I4sI4s", 2, b"a\0", 2, b"b\0")
    subject = struct.pack("<HHII", 0x1E, mapi.SUBJECT, 1, 4) + b"abc\0"
    assert tnef.letter_of(MAGIC + properties(numbers, texts, subject)).subject == "abc"


def test_a_mail_in_a_mail_is_a_letter_and_any_other_object_a_file() -> None:
    """An embedded mail is taken apart, a pasted document stays as it is."""
    (inner,) = tnef.letter_of(winmail(Mail(enclosed=[Mail(subject="inner")]))).enclosed
    assert isinstance(inner, Letter)
    assert inner.subject == "inner"
    pasted = bytes(16) + b"%PDF-1.4"
    listed = struct.pack("<IHHII", 1, 0x0D, mapi.CONTENT, 1, len(pasted)) + pasted
    data = MAGIC + attribute(0x69002, bytes(14)) + attribute(0x69005, listed)
    assert tnef.letter_of(data).enclosed == (Enclosure("", b"%PDF-1.4"),)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not TNEF",
        MAGIC,
        MAGIC + attribute(0x2800C, b"x", length=2**31),
        MAGIC + properties(count=3),
        MAGIC + properties(struct.pack("<HH", 0x7777, 1)),
        MAGIC + properties(struct.pack("<HHII", 0x1E, 1, 1, 2**31)),
        MAGIC + properties(struct.pack("<HHI", 0x1E, 1, 2**31)),
        MAGIC + properties(struct.pack("<HH", 0x1E, 0x8001) + bytes(16) + struct.pack("<II", 1, 2**31)),
    ],
    ids=["empty", "other", "nothing in it", "long", "few", "unknown", "long value", "many values", "long name"],
)
def test_what_lies_about_its_lengths_is_broken(data: bytes) -> None:
    """A cut stream, a value past its end, a type without a known size: told, and told soon."""
    with pytest.raises(tnef.BrokenTnef):
        tnef.letter_of(data)


@pytest.mark.parametrize(
    "data",
    [MAGIC + properties(count=1_000_000), MAGIC + attribute(0x69002, bytes(14)) * (MAX_PARTS + 1)],
    ids=["properties", "files"],
)
def test_more_than_is_looked_at_is_over_the_limit(data: bytes) -> None:
    """Counts are weighed before they are followed."""
    with pytest.raises(OverLimit):
        tnef.letter_of(data)


def test_names_and_words_come_without_their_nul() -> None:
    """A NUL at the end belongs to the format, not to the words."""
    assert tnef.letter_of(winmail(Mail(more=[words(0x0042, "Quinn Sample\0\0")]))).author == "Quinn Sample"
