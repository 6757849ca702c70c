"""Signs by which bytes and addresses tell that they act."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.signs import is_afar, is_program, is_program_name


@pytest.mark.parametrize(
    "address",
    [
        "http://evil.example/a.dotm",
        "HTTPS://evil.example/a.dotm",
        " \thttp://evil.example/a.dotm",
        "ht\ntp://evil.example/a.dotm",
        "mhtml:http://evil.example/a!x-usc:http://evil.example/a",
        "ftp://evil.example/a.dotm",
        "//evil.example/a.dotm",
        r"\\evil.example\a.dotm",
        r"\\evil.example@SSL\DavWWWRoot\a.dotm",
        r"\\?\UNC\evil.example\a.dotm",
        "file://evil.example/share/a.dotm",
        "file:////evil.example/share/a.dotm",
        r"file:///\\evil.example\a.dotm",
        r"file:///\\?\UNC\evil.example\a.dotm",
        r"file:\evil.example\a.dotm",
        r"file:\\evil.example\a.dotm",
        "file:%2F%2Fevil.example/a.dotm",
        "file:///evil.example/a.dotm",
        "ms-word:ofe|u|http://evil.example/a.docx",
    ],
)
def test_another_machine_is_afar_however_it_is_written(address: str) -> None:
    """A share, a site, or a scheme that fetches by way of another."""
    assert is_afar(address)


@pytest.mark.parametrize(
    "address",
    [
        "file:///C:/Users/Orla/Normal.dotm",
        r"file:///C:\Program%20Files\Templates\Form.dotm",
        "file:///g|/Form.dotm",
        "file:C:/Form.dotm",
        r"C:\Templates\Form.dotm",
        "Normal.dotm",
        "../Form.dotm",
        "file:///Users/orla/Form.dotx",
        "file:///Macintosh%20HD:Users:orla:Form.dotx",
        "file://localhost/Users/orla/Form.dotx",
        "",
    ],
)
def test_the_authors_own_machine_is_not_afar(address: str) -> None:
    """A template that lies beside the author is usual."""
    assert not is_afar(address)


@given(st.text(max_size=200))
def test_any_address_is_near_or_afar(address: str) -> None:
    """Nothing a stranger writes raises."""
    assert is_afar(address) in {True, False}


@pytest.mark.parametrize(
    "head",
    [
        b"MZ\x90\0" + bytes(90),
        b"\x7fELF",
        b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d" + bytes(90),
        bytes(0x8001) + b"NSR02",
        b"vhdxfile",
        b"conectix",
    ],
)
def test_programs_disks_and_notebooks_are_told_by_their_heads(head: bytes) -> None:
    """OneNote's books and virtual disks bring programs in as a program does itself."""
    assert is_program(head)


@pytest.mark.parametrize("name", ["a.iqy", "a.slk", "a.rdp", "a.search-ms", "a.diagcab", "a.theme", "A.XLL. ", "a.url"])
def test_what_a_double_click_runs_or_connects_by_is_told_by_name(name: str) -> None:
    """Queries, connections and searches elsewhere are a program's work too."""
    assert is_program_name(name)
    assert not is_program_name(f"{name}.docx")
