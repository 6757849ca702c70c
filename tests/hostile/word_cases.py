"""Word files that stop, fool or spy on those who open them (threats 22 to 27; security.md 0.2 and 4.2)."""

from collections.abc import Iterator

from tests.builders.word_xml import OFFICE, W, docx, docx_with, p, r, relations, sdt, side, tbl, tc, text_box, xml, zipped
from tests.hostile.case import Case, attached
from tests.hostile.zips import STORED, Item, bomb, zip_of

LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
QUADRATIC = f'<!ENTITY a "{"x" * 50_000}">'


def word_cases() -> Iterator[Case]:
    """Give the cases of documents whose words or tables are the weapon."""
    wide = '<w:gridSpan w:val="100000000"/>'
    yield attached("word-grid-span-1e8", "0.2, threat 27", lambda: docx(tbl((tc("x", properties=wide),))), "?")
    before = '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="99999999"/></w:trPr>' + tc("x") + "</w:tr></w:tbl>"
    yield attached("word-grid-before", "threat 27", lambda: docx(before * 50), "?")
    yield attached("word-570k-paragraphs", "0.2, 4.2", lambda: stored("<w:p/>" * 570_000), "?", slow=True)
    yield attached("word-60k-paragraphs", "threat 27", lambda: stored(p("a") * 60_000), "?")
    yield attached("word-cells-100k", "threat 27", lambda: stored(tbl(("<w:tc><w:p/></w:tc>",) * 100_000)), "?")
    yield attached("word-rows-50k", "threat 27", lambda: stored(tbl(*(("<w:tc><w:p/></w:tc>",),) * 50_000)), "?")
    yield attached("word-tables-5k", "threat 27", lambda: stored(tbl(("a", "b")) * 5_000), "?")
    yield attached("word-merged-down-20k", "threat 27", lambda: stored(_merged(20_000)), "?", slow=True)
    yield attached("word-tables-in-tables", "threat 27", lambda: docx(_deep_tables(300)), "?")
    yield attached("word-controls-in-controls", "threat 27", lambda: docx(_wrapped(1_000)), "?")
    yield attached("word-elements-10k-deep", "threat 23", lambda: docx("<w:x>" * 10_000 + "</w:x>" * 10_000), "?")
    yield attached("word-controls-20k", "threat 27", lambda: stored(sdt(p("a"), tag="t") * 10_000), "?")
    yield attached("word-controls-round-text", "threat 27", lambda: docx(_round(35, p("words " * 30_000))), "?")
    yield attached("word-text-boxes-20k", "threat 27", lambda: stored(p(text_box(p("a"))) * 10_001), "?")
    yield attached("word-text-boxes-deep", "threat 27", lambda: docx(_deep_boxes(200)), "?")
    yield attached("word-fields-20k-open", "threat 27", lambda: stored(p(_OPEN_FIELD * 20_000)), "?")
    yield attached("word-list-of-100k-entries", "threat 27", lambda: docx(_long_list(100_000)), "?")
    yield attached("word-text-2-million", "threat 27", lambda: stored(p("abcdefgh " * 25_000) * 10), "?")
    yield attached("word-node-of-11-mb", "threat 23", lambda: stored(p("ab cd ef gh" * 1_000_000)), "?", slow=True)
    yield attached("word-attribute-of-8-mb", "threat 23", lambda: stored(f'<w:p w:x="{"ab" * 4_000_000}"/>'), "?")
    many = " ".join(f'w:a{n}="1"' for n in range(50_000))
    yield attached("word-50k-attributes", "threat 23", lambda: docx(f"<w:p {many}/>"), "?")
    spaces = " ".join(f'xmlns:n{n}="urn:n{n}"' for n in range(20_000))
    yield attached("word-20k-namespaces", "threat 23", lambda: docx(f"<w:p {spaces}/>"), "?")
    yield attached("word-marks-250k", "threat 27", lambda: stored(p(r("a", "<w:strike/>") * 250_000)), "?", slow=True)
    yield attached("word-changes-tracked-50k", "threat 27", lambda: stored(f"<w:p>{_DELETED * 50_000}</w:p>"), "?")
    yield attached("word-instructions-1e5", "threat 23", lambda: stored("<?a b?><!--c-->" * 100_000), "?")
    yield attached("word-styles-in-a-ring", "threat 27", _ring_of_styles, "?")
    yield attached("word-notes-in-notes", "threat 27", _notes_in_notes, "?")
    yield attached("word-header-2-mb-over", "threat 22", _large_header, "?")
    yield attached("word-bad-character", "threat 75", lambda: zipped({"word/document.xml": xml("&#xD800;")}), "?")
    yield attached("word-invalid-utf-8", "threat 33", lambda: zipped({"word/document.xml": xml("\x00").replace(b"\0", b"\xff\xfe")}), "?")
    yield attached("word-not-word", "incident 75", lambda: zipped({"word/document.xml": b"<html><body/></html>"}), "?")
    yield attached("word-types-only", "incident 75", lambda: zipped({"[Content_Types].xml": b"<Types/>"}), "?")
    yield attached("word-relationships-1-mb", "threat 25", _many_relations, "?")
    yield attached("word-main-part-elsewhere", "threat 20", _elsewhere, "?")


