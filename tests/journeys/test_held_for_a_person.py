"""What the program does not open yet is visibly held for a person, with its reason, and never lost."""

import pytest

from tests.builders import mails
from tests.builders.house import TestHouse
from tests.builders.mails import Attachment, mail
from tests.builders.posted import POLICE
from tests.builders.settings import AUTHSERV

RTF = b"{\\rtf1\\ansi Name of referrer: Orla Example\\par}"
ODT = (
    b"PK\x03\x04\x14\x00\x00\x00\x00\x00"
    + b"\x00" * 16
    + b"\x08\x00\x00\x00mimetypeapplication/vnd.oasis.opendocument.text"
)
PHOTOGRAPH = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x11" * 80_000
TIFF = b"II*\x00" + b"\x22" * 80_000


@pytest.mark.parametrize(
    "file",
    [
        Attachment("form.rtf", RTF, "application/rtf"),
        Attachment("form.odt", ODT, "application/vnd.oasis.opendocument.text"),
        Attachment("form.doc", mails.ole_file("WordDocument"), "application/msword"),
        Attachment("mail.msg", mails.ole_file("__properties_version1.0"), "application/vnd.ms-outlook"),
        Attachment("photo.jpg", PHOTOGRAPH, "image/jpeg"),
        Attachment("scan.tif", TIFF, "image/tiff"),
        Attachment("smime.p7m", b"0\x80\x06\t*\x86H\x86\xf7\r\x01\x07\x03" + b"\x00" * 400, "application/pkcs7-mime"),
        Attachment("thing.bin", bytes(range(256)) * 40, "application/octet-stream"),
        Attachment("form.docx", b"", "application/octet-stream"),
    ],
    ids=lambda file: file.name,
)
def test_a_file_nobody_here_reads_waits_for_a_person(at_home: TestHouse, file: Attachment) -> None:
    """Old and odd kinds of files are held with a reason and a receipt; the report names the message."""
    raw = mail("Please find our referral.\r\n", file, sender=POLICE, authserv=AUTHSERV)
    row = at_home.take(raw)
    assert row["stage"] == "held"
    assert [letter["kind"] for letter in row["letters"]] == ["receipt"]
    assert row["id"] in [item["message"] for item in at_home.records.exception_rows()]


@pytest.mark.parametrize(
    "raw",
    [b"", b"\r\n", b"\x00" * 4_000, b"From: x\r\n\r\n", b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"],
    ids=["empty", "a line", "zeros", "no address", "cut off"],
)
def test_whatever_the_bytes_are_the_mail_ends_in_one_visible_state(at_home: TestHouse, raw: bytes) -> None:
    """Even a mail that is none comes to rest at a stage a person can see, and leaves the next mail alone."""
    row = at_home.take(raw)
    assert row["stage"] in {"held", "set-aside", "quarantined"}
    assert row["letters"] == []
