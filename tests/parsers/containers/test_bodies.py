"""A mail's own words: as many as are read, and that there were more."""

from parsers.containers.bodies import read_bodies, words_of
from parsers.containers.leaf import Leaf
from parsers.containers.opening import open_mail
from parsers.containers.text import page_of, words_of_html
from parsers.containers.tree import parse
from parsers.limits import MAX_ATTRIBUTES, MAX_BODIES_BYTES, MAX_BODY_BYTES, MAX_BODY_CHARACTERS, Allowance

HEAD = b"From: a@agency.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"


def bodies(*texts: bytes) -> tuple[Leaf, ...]:
    """Open a mail with these texts one after another."""
    parts = b"".join(b"--b\r\nContent-Type: text/plain\r\n\r\n" + text + b"\r\n" for text in texts)
    allowance = Allowance()
    return open_mail(parse(HEAD + parts + b"--b--\r\n", allowance), allowance)


def test_words_up_to_the_limit_are_read_whole() -> None:
    """A very long letter is read to its last letter."""
    words = words_of(bodies(b"x" * MAX_BODY_CHARACTERS))
    assert (len(words.text), words.codes) == (MAX_BODY_CHARACTERS, ())


def test_a_letter_too_many_is_cut_and_told() -> None:
    """What follows is not read, and the mail says so."""
    words = words_of(bodies(b"x" * (MAX_BODY_CHARACTERS + 1)))
    assert (len(words.text), words.codes) == (MAX_BODY_CHARACTERS, ("body-cut",))


def test_of_one_body_only_its_beginning_is_decoded() -> None:
    """A body of a megabyte and a byte is marked even where its words would fit: the rest was not looked at."""
    assert words_of(bodies(b"\r\n" * (MAX_BODY_BYTES // 2))).codes == ()
    assert words_of(bodies(b"\r\n" * (MAX_BODY_BYTES // 2) + b"\r\n\r\n")).codes == ("body-cut",)


def test_many_bodies_share_one_measure() -> None:
    """The fifth megabyte of bodies is not read, and the mail marked."""
    each = b" " * (MAX_BODY_BYTES - 2)
    many = MAX_BODIES_BYTES // len(each)
    leaves = bodies(*[each] * (many + 1), b"words at the end")
    assert len(read_bodies(leaves)) == many
    assert words_of(leaves).codes == ("body-cut",)


def test_an_element_of_more_attributes_than_anybody_writes_is_not_read_as_a_page() -> None:
    """Reading them takes quadratic time: the page's words are taken as they stand instead."""
    few, many = ("<p " + " ".join(f"a{n}=b" for n in range(count)) + ">words" for count in (MAX_ATTRIBUTES, 5_000))
    assert page_of(few) is not None
    assert page_of(many) is None
    assert words_of_html(many).strip().endswith("words")
