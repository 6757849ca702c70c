"""Properties become words in their own charset, the best name of a file, and a mail."""

import pytest

from parsers.containers import mapi
from parsers.containers.mapi import Properties


def of(**named: tuple[int, bytes]) -> Properties:
    """Return properties by the module's own names."""
    return Properties({getattr(mapi, name): value for name, value in named.items()})


def test_words_are_read_in_the_charset_of_their_object() -> None:
    """UTF-16 where the type says so, else the codepage; an unknown codepage is read as Windows-1252."""
    values = {mapi.SUBJECT: (mapi.TEXT_8BIT, "Café".encode("cp1252"))}
    assert Properties(values, codepage=4711).text(mapi.SUBJECT) == "Café"
    assert Properties(values, codepage=1252).text(mapi.SUBJECT) == "Café"
    assert Properties({mapi.SUBJECT: (mapi.TEXT_8BIT, "Café".encode())}, 65001).text(mapi.SUBJECT) == "Café"
    assert Properties({mapi.SUBJECT: (mapi.TEXT, "Café".encode("utf-16-le"))}).text(mapi.SUBJECT) == "Café"


@pytest.mark.parametrize("data", [b"\x00\xd8", b"\x00", b"\xff\xfe\x00\xdc\x41"])
def test_half_letters_raise_nothing(data: bytes) -> None:
    """A cut or impossible text becomes replacement letters."""
    Properties({mapi.SUBJECT: (mapi.TEXT, data)}).text(mapi.SUBJECT).encode("utf-8")


def test_a_number_where_words_should_be_is_no_words() -> None:
    """Only texts are read as texts."""
    assert of(SUBJECT=(0x03, b"\x01\0\0\0")).text(mapi.SUBJECT) == ""
    assert of(CODEPAGE=(0x03, b"\xe4\x04\0\0")).number(mapi.CODEPAGE, 7) == 1252
    assert Properties().number(mapi.CODEPAGE, 7) == 7


def test_the_long_name_of_a_file_comes_first() -> None:
    """The name a person gave it, before the short one and the one shown."""
    short, long = (mapi.TEXT_8BIT, b"REFERR~1.PDF\0"), (mapi.TEXT_8BIT, b"referral.pdf\0")
    assert of(SHORT_NAME=short, LONG_NAME=long).name() == "referral.pdf"
    assert of(SHORT_NAME=short).name() == "REFERR~1.PDF"


def test_a_page_counts_before_compressed_rtf_and_words_beside_it() -> None:
    """The page as text or bytes; RTF only where there is no page; broken RTF is no words."""
    page = (mapi.TEXT, "<p>é</p>".encode("utf-16-le"))
    letter = of(BODY=(mapi.TEXT_8BIT, b"plain"), PAGE=page, RTF=(mapi.BINARY, b"junk")).letter(())
    assert (letter.plain, letter.page, letter.page_charset) == ("plain", "<p>é</p>".encode(), "utf-8")
    letter = of(BODY=(mapi.TEXT_8BIT, b"plain"), RTF=(mapi.BINARY, b"junk")).letter(())
    assert (letter.plain, letter.page) == ("plain", b"")


def test_who_it_is_from_is_its_author_not_the_hand_that_sent_it() -> None:
    """Sent on behalf of: the one represented is the author; an internal address stands behind the SMTP one."""
    letter = of(
        SENDER=(mapi.TEXT_8BIT, b"Assistant"),
        AUTHOR=(mapi.TEXT_8BIT, b"Orla Example"),
        AUTHOR_ADDRESS=(mapi.TEXT_8BIT, b"/o=agency/cn=orla"),
        AUTHOR_SMTP=(mapi.TEXT_8BIT, b"orla@agency.example"),
    ).letter(())
    assert (letter.author, letter.address) == ("Orla Example", "orla@agency.example")


def test_no_text_is_read_past_its_limit() -> None:
    """What follows is not looked at."""
    assert len(of(BODY=(mapi.TEXT_8BIT, b"x" * (mapi.LARGEST + 9))).text(mapi.BODY)) == mapi.LARGEST