def spying_cases() -> Iterator[Case]:
    """Give the cases of documents that ask for something outside, or bring a program along."""
    laughs = f'<!DOCTYPE w:document [<!ENTITY a0 "ha">{LAUGHS}]>'
    yield attached("word-billion-laughs", "threat 23", lambda: _declared(laughs, "&a9;"), "?")
    yield attached("word-quadratic-blow-up", "threat 23", lambda: _declared(f"<!DOCTYPE w [{QUADRATIC}]>", "&a;" * 9_000), "?")
    yield attached("word-laughs-in-utf-16", "threat 23", lambda: _declared(laughs, "&a9;", "utf-16"), "?")
    yield attached("word-laughs-in-utf-7", "threat 23", _in_utf_7, "?")
    yield attached("word-laughs-in-ebcdic", "threat 23", lambda: _declared(laughs, "&a9;", "cp037"), "?")
    file = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    yield attached("word-external-entity", "threat 24", lambda: _declared(file, "&a;"), "?")
    remote = '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/evil.dtd">'
    yield attached("word-external-dtd", "threat 24", lambda: _declared(remote, ""), "?")
    parameter = '<!DOCTYPE w [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a"> %a;]>'
    yield attached("word-parameter-entity", "threat 24", lambda: _declared(parameter, ""), "?")
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    yield attached("word-xinclude", "threat 24", lambda: docx(p("a") + include), "?")
    yield attached("word-entity-in-styles", "threat 23", _entity_in_styles, "?")
    yield attached("word-remote-template", "threat 25", _remote_template, "?")
    yield attached("word-remote-picture", "threat 25", lambda: docx_with(p("a"), {}, ("image", "http://127.0.0.1:9/a.png")), "?")
    yield attached("word-remote-share", "threat 25", lambda: docx_with(p("a"), {}, ("oleObject", "\\\\127.0.0.1\\a")), "?")
    yield attached("word-frame-of-another", "threat 25", lambda: docx_with(p("a"), {}, ("subDocument", "file:///etc/passwd")), "?")
    yield attached("word-relation-out-of-package", "threat 20", lambda: docx_with(p("a"), {}, ("styles", "../../../etc/passwd")), "?")
    yield attached("word-other-part-in-html", "threat 25", _alt_chunk, "?")
    yield attached("word-macros-in-docx", "threat 26", lambda: _with("word/vbaProject.bin", b"\xd0\xcf\x11\xe0"), "?")
    yield attached("word-macros-in-docm", "threat 26", _docm, "?", called="referral.docm")
    yield attached("word-ole-object", "threat 26", lambda: _with("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0" * 200), "?")
    yield attached("word-program-inside", "threat 26", _program_inside, "?")
    yield attached("word-active-x", "threat 26", lambda: _with("word/activeX/activeX1.bin", b"\xd0\xcf\x11\xe0"), "?")
    yield attached("word-dde", "threat 26", lambda: docx(p('<w:r><w:instrText>DDEAUTO c:\\\\cmd.exe "/c x"</w:instrText></w:r>')), "?")
    yield attached("word-dde-in-a-simple-field", "threat 26", lambda: docx('<w:p><w:fldSimple w:instr="DDE cmd x y"/></w:p>'), "?")


