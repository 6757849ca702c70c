"""Kinds are told from bytes; names and declared types are hearsay."""

import zipfile
from io import BytesIO

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.containers.kinds import tell
from parsers.containers.transfer import Declared
from parsers.contract import Kind
from tests.builders import mails
from tests.builders.ole import ole

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"


def claim(kind: str = "application/octet-stream", name: str = "part", *, charset: str = "") -> Declared:
    """Return what a part says of itself."""
    return Declared(type=kind, name=name, attachment=True, charset=charset, encoding="base64")


def zipped(**entries: str) -> bytes:
    """Return a zip; ``__`` in a name stands for a slash and ``_dot_`` for a point."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return file.getvalue()


def office(main: str, **more: str) -> bytes:
    """Return the skeleton of a Word file of this main content type."""
    with_types = {"[Content_Types]_dot_xml": f'<Types><Override ContentType="{main}"/></Types>'}
    return zipped(**with_types, word__document_dot_xml="<w/>", **more)


def pdf(password: str | None = None, owner: str | None = None) -> bytes:
    """Return a one-page PDF, encrypted when a user or owner password is given."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    if password is not None or owner is not None:
        writer.encrypt(password or "", owner, algorithm="AES-256")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (office(WORD), Kind.DOCX),
        (office(MACRO), Kind.DOCM),
        (office(WORD, word__vbaProject_dot_bin="x"), Kind.DOCM),
        (office(TEMPLATE), Kind.DOTX),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), Kind.ODT),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), Kind.SPREADSHEET),
        (zipped(xl__workbook_dot_xml="<w/>"), Kind.SPREADSHEET),
        (zipped(referral_dot_docx="x"), Kind.ZIP),
        (b"%PDF-1.7\n", Kind.PDF),
        (b"junk before\n" * 20 + b"%PDF-1.7\n", Kind.PDF),
        (b"{\\rtf1 words}", Kind.RTF),
        (mails.ole_file("WordDocument", "1Table"), Kind.DOC),
        (mails.ole_file("WORDDOCUMENT"), Kind.DOC),
        (mails.ole_file("Workbook"), Kind.SPREADSHEET),
        (mails.ole_file("__properties_version1.0"), Kind.OUTLOOK_MSG),
        (mails.locked_docx(), Kind.LOCKED_OFFICE),
        (b"\x78\x9f\x3e\x22" + bytes(20), Kind.TNEF),
        (b"\x76\xe8\x04\x60\xc4\x11\xe3\x86" + bytes(20), Kind.PROTECTED_MESSAGE),
        (b"MZ\x90\x00" + bytes(100), Kind.EXECUTABLE),
        (b"\x7fELF" + bytes(100), Kind.EXECUTABLE),
        (b"\xcf\xfa\xed\xfe" + bytes(100), Kind.EXECUTABLE),
        (b"#!/bin/sh\n", Kind.EXECUTABLE),
        (b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(100), Kind.EXECUTABLE),
        (b"\xff\xd8\xff\xe0" + bytes(10), Kind.IMAGE),
        (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
        (b"\x00\x00\x00\x18ftypheic", Kind.IMAGE),
        (b"BEGIN:VCALENDAR\r\n", Kind.CALENDAR),
        (b"-----BEGIN PGP MESSAGE-----\n", Kind.PGP_ENCRYPTED),
        (bytes.fromhex("3082010006092a864886f70d010702") + bytes(9), Kind.SMIME_SIGNED),
        (bytes.fromhex("3082010006092a864886f70d010703") + bytes(9), Kind.SMIME_ENCRYPTED),
        (b"From: a@agency.example\r\nTo: b@agency.example\r\nSubject: x\r\n\r\nwords", Kind.MAIL),
        (b"<!DOCTYPE html><html></html>", Kind.HTML),
        (b"plain words", Kind.TEXT),
        (b"7z\xbc\xaf\x27\x1c" + bytes(20), Kind.UNKNOWN),
        (bytes(range(256)), Kind.UNKNOWN),
        (b"", Kind.EMPTY),
        (b" \r\n", Kind.EMPTY),
    ],
)
@pytest.mark.parametrize("claimed", ["application/octet-stream", "image/png", "application/pdf", "not a type"])
def test_a_part_is_what_its_bytes_are(data: bytes, kind: Kind, claimed: str) -> None:
    """Whatever it is declared to be (incidents 13, 14, 75)."""
    assert tell(data, claim(claimed)).kind is kind


