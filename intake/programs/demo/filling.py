"""Fill a blank of ours the way an agency would, for the demo's invented mails.

Answers are named as the blank names its controls: ``FIELD[#N][=K]`` (:mod:`parsers.template`); a tick is ``True``.
"""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree
from pypdf import PdfReader, PdfWriter

Answers = Mapping[str, str | bool]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
DOCUMENT = "word/document.xml"
TICKED = "\N{BALLOT BOX WITH X}"


def docx(blank: bytes, answers: Answers) -> bytes:
    """Return the Word blank with its content controls filled."""
    target = BytesIO()
    with ZipFile(BytesIO(blank)) as source, ZipFile(target, "w", ZIP_DEFLATED) as filled:
        for name in source.namelist():
            part = source.read(name)
            filled.writestr(name, _answered(part, answers) if name == DOCUMENT else part)
    return target.getvalue()


def pdf(blank: bytes, answers: Answers) -> bytes:
    """Return the fillable PDF with its fields filled (``:`` stands for the point in a PDF field's name)."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(blank)))
    values = {name.replace(".", ":"): "/Yes" if value is True else str(value) for name, value in answers.items()}
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _answered(document: bytes, answers: Answers) -> bytes:
    root = etree.fromstring(document)
    for control in root.iter(f"{{{W}}}sdt"):
        tag = control.find(f"{{{W}}}sdtPr/{{{W}}}tag")
        answer = answers.get(tag.get(f"{{{W}}}val", "")) if tag is not None else None
        if answer is not None:
            _write(control, answer)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _write(control: etree._Element, answer: str | bool) -> None:
    """Put the answer into the control's first run, and take the mark of a placeholder off."""
    properties = control.find(f"{{{W}}}sdtPr")
    texts = list(control.iter(f"{{{W}}}t"))
    if properties is None or not texts:
        return
    for mark in properties.findall(f"{{{W}}}showingPlcHdr"):
        properties.remove(mark)
    for run in control.iter(f"{{{W}}}rPr"):
        for style in run.findall(f"{{{W}}}rStyle"):
            run.remove(style)
    checked = properties.find(f"{{{W14}}}checkbox/{{{W14}}}checked")
    if checked is not None:
        checked.set(f"{{{W14}}}val", "1")
    texts[0].text = TICKED if answer is True else str(answer)
    for text in texts[1:]:
        text.text = ""