def heavy_cases() -> Iterator[Case]:
    """Give the cases of Word files that unpack to far more than they are."""
    yield attached("word-2-gb-picture", "4.2", lambda: _picture(2_000_000_000), "?", slow=True)
    yield attached("word-200-mb-picture", "4.2", lambda: _picture(200_000_000), "?")
    yield attached("word-body-of-blanks", "threat 22", lambda: _blank_body(30_000_000), "?")
    yield attached("word-body-of-21-mb", "threat 22", lambda: stored(p("abcdefghij") * 250_000), "?", slow=True)
    yield attached("word-size-is-a-lie", "threat 22", lambda: _lying(60_000_000), "?")
    yield attached("word-entries-3000", "threat 22", lambda: zipped({"word/document.xml": xml(p("a")), **{f"a{n}": b"" for n in range(3_000)}}), "?")
    yield attached("word-body-twice", "threat 22", lambda: zip_of(Item("word/document.xml", xml(p("a"))), Item("word/document.xml", xml(p("b")))), "?")
    yield attached("word-names-differ", "threat 22", lambda: zip_of(Item("word/document.xml", xml(p("a")), local_name="word/docUment.xml")), "?")
    yield attached("word-overlapping", "threat 22", _overlapping, "?")
    yield attached("word-body-encrypted", "threat 22", lambda: zip_of(Item("word/document.xml", xml(p("a")), flags=1)), "?")
    yield attached("word-body-in-lzma", "threat 22", lambda: zip_of(Item("word/document.xml", xml(p("a")), 14)), "?")


def stored(body: str) -> bytes:
    """Return a Word file with this body that is not packed, so that no ratio tells it."""
    return zip_of(Item("word/document.xml", xml(body), STORED))


_OPEN_FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
_DELETED = '<w:del w:id="1"><w:r><w:delText>a</w:delText></w:r></w:del>'


def _merged(rows: int) -> str:
    cell = '<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>'
    return "<w:tbl>" + f"<w:tr>{cell}</w:tr>" * rows + "</w:tbl>"


def _deep_tables(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + p("a") + "</w:tc></w:tr></w:tbl>" * depth


def _deep_boxes(depth: int) -> str:
    opened = "<w:p><w:r><w:drawing><w:txbxContent>"
    return opened * depth + p("a") + "</w:txbxContent></w:drawing></w:r></w:p>" * depth


def _wrapped(depth: int) -> str:
    return _round(depth, p("a"))


def _round(depth: int, inside: str) -> str:
    for _ in range(depth):
        inside = sdt(inside, tag="t")
    return inside


def _long_list(count: int) -> str:
    entries = "".join(f'<w:listItem w:value="{n}"/>' for n in range(count))
    return sdt(p("a"), tag="t", properties=f"<w:dropDownList>{entries}</w:dropDownList>")


def _ring_of_styles() -> bytes:
    styles = "".join(
        f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 5_000}"/></w:style>' for n in range(5_000)
    )
    return docx_with(p("a", style="s0"), {"styles.xml": side(styles, "styles")}, ("styles", "styles.xml"))


def _notes_in_notes() -> bytes:
    refer = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    notes = side(f'<w:footnote w:id="1">{p(refer * 50)}</w:footnote>', "footnotes")
    return docx_with(p(refer * 2_000), {"footnotes.xml": notes}, ("footnotes", "footnotes.xml"))


