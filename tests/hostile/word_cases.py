"""Word files whose words or tables stop those who open them (threat 27; security.md 0.2 and 4.2)."""

from collections.abc import Iterator

from tests.builders.word_xml import (
    OFFICE,
    docx,
    docx_with,
    p,
    r,
    relations,
    sdt,
    side,
    tbl,
    tc,
    text_box,
    xml,
    zipped,
)
from tests.hostile.case import Case, attached
from tests.hostile.zips import STORED, Item, zip_of


def word_cases() -> Iterator[Case]:
    """Give the cases of documents whose words or tables are the weapon."""
    wide = '<w:gridSpan w:val="100000000"/>'
    yield attached("word-grid-span-1e8", "0.2, threat 27", lambda: docx(tbl((tc("x", properties=wide),))))
    before = '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="99999999"/></w:trPr>' + tc("x") + "</w:tr></w:tbl>"
    yield attached("word-grid-before", "threat 27", lambda: docx(before * 50))
    yield attached("word-570k-paragraphs", "0.2, 4.2", lambda: stored("<w:p/>" * 570_000), slow=True)
    yield attached("word-21k-paragraphs", "threat 27", lambda: stored(p("a") * 21_000))
    yield attached("word-cells-21k", "threat 27", lambda: stored(tbl(("<w:tc><w:p/></w:tc>",) * 21_000)))
    yield attached("word-rows-21k", "threat 27", lambda: stored(tbl(*(("<w:tc><w:p/></w:tc>",),) * 21_000)), slow=True)
    yield attached("word-tables-500", "threat 27", lambda: stored(tbl(("a", "b")) * 500))
    yield attached("word-merged-down-20k", "threat 27", lambda: stored(_merged(20_000)), slow=True)
    yield attached("word-tables-in-tables", "threat 27", lambda: docx(_deep_tables(300)))
    yield attached("word-controls-in-controls", "threat 27", lambda: docx(_wrapped(1_000)))
    yield attached("word-elements-10k-deep", "threat 23", lambda: docx("<w:x>" * 10_000 + "</w:x>" * 10_000))
    yield attached("word-controls-6k", "threat 27", lambda: stored(sdt(p("a"), tag="t") * 6_000))
    yield attached("word-controls-round-text", "threat 27", lambda: docx(_round(35, p("words " * 30_000))))
    yield attached("word-text-boxes-20k", "threat 27", lambda: stored(p(text_box(p("a"))) * 10_001), slow=True)
    yield attached("word-text-boxes-deep", "threat 27", lambda: docx(_deep_boxes(200)))
    yield attached("word-fields-20k-open", "threat 27", lambda: stored(p(_OPEN_FIELD * 20_000)))
    yield attached("word-list-of-100k-entries", "threat 27", lambda: docx(_long_list(100_000)))
    yield attached("word-text-2-million", "threat 27", lambda: stored(p("abcdefgh " * 25_000) * 10), slow=True)
    yield attached("word-node-of-11-mb", "threat 23", lambda: stored(p("ab cd ef gh" * 1_000_000)), slow=True)
    yield attached("word-attribute-of-1-mb", "threat 23", lambda: stored(f'<w:p w:x="{"ab" * 500_000}"/>'))
    many = " ".join(f'w:a{n}="1"' for n in range(50_000))
    yield attached("word-50k-attributes", "threat 23", lambda: docx(f"<w:p {many}/>"))
    spaces = " ".join(f'xmlns:n{n}="urn:n{n}"' for n in range(20_000))
    yield attached("word-20k-namespaces", "threat 23", lambda: docx(f"<w:p {spaces}/>"))
    yield attached("word-marks-250k", "threat 27", lambda: stored(p(r("a", "<w:strike/>") * 250_000)), slow=True)
    yield attached("word-changes-tracked-10k", "threat 27", lambda: stored(f"<w:p>{_DELETED * 10_000}</w:p>"))
    yield attached("word-instructions-1e5", "threat 23", lambda: stored("<?a b?><!--c-->" * 100_000))
    yield attached("word-styles-in-a-ring", "threat 27", _ring_of_styles)
    yield attached("word-notes-in-notes", "threat 27", _notes_in_notes)
    yield attached("word-header-2-mb-over", "threat 22", _large_header, slow=True)
    yield attached("word-bad-character", "threat 75", lambda: zipped({"word/document.xml": xml("&#xD800;")}))
    yield attached(
        "word-invalid-utf-8",
        "threat 33",
        lambda: zipped({"word/document.xml": xml("\x00").replace(b"\0", b"\xff\xfe")}),
    )
    yield attached("word-not-word", "incident 75", lambda: zipped({"word/document.xml": b"<html><body/></html>"}))
    yield attached("word-types-only", "incident 75", lambda: zipped({"[Content_Types].xml": b"<Types/>"}))
    yield attached("word-relationships-1-mb", "threat 25", _many_relations)
    yield attached("word-main-part-elsewhere", "threat 20", _elsewhere)


def stored(body: str) -> bytes:
    """Return a Word file with this body that is not packed, so that no ratio tells it."""
    return zip_of(Item("word/document.xml", xml(body), STORED))


def _merged(rows: int) -> str:
    cell = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
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
    there = f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="../../../../etc/passwd"/>'
    types = b'<Types><Override ContentType="wordprocessingml.document.main+xml"/></Types>'
    return zipped({"[Content_Types].xml": types, "_rels/.rels": f"<Relationships>{there}</Relationships>".encode()})


_OPEN_FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
_DELETED = '<w:del w:id="1"><w:r><w:delText>a</w:delText></w:r></w:del>'