@pytest.mark.parametrize("name", ["referral.docx.exe", "a.JS", "\u202excod.scr", "x.lnk ", "b.hta", "form.vbs."])
def test_a_name_that_windows_runs_makes_an_executable(name: str) -> None:
    """Bytes nobody knows under a program's name are a program."""
    told = tell(b"var x = 1", claim(name=name))
    assert (told.kind, told.codes) == (Kind.EXECUTABLE, ("program-name",))


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"{\\rtf1 words}", ()),
        (b"{\\rtf1{\\object\\objemb{\\*\\objdata 00}}}", ("ole-objects",)),
        (mails.ole_file("WordDocument", "1Table"), ()),
        (mails.ole_file("WordDocument", "Macros"), ("macros",)),
        (ole({"WordDocument": b"x", "ObjectPool": {}}), ()),
        (ole({"WordDocument": b"x", "ObjectPool": {"_1": {"contents": b"x"}}}), ("ole-objects",)),
        (ole({"WordDocument": b"x", "_1": {"\x01Ole10Native": b"x"}}), ("ole-objects",)),
        (mails.ole_file("Workbook", "_VBA_PROJECT_CUR"), ("macros",)),
    ],
)
def test_what_an_old_format_carries_is_told(data: bytes, codes: tuple[str, ...]) -> None:
    """Macros and objects of other programs, in RTF, Word and Excel files of before 2007."""
    assert tell(data, claim()).codes == codes


@pytest.mark.parametrize("begins", [b"%PDF-1.7\n", b"GIF89a", b"\xff\xd8\xff\xe0"])
def test_a_page_or_picture_that_is_a_zip_too_is_told(begins: bytes) -> None:
    """It shows itself as the one and unpacks as the other; under a program's name it runs."""
    both = begins + bytes(50) + zipped(a_dot_class="x")
    told = tell(both, claim(name="referral.pdf"))
    assert (told.kind is not Kind.EXECUTABLE, told.codes) == (True, ("also-a-zip",))
    assert tell(both, claim(name="referral.jar")).kind is Kind.EXECUTABLE


def test_a_picture_under_a_programs_name_stays_a_picture() -> None:
    """A logo named after a domain (agency.com) is not quarantined."""
    assert tell(b"\xff\xd8\xff\xe0" + bytes(10), claim(name="agency.com")).kind is Kind.IMAGE


@pytest.mark.parametrize(
    ("data", "locked"),
    [
        (mails.locked_docx(), True),
        (pdf(), False),
        (pdf("secret"), True),
        (pdf(owner="secret"), False),
        (b"%PDF-1.7\n/Encrypt nonsense", False),
        (b"-----BEGIN PGP MESSAGE-----\n", True),
        (office(WORD), False),
    ],
    ids=["docx", "open pdf", "pdf", "owner only", "broken pdf", "pgp", "open docx"],
)
def test_locked_means_that_a_person_must_type_a_password(data: bytes, *, locked: bool) -> None:
    """An owner's password alone locks nothing; a broken file is broken, not locked."""
    assert tell(data, claim()).locked is locked


def test_a_zip_with_a_password_is_locked() -> None:
    """The encrypted flag of one entry locks the zip."""
    data = bytearray(zipped(referral_dot_docx="x"))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    told = tell(bytes(data), claim())
    assert (told.kind, told.locked) == (Kind.ZIP, True)


@given(
    st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"%PDF-1.4 /Encrypt ", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
    st.binary(max_size=600),
    st.text(max_size=20),
)
def test_any_bytes_have_a_kind(magic: bytes, noise: bytes, name: str) -> None:
    """Telling a kind never raises, whatever follows a well-known beginning."""
    assert tell(magic + noise, claim(name=name)).kind in Kind


@given(st.integers(0, 1535), st.integers(0, 255))
def test_an_old_office_file_with_any_byte_changed_has_a_kind(place: int, byte: int) -> None:
    """Sector chains that loop or lead nowhere end."""
    data = bytearray(mails.locked_docx())
    data[place] = byte
    assert tell(bytes(data), claim()).kind in Kind
