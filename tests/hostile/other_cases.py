"""Pictures, Outlook's files, old Word, encrypted mail, pages and files that are two things at once."""

import struct
import zlib
from collections.abc import Iterator

from tests.builders.ole import ole
from tests.builders.outlook import Mail, msg, winmail
from tests.hostile.case import QUARANTINED, Case, attached, good_form, whole
from tests.hostile.mime_cases import FROM
from tests.hostile.pdfs import letter
from tests.hostile.zips import Item, zip_of
from tests.promises.post_bag import sent

TNEF = b"\x78\x9f\x3e\x22\x01\x00"
FILLED = 70_000
"""So large that the workshop takes a picture for a photographed page."""


def picture_cases() -> Iterator[Case]:
    """Give the cases of pictures that claim to be far larger than they are."""
    for name, data, called in (
        ("png", _png(1 << 30, 1 << 30), "a.png"),
        ("png-of-zeros", _png(30_000, 30_000, zlib.compress(bytes(30_000_000), 9)), "a.png"),
        ("jpeg", b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\3\1\x22\0\2\x11\1\3\x11\1" + bytes(99) + b"\xff\xd9", "a.jpg"),
        ("gif", b"GIF89a\xff\xff\xff\xff\xf7\0\0" + b"," + bytes(4) + b"\xff\xff\xff\xff\0\x08\1\0;", "a.gif"),
        ("tiff", b"II*\0\x08\0\0\0\2\0\0\1\4\0\1\0\0\0\xff\xff\xff\x7f\1\1\4\0\1\0\0\0\xff\xff\xff\x7f\0\0\0\0", "a.tif"),
        ("tiff-in-a-ring", b"II*\0\x08\0\0\0\0\0\x08\0\0\0", "a.tif"),
        ("bmp", b"BM" + bytes(4) + bytes(4) + b"\x36\0\0\0\x28\0\0\0\xff\xff\xff\x7f\xff\xff\xff\x7f\1\0\x18\0" + bytes(24), "a.bmp"),
        ("webp", b"RIFF\xff\xff\xff\x7fWEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff", "a.webp"),
        ("heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\xff\xff\xff\xffmeta" + b"\xff" * 99, "a.heic"),
        ("emf", b"\1\0\0\0" + b"\xff" * 36 + b" EMF" + b"\xff" * 99, "a.emf"),
    ):
        yield attached(f"picture-{name}", "threat 28", lambda data=data: data.ljust(FILLED, b"\0"), "?", called=called)
        yield attached(f"picture-{name}-looked-at", "threat 28", lambda data=data: data.ljust(FILLED, b"\0"), "?", called=called, workshop=True, slow=True)


def outlook_cases() -> Iterator[Case]:
    """Give the cases of winmail.dat, .msg and OLE files (incident 80)."""
    for name, data in (
        ("junk", TNEF + b"\xff" * 900),
        ("empty", TNEF),
        ("length-4-gb", TNEF + struct.pack("<BII", 1, 0x69003, 0xFFFFFFFF) + b"x"),
        ("properties-1e9", TNEF + _attribute(0x69003, struct.pack("<I", 1_000_000_000))),
        ("values-1e9", TNEF + _attribute(0x69003, struct.pack("<IHHI", 1, 0x101F, 0x37, 1_000_000_000) + bytes(9_000))),
        ("fixed-values-1e9", TNEF + _attribute(0x69003, struct.pack("<IHHI", 1, 0x1003, 0x37, 0xFFFFFFFF) + bytes(9_000))),
        ("attributes-1e6", TNEF + _attribute(0x18004, b"") * 500_000),
        ("files-300", TNEF + _attribute(0x69002, bytes(14)) * 300),
    ):
        yield attached(f"winmail-{name}", "incident 80", lambda data=data: data, "?", called="winmail.dat")
    yield attached("winmail-20-deep", "incident 80", lambda: winmail(_deep(20)), "?", called="winmail.dat")
    yield attached("winmail-with-a-program", "incident 80", lambda: winmail(Mail(enclosed=[("a.exe", b"MZ\x90\0" + bytes(90))])), "?", called="winmail.dat", stage=QUARANTINED)
    yield attached("msg-junk", "incident 80", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 900, "?", called="a.msg")
    yield attached("msg-20-deep", "incident 80", lambda: msg(_deep(20)), "?", called="a.msg")
    yield attached("msg-300-files", "incident 80", lambda: msg(Mail(enclosed=[("a", b"x")] * 300)), "?", called="a.msg")
    yield attached("msg-cut", "incident 80", lambda: msg(Mail(enclosed=[("a.docx", good_form().data)]))[:3_000], "?", called="a.msg")
    yield attached("msg-table-in-a-ring", "incident 80", _ring, "?", called="a.msg")
    yield attached("msg-rtf-swells", "incident 80", lambda: msg(Mail(body="", rtf=_swelling_rtf())), "?", called="a.msg")
    yield attached("rtf-braces-1e6", "4.2", lambda: b"{\\rtf1" + b"{" * 1_000_000, "?", called="a.rtf")
    yield attached("rtf-object", "threat 26", lambda: b"{\\rtf1{\\object\\objemb\\objdata 4d5a9000}}", "?", called="a.rtf")
    yield attached("rtf-braces-converted", "4.2", lambda: b"{\\rtf1" + b"{" * 300_000, "?", called="a.rtf", workshop=True, slow=True)
    yield attached("doc-junk", "4.2", lambda: ole({"WordDocument": b"\xff" * 9_000, "1Table": b"\xff" * 9_000}), "?", called="a.doc")
    yield attached("doc-junk-converted", "4.2", lambda: ole({"WordDocument": b"\xff" * 9_000, "1Table": b"\xff" * 9_000}), "?", called="a.doc", workshop=True, slow=True)
    yield attached("doc-with-macros", "threat 26", lambda: ole({"WordDocument": bytes(900), "Macros": {"VBA": {"dir": b"x"}}}), "?", called="a.doc")


def sealed_cases() -> Iterator[Case]:
    """Give the cases of signed and encrypted mail (incident 79)."""
    signed = b"Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=b%d\r\n\r\n--b%d\r\n"
    yield whole("signed-in-signed-15", "incident 79", lambda: FROM + b"".join(signed % (n, n) for n in range(15)) + b"\r\nwords", "?")
    yield whole("signed-in-signed-60", "incident 79", lambda: FROM + b"".join(signed % (n, n) for n in range(60)) + b"\r\nwords", "?")
    yield whole("signature-is-junk", "incident 79", lambda: FROM + signed % (1, 1) + b"\r\nwords\r\n--b1\r\nContent-Type: application/pkcs7-signature\r\n\r\n\x30\x84\xff\xff\xff\xff\r\n--b1--\r\n", "?")
    yield attached("sealed-junk", "incident 79", lambda: b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + b"\xff" * 900, "?", called="smime.p7m")
    yield attached("sealed-deep", "incident 79", lambda: b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80" + b"\x30\x80" * 90_000, "?", called="smime.p7m")
    yield attached("sealed-says-4-gb", "incident 79", lambda: b"\x30\x84\xff\xff\xff\xff\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x84\xff\xff\xff\xff", "?", called="smime.p7m")
    yield attached("sealed-encrypted-junk", "incident 79", lambda: b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03" + b"\xff" * 90, "?", called="smime.p7m")
    yield attached("pgp-junk", "incident 79", lambda: b"-----BEGIN PGP MESSAGE-----\n\n" + b"!" * 9_000, "?", called="a.asc")
    yield attached("protected-junk", "incident 79", lambda: b"\x76\xe8\x04\x60\xc4\x11\xe3\x86" + b"\xff" * 99, "?", called="message.rpmsg")


def page_cases() -> Iterator[Case]:
    """Give the cases of pages (HTML) as a mail's own words (incident 73)."""
    for name, page in (
        ("deep-100k", "<div>" * 100_000 + "words"),
        ("deep-2000", "<div>" * 2_000 + "words"),
        ("tables-deep", "<table><tr><td>" * 700 + "words"),
        ("unclosed-1e5", "<b>words" * 100_000),
        ("comments-1e5", "<!--" * 100_000),
        ("entities", "&lt;&#xD800;&#0;&nosuch;" * 20_000),
        ("spans-1e9", '<table><tr><td colspan="1000000000" rowspan="1000000000">words</table>' * 50),
        ("cells-50k", "<table>" + "<tr><td>a<td>b" * 25_000 + "</table>"),
        ("hidden", '<p style="display:none">unseen</p><p style="font-size:0;color:#fff">unseen</p><p>words</p>'),
        ("script", "<script>alert(1)</script><meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'>words"),
        ("links-outside", '<base href="//127.0.0.1:9/"><img src=a><link rel=stylesheet href=b><iframe src="file:///etc/passwd">words'),
        ("data-of-1-mb", '<img src="data:image/png;base64,' + "A" * 1_000_000 + '">words'),
        ("vector", "<svg onload=alert(1)><use href='#a' id=a /></svg>" * 900 + "words"),
        ("attributes-1e5", "<p " + " ".join(f"a{n}=b" for n in range(50_000)) + ">words"),
        ("entity-declared", '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a;words'),
        ("nul", "<p>\0\0words\0</p>" * 900),
    ):
        yield whole(f"page-{name}", "incident 73", lambda page=page: FROM + b"Content-Type: text/html\r\n\r\n" + page.encode(), "?")
    yield attached("page-attached", "incident 73", lambda: b"<!doctype html><script>alert(1)</script>" + b"<p>" * 50_000, "?", called="a.html")
    yield attached("page-of-open-comments", "threat 35", lambda: b"<!-- -->" * 60_000 + b"<", "?", called="a.html")


def both_cases() -> Iterator[Case]:
    """Give the cases of files that are two things at once (threat 30)."""
    inner = zip_of(Item("a.txt", b"words"))
    for name, data, called, stage in (
        ("pdf-and-zip", letter() + inner, "a.pdf", ""),
        ("zip-and-pdf", zip_of(Item("a.txt", b"words"), prefix=b"PK\x03\x04" + letter()), "a.zip", ""),
        ("picture-and-jar", b"GIF89a" + bytes(50) + zip_of(Item("A.class", b"\xca\xfe\xba\xbe")), "a.gif", ""),
        ("picture-called-jar", b"GIF89a" + bytes(50) + zip_of(Item("A.class", b"\xca\xfe\xba\xbe")), "a.jar", ""),
        ("program-and-pdf", b"MZ\x90\0" + bytes(60) + letter(), "a.pdf", QUARANTINED),
        ("script-and-pdf", b"#!/bin/sh\n" + letter(), "a.pdf", QUARANTINED),
        ("page-and-pdf", b"<html><script>x</script>" + letter(), "a.html", ""),
        ("word-and-page", good_form().data + b"<html><script>x</script></html>", "a.docx", ""),
        ("page-and-word", b"<html><script>x</script></html>" + good_form().data, "a.docx", ""),
        ("two-words", good_form().data + good_form().data, "a.docx", ""),
        ("winmail-and-pdf", TNEF + _attribute(0x18004, letter()), "winmail.dat", ""),
        ("picture-and-script", b"\xff\xd8\xff\xfe<?php system($_GET[0]); ?>" + bytes(90), "a.php.jpg", ""),
        ("mail-and-page", FROM + b"Content-Type: text/html\r\n\r\n<script>x</script>", "a.html", ""),
    ):
        more = {"stage": stage} if stage else {}
        yield attached(f"both-{name}", "threat 30", lambda data=data: data, "?", called=called, **more)
    yield whole("both-text-and-program", "threat 30", lambda: sent(920, text="words").replace(b"words", b"MZ\x90\0" + bytes(90)), "?", stage=QUARANTINED)


def _png(width: int, height: int, data: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, (b"IHDR" + head, b"IDAT" + (data or zlib.compress(b"x")), b"IEND")))


def _chunk(content: bytes) -> bytes:
    return struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))


def _attribute(number: int, content: bytes) -> bytes:
    return struct.pack("<BII", 1, number, len(content)) + content + bytes(2)


def _deep(depth: int) -> Mail:
    mail = Mail(body="words")
    for _ in range(depth):
        mail = Mail(enclosed=[mail])
    return mail


def _ring() -> bytes:
    """Return an OLE file whose allocation table leads every chain back to its beginning."""
    data = bytearray(msg(Mail(enclosed=[("a", bytes(9_000))])))
    (table,) = struct.unpack_from("<I", data, 76)
    at = 512 * (table + 1)
    for number in range(100):
        struct.pack_into("<I", data, at + 4 * number, 0)
    return bytes(data)


def _swelling_rtf() -> bytes:
    body = b"\xff" + b"\x00\x0f" * 8
    return struct.pack("<II4sI", 0xFFFFFFF0, 0xFFFFFFFF, b"LZFu", 0) + body * 60_000
