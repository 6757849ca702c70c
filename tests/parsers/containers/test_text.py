"""Bytes to text, and pages to words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.containers.text import clean, decode, words_of_html


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        (b"caf\xc3\xa9", "utf-8", "café"),
        (b"caf\xe9", "iso-8859-1", "café"),
        (b"\x93quoted\x94", "iso-8859-1", "“quoted”"),
        ("ż".encode("iso-8859-2"), "ISO-8859-2", "ż"),
        ("日本".encode("iso-2022-jp"), "iso-2022-jp", "日本"),
        ("words".encode("utf-16"), "utf-16", "words"),
        (b"caf\xc3\xa9", '"utf-8"', "café"),
    ],
)
def test_known_charsets_are_read_as_every_browser_reads_them(data: bytes, label: str, text: str) -> None:
    """Latin-1 means Windows-1252, labels may be quoted or in capitals."""
    assert decode(data, label) == (text, True)


@pytest.mark.parametrize("label", ["uft-8", "1", "zip", "idna", "undefined", "base64", "\x00", "x" * 10_000, "utf-7"])
def test_a_nonsense_charset_falls_back_and_is_told(label: str) -> None:
    """Neither an unknown label nor one that Python takes for something else than text is obeyed."""
    assert decode(b"caf\xc3\xa9", label) == ("café", False)


@given(st.binary(max_size=200), st.text(max_size=40))
def test_decoding_never_raises_and_always_crosses_the_wall(data: bytes, label: str) -> None:
    """Whatever is decoded can be encoded again once cleaned."""
    assert len(clean(decode(data, label)[0], 50).encode("utf-8")) <= 200


def test_rows_of_a_page_become_lines_and_cells_are_parted_by_tabs() -> None:
    """A form typed into a mail keeps label and answer beside each other."""
    page = (
        "<table><tr><td>Child's name</td><td>Pip <b>Example</b></td></tr><tr><td>School</td><td>None</td></tr></table>"
    )
    lines = [line.split("\t") for line in words_of_html(page).splitlines() if line]
    assert [[cell for cell in line if cell] for line in lines] == [["Child's name", "Pip Example"], ["School", "None"]]


def test_what_a_page_does_not_show_is_not_read() -> None:
    """Scripts, styles, comments and heads are no words; what stands behind them is."""
    page = (
        "<html><head><title>t</title></head><body><style>s</style><!-- c --><script>x</script>seen<br>too</body></html>"
    )
    assert words_of_html(page) == "seen\ntoo"


@pytest.mark.parametrize("page", ["", "<", "<!--", "\x00", "<?xml version='1.0' encoding='utf-16'?><p>x</p>", "\ud800"])
def test_a_broken_page_has_some_words_or_none(page: str) -> None:
    """No markup raises."""
    assert isinstance(words_of_html(page), str)


def test_a_page_nested_without_end_is_read() -> None:
    """A hundred thousand open elements neither overflow a stack nor raise."""
    assert isinstance(words_of_html("<div>" * 100_000 + "deep"), str)