def _large_header() -> bytes:
    head = side(p("abcdefghij klmnopq") * 40_000, "hdr")
    refer = f'<w:sectPr><w:headerReference xmlns:r="{OFFICE}" r:id="rId1"/></w:sectPr>'
    parts = {"word/document.xml": xml(p("a") + refer), "word/header1.xml": head}
    parts["word/_rels/document.xml.rels"] = relations(("header", "header1.xml"))
    return zip_of(*(Item(name, data, STORED) for name, data in parts.items()))


def _many_relations() -> bytes:
    return docx_with(p("a"), {}, *(("hyperlink", f"http://127.0.0.1:9/{n}") for n in range(8_000)))


def _elsewhere() -> bytes:
    there = f'<Relationships><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="../../../../etc/passwd"/></Relationships>'
    types = b'<Types><Override ContentType="wordprocessingml.document.main+xml"/></Types>'
    return zipped({"[Content_Types].xml": types, "_rels/.rels": there.encode()})


def _declared(declaration: str, body: str, encoding: str = "utf-8") -> bytes:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{body}</w:t></w:r></w:p></w:body></w:document>'
    return zipped({"word/document.xml": text.encode(encoding)})


def _in_utf_7() -> bytes:
    body = f'<!DOCTYPE w [<!ENTITY a "b">]><w:document xmlns:w="{W}"><w:body/></w:document>'
    return zipped({"word/document.xml": b'<?xml version="1.0" encoding="utf-7"?>' + body.encode("utf-7")})


def _entity_in_styles() -> bytes:
    styles = b'<!DOCTYPE w [<!ENTITY a "b">]>' + side("&a;", "styles")
    return docx_with(p("a", style="s"), {"styles.xml": styles}, ("styles", "styles.xml"))


def _remote_template() -> bytes:
    there = f'<Relationships><Relationship Id="rId1" Type="{OFFICE}/attachedTemplate" Target="https://127.0.0.1:9/t.dotm" TargetMode="External"/></Relationships>'
    parts = {"settings.xml": side("", "settings"), "_rels/settings.xml.rels": there.encode()}
    return docx_with(p("a"), parts, ("settings", "settings.xml"))


def _alt_chunk() -> bytes:
    chunk = f'<w:altChunk xmlns:r="{OFFICE}" r:id="rId1"/>'
    return docx_with(p("a") + chunk, {"chunk.html": b"<script>alert(1)</script>"}, ("aFChunk", "chunk.html"))


def _with(name: str, content: bytes) -> bytes:
    return zipped({"word/document.xml": xml(p("a")), name: content})


def _docm() -> bytes:
    types = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    return zipped({"[Content_Types].xml": types, "word/document.xml": xml(p("a")), "word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def _program_inside() -> bytes:
    native = b"\x02\x00invoice.exe\x00C:\\invoice.exe\x00" + b"MZ\x90\x00" + bytes(60) + b"This program cannot be run in DOS mode" + bytes(4_000)
    from tests.builders.ole import ole

    return _with("word/embeddings/oleObject1.bin", ole({"\x01Ole10Native": len(native).to_bytes(4, "little") + native}))


def _picture(size: int) -> bytes:
    packed, crc = bomb(size)
    image = Item("word/media/image1.png", packed=packed, says_size=size, says_crc=crc)
    return zip_of(Item("word/document.xml", xml(p("a"))), image)


def _blank_body(size: int) -> bytes:
    return zipped({"word/document.xml": b"<w:document>" + b" " * size + b"</w:document>"})


def _lying(size: int) -> bytes:
    packed, crc = bomb(size)
    return zip_of(Item("word/document.xml", packed=packed, says_size=2_000, says_crc=crc))


def _overlapping() -> bytes:
    body = xml(p("a"))
    return zip_of(Item("word/document.xml", body), Item("word/documenu.xml", body, at=0, silent=True))
