"""Text boxes and pictures of Word: read once, where they stand."""

import pytest

from parsers.formats.docx import read_docx
from tests.builders.documents import grid, named, texts
from tests.builders.word_xml import PICTURE, docx, p, r, sdt, tbl, tc, text_box

CONTENT = "<w:txbxContent>" + p("boxed") + "</w:txbxContent>"
NEW = f"<w:drawing>{CONTENT}</w:drawing>"
OLD = f"<w:pict><v:textbox>{CONTENT}</v:textbox></w:pict>"


def ways(first: str, second: str) -> str:
    """Return a drawing written for new Word and for old."""
    both = f"<mc:Choice>{first}</mc:Choice><mc:Fallback>{second}</mc:Fallback>"
    return f"<mc:AlternateContent>{both}</mc:AlternateContent>"


@pytest.mark.parametrize("drawn", [NEW, OLD, ways(NEW, OLD), ways("<w:drawing/>", OLD)])
def test_a_text_box_is_read_once(drawn: str) -> None:
    """Drawn for new Word, for old Word or for both, its words stand once, after the line it hangs on."""
    assert texts(read_docx(docx(p(r("line"), f"<w:r>{drawn}</w:r>") + p("after")))) == ["line", "boxed", "after"]


def test_a_text_box_in_a_text_box_is_read_once() -> None:
    """Boxes may hold boxes, tables and controls."""
    inner = text_box(p("in"), tbl(("cell",)), p(sdt(r("Orla"), tag="t")))
    document = read_docx(docx(p(text_box(p(r("out"), inner)))))
    assert texts(document) == ["", "out", "in", "Orla"]
    assert grid(document) == [["cell"]]
    assert named(document) == [("t", "Orla")]


@pytest.mark.parametrize(
    "drawn",
    [
        PICTURE,
        '<w:r><w:pict><v:shape><v:imagedata r:id="rId9"/></v:shape></w:pict></w:r>',
        '<w:r><w:drawing><w14:contentPart r:id="rId9"/></w:drawing></w:r>',
        '<w:r><w:object><v:shape/><o:OLEObject Type="Embed"/></w:object></w:r>',
    ],
)
def test_a_picture_says_that_it_is_one(drawn: str) -> None:
    """A picture, a drawing in ink or an embedded object in a cell may be a signature."""
    assert grid(read_docx(docx(tbl(("Signature", tc(p(drawn))))))) == [["Signature", "[picture]"]]


def test_the_picture_of_an_empty_picture_control_is_none() -> None:
    """A prompt may be drawn."""
    assert texts(read_docx(docx(p(sdt(PICTURE, tag="t", properties="<w:picture/><w:showingPlcHdr/>"))))) == [""]


def test_a_picture_in_a_text_box_stands_there_alone() -> None:
    """The line that the box hangs on does not say it again."""
    assert texts(read_docx(docx(p(text_box(p(PICTURE)))))) == ["", "[picture]"]


@pytest.mark.parametrize(
    ("looks", "code"),
    [("<o:signatureline/>", "has-signature-line"), ('<w:control w:name="Box1"/>', "has-activex")],
)
def test_what_only_looks_like_a_picture_is_none(looks: str, code: str) -> None:
    """A line to sign on and a control of another make are drawn by a picture; nobody signed by them."""
    drawn = f'<w:r><w:object><v:shape><v:imagedata r:id="rId9"/>{looks}</v:shape></w:object></w:r>'
    document = read_docx(docx(p(drawn)))
    assert texts(document) == [""]
    assert document.codes == (code,)
