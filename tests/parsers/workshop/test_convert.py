"""Old formats through LibreOffice: the form arrives whole, whatever cannot be converted is held with its reason."""

from pathlib import Path

import pytest

from parsers.contract import DocumentState
from parsers.document import NotRead
from parsers.workshop import convert

RTF = rb"{\rtf1\ansi Name of referrer: Orla Example\par}"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in an empty folder, as a child of the workshop does."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OSL_SOCKET_PATH", str(tmp_path))


def test_an_rtf_is_read() -> None:
    """Its words arrive, and the document says it was converted."""
    document = convert.read_rtf(RTF)
    assert [getattr(block, "text", "") for block in document.blocks] == ["Name of referrer: Orla Example"]
    assert document.codes == ("converted",)


def test_what_cannot_be_converted_is_unreadable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A converter that fails, or leaves nothing behind, is a code and no error of its own."""
    for name, ending in (("fails", "exit 3"), ("leaves-nothing", "exit 0")):
        office = tmp_path / name
        office.mkdir()
        (office / "soffice").touch()
        (office / "soffice.bin").write_text(f"#!/bin/sh\n{ending}\n")
        (office / "soffice.bin").chmod(0o700)
        monkeypatch.setattr(convert, "found", lambda *_, office=office: office / "soffice")
        with pytest.raises(NotRead) as fault:
            convert.read_doc(b"\xd0\xcf\x11\xe0 no document")
        assert (fault.value.state, fault.value.code) == (DocumentState.UNREADABLE, "conversion-failed")


def test_without_a_converter_the_kind_is_unsupported(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without LibreOffice says so."""
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(NotRead) as fault:
        convert.read_odt(b"PK")
    assert (fault.value.state, fault.value.code) == (DocumentState.UNSUPPORTED, "no-converter")


def test_the_profile_lets_no_macro_run_and_no_link_be_followed(tmp_path: Path) -> None:
    """The settings that close it are in every new profile."""
    convert._make_profile(tmp_path / "profile")
    settings = (tmp_path / "profile" / "user" / "registrymodifications.xcu").read_text()
    for name, value in (("DisableMacrosExecution", "true"), ("MacroSecurityLevel", "3"), ("Link", "2")):
        assert f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>' in settings
