"""Word files from bare XML, for what no word processor would make on request."""

import zipfile
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
STAMP = (2026, 11, 13, 9, 0, 0)


def xml(body: str, space: str = W) -> bytes:
    """Return a document part with this body."""
    head = f'<w:document xmlns:w="{space}" xmlns:w14="{W14}" xmlns:mc="{MC}"><w:body>'
    return f"{head}{body}</w:body></w:document>".encode()


def docx(body: str, space: str = W) -> bytes:
    """Return a Word file with this body."""
    return zipped({"word/document.xml": xml(body, space)})


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


def legacy_box(ticked: bool) -> str:
    """Return a tick-box of Word 97."""
    checked = f'<w:checked w:val="{int(ticked)}"/>'
    data = f'<w:ffData><w:name w:val="Check1"/><w:checkBox><w:sizeAuto/>{checked}</w:checkBox></w:ffData>'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        '<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>rest</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
