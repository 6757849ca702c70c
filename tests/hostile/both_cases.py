"""Files that are two things at once (threat 30)."""

import base64
from collections.abc import Iterator

from tests.hostile.case import Case, attached, good_form, whole
from tests.hostile.mime_cases import FROM
from tests.hostile.outlook_cases import TNEF, attribute
from tests.hostile.pdfs import letter
from tests.hostile.zips import Item, zip_of


def both_cases() -> Iterator[Case]:
    """Give the cases of files that are two things at once (threat 30)."""
    inner = zip_of(Item("a.txt", b"words"))
    for name, data, called in (
        ("pdf-and-zip", letter() + inner, "a.pdf"),
        ("zip-and-pdf", zip_of(Item("a.txt", b"words"), prefix=b"PK\x03\x04" + letter()), "a.zip"),
        ("picture-and-jar", b"GIF89a" + bytes(50) + zip_of(Item("A.class", b"\xca\xfe\xba\xbe")), "a.gif"),
        ("picture-called-jar", b"GIF89a" + bytes(50) + zip_of(Item("A.class", b"\xca\xfe\xba\xbe")), "a.jar"),
        ("program-and-pdf", b"MZ\x90\0" + bytes(60) + letter(), "a.pdf"),
        ("script-and-pdf", b"#!/bin/sh\n" + letter(), "a.pdf"),
        ("page-and-pdf", b"<html><script>x</script>" + letter(), "a.html"),
        ("word-and-page", good_form() + b"<html><script>x</script></html>", "a.docx"),
        ("page-and-word", b"<html><script>x</script></html>" + good_form(), "a.docx"),
        ("two-words", good_form() + good_form(), "a.docx"),
        ("winmail-and-pdf", TNEF + attribute(0x18004, letter()), "winmail.dat"),
        ("picture-and-script", b"\xff\xd8\xff\xfe<?php system($_GET[0]); ?>" + bytes(90), "a.php.jpg"),
        ("mail-and-page", FROM + b"Content-Type: text/html\r\n\r\n<script>x</script>", "a.html"),
    ):
        yield attached(f"both-{name}", "threat 30", lambda data=data: data, called=called)
    words = base64.encodebytes(b"MZ\x90\0" + bytes(90))
    yield whole(
        "both-words-and-program", "threat 30", lambda: FROM + b"Content-Transfer-Encoding: base64\r\n\r\n" + words
    )
