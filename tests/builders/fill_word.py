"""Fills the content controls of a blank Word form the way Word does, by their tags."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
PART = "word/document.xml"
STAMP = (2026, 11, 13, 9, 0, 0)


def filled(blank: bytes, held: Mapping[str, str], *, keep: bool = True) -> bytes:
    """Return the blank with each named control holding its text; without ``keep`` the controls' contents alone."""
    root = etree.fromstring(part_of(blank))
    for control in list(root.iter(f"{{{W}}}sdt")):
        _fill(control, held.get(_tag(control), ""))
        if not keep:
            _unwrap(control)
    return with_part(blank, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def part_of(docx: bytes, name: str = PART) -> bytes:
    """Return one part of a Word file."""
    with zipfile.ZipFile(BytesIO(docx)) as source:
        return source.read(name)


def with_part(docx: bytes, content: bytes, name: str = PART) -> bytes:
    """Return a Word file with one part replaced."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for each in source.namelist():
            entry = zipfile.ZipInfo(each, date_time=STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content if each == name else source.read(each))
    return made.getvalue()


def _tag(control: etree._Element) -> str:
    tag = control.find(f"{{{W}}}sdtPr/{{{W}}}tag")
    return "" if tag is None else tag.get(f"{{{W}}}val", "")


def _fill(control: etree._Element, text: str) -> None:
    properties, content = control.find(f"{{{W}}}sdtPr"), control.find(f"{{{W}}}sdtContent")
    assert properties is not None
    assert content is not None
    box = properties.find(f"{{{W14}}}checkbox")
    if not text:
        return
    if box is not None:
        state = box.find(f"{{{W14}}}checked")
        assert state is not None
        state.set(f"{{{W14}}}val", "1")
    prompt = properties.find(f"{{{W}}}showingPlcHdr")
    if prompt is not None:
        properties.remove(prompt)
    for run in list(content):
        content.remove(run)
    run = etree.SubElement(content, f"{{{W}}}r")
    for number, line in enumerate("\u2612" if box is not None else part for part in text.split("\n")):
        if number:
            etree.SubElement(run, f"{{{W}}}br")
        words = etree.SubElement(run, f"{{{W}}}t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _unwrap(control: etree._Element) -> None:
    parent, content = control.getparent(), control.find(f"{{{W}}}sdtContent")
    assert parent is not None
    assert content is not None
    for piece in list(content):
        control.addprevious(piece)
    parent.remove(control)
