"""Word files that ask for something outside, or bring a program along (threats 20, 23 to 26)."""

from collections.abc import Iterator

from tests.builders.ole import ole
from tests.builders.word_xml import (
    OFFICE,
    W,
    docx,
    docx_with,
    p,
    relations,
    side,
    xml,
    zipped,
)
from tests.hostile.case import Case, attached

LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
QUADRATIC = f'<!ENTITY a "{"x" * 50_000}">'


def spying_cases() -> Iterator[Case]:
    """Give the cases of documents that ask for something outside, or bring a program along."""
    laughs = f'<!DOCTYPE w:document [<!ENTITY a0 "ha">{LAUGHS}]>'
    yield attached("word-billion-laughs", "threat 23", lambda: _declared(laughs, "&a9;"))
    yield attached(
        "word-quadratic-blow-up", "threat 23", lambda: _declared(f"<!DOCTYPE w [{QUADRATIC}]>", "&a;" * 9_000)
    )
    yield attached("word-laughs-in-utf-16", "threat 23", lambda: _declared(laughs, "&a9;", "utf-16"))
    yield attached("word-laughs-in-utf-7", "threat 23", _in_utf_7)
    yield attached("word-laughs-in-ebcdic", "threat 23", lambda: _declared(laughs, "&a9;", "cp037"))
    file = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    yield attached("word-external-entity", "threat 24", lambda: _declared(file, "&a;"))
    remote = '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/evil.dtd">'
    yield attached("word-external-dtd", "threat 24", lambda: _declared(remote, ""))
    parameter = '<!DOCTYPE w [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a"> %a;]>'
    yield attached("word-parameter-entity", "threat 24", lambda: _declared(parameter, ""))
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    yield attached("word-xinclude", "threat 24", lambda: docx(p("a") + include))
    yield attached("word-entity-in-styles", "threat 23", _entity_in_styles)
    yield attached("word-remote-template", "threat 25", _remote_template)
    yield attached(
        "word-remote-picture", "threat 25", lambda: docx_with(p("a"), {}, ("image", "http://127.0.0.1:9/a.png"))
    )
    yield attached("word-remote-share", "threat 25", lambda: docx_with(p("a"), {}, ("oleObject", "\\\\127.0.0.1\\a")))
    yield attached(
        "word-frame-of-another", "threat 25", lambda: docx_with(p("a"), {}, ("subDocument", "file:///etc/passwd"))
    )
    yield attached(
        "word-relation-out-of-package", "threat 20", lambda: docx_with(p("a"), {}, ("styles", "../../../etc/passwd"))
    )
    yield attached("word-other-part-in-html", "threat 25", _alt_chunk)
    yield attached("word-macros-in-docx", "threat 26", lambda: _with("word/vbaProject.bin", b"\xd0\xcf\x11\xe0"))
    yield attached("word-macros-in-docm", "threat 26", _docm, called="referral.docm")
    yield attached(
        "word-ole-object", "threat 26", lambda: _with("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0" * 200)
    )
    yield attached("word-program-inside", "threat 26", _program_inside)
    yield attached("word-active-x", "threat 26", lambda: _with("word/activeX/activeX1.bin", b"\xd0\xcf\x11\xe0"))
    yield attached(
        "word-dde", "threat 26", lambda: docx(p('<w:r><w:instrText>DDEAUTO c:\\\\cmd.exe "/c x"</w:instrText></w:r>'))
    )
    yield attached(
        "word-dde-in-a-simple-field", "threat 26", lambda: docx('<w:p><w:fldSimple w:instr="DDE cmd x y"/></w:p>')
    )


def _declared(declaration: str, body: str, encoding: str = "utf-8") -> bytes:
    words = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{body}</w:t></w:r></w:p></w:body></w:document>'
    text = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}{words}'
    return zipped({"word/document.xml": text.encode(encoding)})


def _in_utf_7() -> bytes:
    body = f'<!DOCTYPE w [<!ENTITY a "b">]><w:document xmlns:w="{W}"><w:body/></w:document>'
    return zipped({"word/document.xml": b'<?xml version="1.0" encoding="utf-7"?>' + body.encode("utf-7")})


def _entity_in_styles() -> bytes:
    styles = b'<!DOCTYPE w [<!ENTITY a "b">]>' + side("&a;", "styles")
    return docx_with(p("a", style="s"), {"styles.xml": styles}, ("styles", "styles.xml"))


def _remote_template() -> bytes:
    there = relations(("attachedTemplate", "https://127.0.0.1:9/t.dotm"))
    parts = {"settings.xml": side("", "settings"), "_rels/settings.xml.rels": there}
    return docx_with(p("a"), parts, ("settings", "settings.xml"))


def _alt_chunk() -> bytes:
    chunk = f'<w:altChunk xmlns:r="{OFFICE}" r:id="rId1"/>'
    return docx_with(p("a") + chunk, {"chunk.html": b"<script>alert(1)</script>"}, ("aFChunk", "chunk.html"))


def _with(name: str, content: bytes) -> bytes:
    return zipped({"word/document.xml": xml(p("a")), name: content})


def _docm() -> bytes:
    types = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    return zipped(
        {"[Content_Types].xml": types, "word/document.xml": xml(p("a")), "word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}
    )


def _program_inside() -> bytes:
    told = b"\x02\x00invoice.exe\x00C:\\invoice.exe\x00"
    native = told + b"MZ\x90\x00" + bytes(60) + b"This program cannot be run in DOS mode" + bytes(4_000)
    return _with("word/embeddings/oleObject1.bin", ole({"\x01Ole10Native": len(native).to_bytes(4, "little") + native}))
