"""Office packages: what they are and what they carry, whatever their parts are called."""

import struct

import pytest

from parsers.containers import packages
from parsers.containers.packages import MAX_OBJECT_BYTES, kind_of
from parsers.contract import Kind
from tests.builders.ole import ole
from tests.builders.word_xml import OFFICE, PACKAGE
from tests.hostile.zips import STORED, Item, zip_of

PE = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(90)
BODY = Item("word/document.xml", b"<w/>")
VBA = ole({"VBA": {"dir": b"x", "_VBA_PROJECT": b"x"}, "PROJECT": b"x"})
OBJECT = ole({"\x01Ole10Native": b"words"})
OLD_WORD = ole({"WordDocument": b"x", "1Table": b"x"})
TYPES = "[Content_Types].xml"
DOCX = zip_of(BODY)
SHEET = zip_of(Item("xl/workbook.xml", b"<w/>"))
SHEET_WITH_MACROS = zip_of(Item("xl/workbook.xml", b"<w/>"), Item("xl/vbaProject.bin", VBA))


def codes(*items: Item) -> tuple[str, ...]:
    """Return what is told of a Word file with more parts."""
    kind, _, told = kind_of(zip_of(BODY, *items))
    assert kind in {Kind.DOCX, Kind.DOCM}
    return told


def refers(kind: str, target: str, *, source: str = "word/document.xml", outside: bool = False, mode: str = "") -> Item:
    """Return the relations of a part that refers to one thing; of ``kind`` the last word, or a whole address."""
    folder, _, name = source.rpartition("/")
    where = mode or (' TargetMode="External"' if outside else "")
    told = f'<Relationship Id="rId1" Type="{kind if ":" in kind else f"{OFFICE}/{kind}"}" Target="{target}"{where}/>'
    return Item(f"{folder}/_rels/{name}.rels", f'<Relationships xmlns="{PACKAGE}">{told}</Relationships>'.encode())


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("word/vbaProject.bin", b"x", ("macros",)),
        ("word/media/x.png", VBA, ("macros",)),
        ("word/embeddings/oleObject1.bin", b"x", ("ole-objects",)),
        ("word/embeddings/oleObject1.dat", OBJECT, ("ole-objects",)),
        ("word/foo/x.jpg", OBJECT, ("ole-objects",)),
        ("word/activeX/activeX1.bin", b"x", ("active-x",)),
        ("word/activeX/activeX1.bin", OBJECT, ("active-x",)),
        ("word/embeddings/oleObject1.bin", b"\2\0invoice.exe\0C:\\invoice.exe\0", ("ole-objects", "program-inside")),
        ("word/embeddings/oleObject1.bin", bytes(512) + PE, ("ole-objects", "program-inside")),
        ("word/foo/x.jpg", ole({"\x01Ole10Native": b"\2\0a.exe\0"}), ("ole-objects", "program-inside")),
        ("word/media/image1.png", PE, ("program-inside",)),
        ("word/media/image1.png", b"\x7fELF" + bytes(90), ("program-inside",)),
        ("word/embeddings/x.exe", b"words", ("program-inside",)),
        ("word/embeddings/Worksheet1.xlsx", PE, ("program-inside",)),
        ("word/embeddings/letter.doc", OLD_WORD, ("files-inside", "ole-objects")),
        ("word/embeddings/letter.pdf", b"%PDF-1.7", ("files-inside",)),
        ("word/embeddings/letter.docx", DOCX, ("files-inside",)),
        ("word/foo/x.jpg", SHEET_WITH_MACROS, ("macros-inside",)),
        ("word/foo/x.jpg", zip_of(BODY, Item("x.png", PE)), ("files-inside", "program-inside")),
        ("word/foo/x.jpg", zip_of(Item("a/x.exe", b"x")), ("files-inside", "program-inside")),
    ],
)
def test_what_a_word_file_carries_is_told(name: str, content: bytes, told: tuple[str, ...]) -> None:
    """Macros, objects of other programs, files and programs among them, by their content under any name."""
    assert codes(Item(name, content)) == told
    assert codes(Item(name, content, STORED)) == told


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/embeddings/Worksheet1.xlsx", SHEET),
        ("word/media/image1.pdf", b"%PDF-1.7"),
        ("word/media/image1.png", b"MZ" + bytes(200)),
        ("docProps/thumbnail.emf", b"\x01\0\0\0" + bytes(90)),
        ("word/theme/theme1.xml", b"<a/>"),
    ],
)
def test_what_honest_word_files_have_is_not_told(name: str, content: bytes) -> None:
    """Pictures, the figures behind a chart, and whatever is no file of its own."""
    assert codes(Item(name, content)) == ()


