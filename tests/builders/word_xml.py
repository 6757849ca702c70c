"""Word files from bare XML, for what no word processor would make on request."""

import zipfile
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OTHERS = (
    f'xmlns:w14="{W14}" xmlns:mc="{MC}" xmlns:r="{OFFICE}" xmlns:a="{DRAWING}" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
STAMP = (2026, 11, 13, 9, 0, 0)


def xml(body: str, space: str = W) -> bytes:
    """Return a document part with this body."""
    return side(f"<w:body>{body}</w:body>", "document", space)


def side(content: str, kind: str, space: str = W) -> bytes:
    """Return a part of this kind (document, hdr, ftr, footnotes, styles) with this content."""
    return f'<w:{kind} xmlns:w="{space}" {OTHERS}>{content}</w:{kind}>'.encode()


def docx(body: str, space: str = W) -> bytes:
    """Return a Word file with this body."""
    return zipped({"word/document.xml": xml(body, space)})


def docx_with(body: str, parts: dict[str, bytes], *targets: tuple[str, str]) -> bytes:
    """Return a Word file with other parts beside its body, by their names in ``word/``, and what it refers to.

    ``targets`` are kind and target of each relationship, their ids rId1, rId2 and so on; one with a colon is outside.
    """
    named = {f"word/{name}": content for name, content in parts.items()}
    return zipped({"word/document.xml": xml(body), "word/_rels/document.xml.rels": relations(*targets), **named})


def relations(*targets: tuple[str, str]) -> bytes:
    """Return a part of relationships."""
    lines = (
        f'<Relationship Id="rId{at}" Type="{OFFICE}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if ":" in target or target.startswith("\\") else "/>")
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{"".join(lines)}</Relationships>'.encode()


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return a zip of these parts in order."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, date_time=STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return made.getvalue()


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inside: str, style: str = "") -> str:
    """Return a paragraph; plain words become a run."""
    runs = "".join(piece if piece.startswith("<") else r(piece) for piece in inside)
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{runs}</w:p>"


def tc(*inside: str, properties: str = "") -> str:
    """Return a cell; plain words become a paragraph."""
    blocks = "".join(piece if piece.startswith("<") else p(piece) for piece in inside) or p()
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>"


def tbl(*rows: tuple[str, ...]) -> str:
    """Return a table; plain words become cells."""
    lines = ("".join(cell if cell.startswith("<") else tc(cell) for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


def sdt(content: str, *, tag: str = "", properties: str = "") -> str:
    """Return a content control round whatever stands in it."""
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def box(ticked: bool, *, tag: str = "") -> str:
    """Return a tick-box control as Word makes it."""
    state = f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/></w14:checkbox>'
    return sdt(r("\u2612" if ticked else "\u2610"), tag=tag, properties=state)


def legacy(data: str, *result: str) -> str:
    """Return a form field of Word 97: what tells of it, and the pieces of its result."""
    told = f"<w:ffData>{data}</w:ffData>" if data else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{told}</w:fldChar></w:r>'
        '<w:r><w:instrText> FORM </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{"".join(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def legacy_box(ticked: bool) -> str:
    """Return a tick-box of Word 97."""
    checked = f'<w:checked w:val="{int(ticked)}"/>'
    return legacy(f'<w:name w:val="Check1"/><w:checkBox><w:sizeAuto/>{checked}</w:checkBox>', r("rest"))


def text_box(*inside: str) -> str:
    """Return a run with a text box."""
    return f"<w:r><w:drawing><w:txbxContent>{''.join(inside)}</w:txbxContent></w:drawing></w:r>"


PICTURE = '<w:r><w:drawing><a:blip r:embed="rId9"/></w:drawing></w:r>'