@pytest.mark.parametrize(
    "words", [b"MZ is here. This programme of support", b"PE\0\0", b"write to a@agency.com\0", b"MZ" + bytes(200)]
)
def test_words_in_an_object_are_no_program(words: bytes) -> None:
    """An old document dropped into a form speaks of programmes and ends addresses in .com."""
    assert codes(Item("word/embeddings/oleObject1.bin", words)) == ("ole-objects",)


def test_a_sheet_that_names_its_own_program_holds_none() -> None:
    """Excel 97 writes EXCEL.EXE into its files; a packager's name counts only of what a packager packed."""
    sheet = ole({"Workbook": b"\xff\xffEXCEL.EXE\0"})
    assert codes(Item("word/embeddings/a.xls", sheet)) == ("ole-objects",)


def test_an_object_is_looked_at_to_its_limit() -> None:
    """A program tells itself at its beginning; an object of any size costs a megabyte."""
    assert codes(Item("word/embeddings/oleObject1.bin", bytes(MAX_OBJECT_BYTES) + PE)) == ("ole-objects",)


@pytest.mark.parametrize(
    ("kind", "target", "told"),
    [
        ("oleObject", "foo/x", ("ole-objects",)),
        ("http://purl.oclc.org/ooxml/officeDocument/relationships/oleObject", "/word/foo/x", ("ole-objects",)),
        ("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "foo/x", ("macros",)),
        ("http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet", "foo/x", ("macros",)),
        ("image", "foo/x", ()),
    ],
)
def test_a_part_is_what_another_refers_to_it_as(kind: str, target: str, told: tuple[str, ...]) -> None:
    """Word finds macros and objects by relations, so these count where name and content say nothing."""
    assert codes(refers(kind, target), Item("word/foo/x", b"nobody knows")) == told


def test_a_sheet_put_into_the_text_is_a_file_and_one_behind_a_chart_is_none() -> None:
    """A table that the sender put in may be a part of the referral."""
    sheet = Item("word/embeddings/a.xlsx", SHEET)
    assert codes(refers("package", "embeddings/a.xlsx"), sheet) == ("files-inside",)
    assert codes(refers("package", "../embeddings/a.xlsx", source="word/charts/chart1.xml"), sheet) == ()


@pytest.mark.parametrize(
    "source",
    [f"word/{name}.xml" for name in ("document", "header1", "footer2", "footnotes", "endnotes", "comments")]
    + ["word/webSettings.xml", "word/glossary/document.xml", "xl/drawings/drawing1.xml"],
)
@pytest.mark.parametrize(
    ("kind", "target", "told"),
    [
        ("oleObject", "http://evil.example/p.hta", ("has-external-links", "has-remote-object")),
        ("frame", "http://evil.example/p.hta", ("has-external-links", "has-remote-object")),
        ("attachedTemplate", "http://evil.example/a.dotm", ("has-remote-template",)),
        ("attachedTemplate", "file:///C:/Users/Orla/Normal.dotm", ()),
        ("image", "http://evil.example/p.png", ("has-external-links",)),
        ("hyperlink", "http://agency.example/", ()),
    ],
)
def test_what_any_part_fetches_is_told(source: str, kind: str, target: str, told: tuple[str, ...]) -> None:
    """Headers, notes, comments and the glossary fetch as the text does."""
    assert codes(refers(kind, target, source=source, outside=True)) == told


@pytest.mark.parametrize("ending", ["xlsx", "xlsm", "pptm", "vsdm"])
def test_macros_are_told_of_any_office_package(ending: str) -> None:
    """Sheets, slides and drawings have them too."""
    part = {"xlsx": "xl/workbook.xml", "xlsm": "xl/workbook.xml"}.get(ending, "a/b.xml")
    for more in (
        (Item("a/vbaProject.bin", b"x"), Item(TYPES, b"<Types/>")),
        (Item("a/b.dat", VBA), Item(TYPES, b"<Types/>")),
        (Item(TYPES, b'<Types><Override PartName="/a" ContentType="application/vnd.ms-office.vbaProject"/></Types>'),),
        (
            Item("a/b.dat", b"x"),
            Item(
                TYPES, b'<Types><Default Extension="DAT" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
            ),
        ),
    ):
        kind, _, told = kind_of(zip_of(Item(part, b"<w/>"), *more))
        assert (kind in {Kind.SPREADSHEET, Kind.UNKNOWN}, told) == (True, ("macros",))


def test_a_type_that_no_part_has_is_no_macro() -> None:
    """Word leaves the type of an ending in the list when the last part of it is gone."""
    types = b'<Types><Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    assert codes(Item(TYPES, types)) == ()


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"Basic/Standard/Module1.xml": b"<x/>", "Basic/script-lc.xml": b"<x/>"}, ("macros",)),
        ({"Basic/Standard/script-lb.xml": b"<x/>", "Basic/script-lc.xml": b"<x/>"}, ()),
        ({"Scripts/python/a.bsh": b"x", "Scripts/python/parcel-descriptor.xml": b"<x/>"}, ("macros",)),
        ({"content.xml": b'<x xlink:href="vnd.sun.star.script:a.py$x?language=Python"/>'}, ("macros",)),
        ({"content.xml": b"<x/>"}, ()),
        ({"Object 1": OBJECT}, ("ole-objects",)),
    ],
)
@pytest.mark.parametrize("sort", ["text", "spreadsheet"])
def test_macros_of_opendocument_are_told(parts: dict[str, bytes], told: tuple[str, ...], sort: str) -> None:
    """Modules, scripts and calls of them; an empty list of libraries is what an honest office writes."""
    head = Item("mimetype", f"application/vnd.oasis.opendocument.{sort}".encode(), STORED)
    kind, _, codes_of = kind_of(zip_of(head, *(Item(name, content) for name, content in parts.items())))
    assert (kind, codes_of) == (Kind.ODT if sort == "text" else Kind.SPREADSHEET, told)


def test_a_locked_zip_tells_by_its_names_what_it_holds() -> None:
    """A password hides the files and not their names."""
    assert kind_of(zip_of(Item("a/invoice.exe", b"x", flags=1))) == (Kind.ZIP, True, ("program-inside",))
    assert kind_of(zip_of(Item("a/referral.docx", b"x", flags=1))) == (Kind.ZIP, True, ())


def test_what_was_not_looked_at_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many objects, packages too deep, and time that is over: nobody may think that all was seen."""
    flood = [Item(f"word/embeddings/{number}.bin", b"x") for number in range(packages.MAX_OBJECTS_LOOKED_AT + 1)]
    assert "parts-uncounted" in codes(*flood)
    assert "parts-uncounted" in codes(Item("a.docx", zip_of(BODY, Item("b.docx", DOCX))))
    assert "parts-uncounted" in codes(*(refers("image", "a", source=f"word/{number}.xml") for number in range(201)))
    monkeypatch.setattr(packages, "MAX_SECONDS", -1.0)
    assert codes(Item("word/media/image1.png", PE)) == ("parts-uncounted",)
