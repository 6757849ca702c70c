"""What hands and programs do to a filled Word form: other ticks, worn labels, tracked changes, split runs, strict."""

from collections.abc import Callable
from random import Random
from typing import Final

from lxml import etree

from tests.builders import forms
from tests.builders.fill_word import W, part_of, with_part

Change = Callable[[etree._Element, Random], None]
TICKS: Final = (
    ("\u2611", "\u2610"),
    ("\u2713", "\u2610"),
    ("[x]", "[ ]"),
    ("[X]", "[ ]"),
    ("\u2718", "\u274f"),
    ("(x)", "( )"),
)
STRICT: Final = {
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}
ALSO_ANSWERS: Final = frozenset({"PRSG member"})
"""Labels that people also give as an answer."""
_DATE: Final = "2026-11-13T09:00:00Z"


def worn(docx: bytes, change: Change, rng: Random) -> bytes:
    """Return a Word file with its body changed."""
    root = etree.fromstring(part_of(docx))
    change(root, rng)
    return with_part(docx, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _name(local: str) -> str:
    return f"{{{W}}}{local}"


def _texts(root: etree._Element) -> list[etree._Element]:
    return [each for each in root.iter(_name("t")) if (each.text or "").strip()]


def _labels() -> dict[str, tuple[str, ...]]:
    """Return each label that one field of our sheets has alone, with that field's common wordings."""
    fields = {field.name: field for field in forms.library().fields}
    asked = [q for sheet in forms.library().sheets for section in sheet.sections for q in section.questions]
    of_label = {question.label: {q.field for q in asked if q.label == question.label} for question in asked}
    alone = {label: names.pop() for label, names in of_label.items() if len(names) == 1 and label not in ALSO_ANSWERS}
    return {label: fields[name].labels for label, name in alone.items()}


def _in_header(text: etree._Element) -> bool:
    """Tell a column's head in the family's or the agencies' table, worded like labels elsewhere."""
    row = next(text.iterancestors(_name("tr")), None)
    said = set() if row is None else {each.text for each in row.iter(_name("t"))}
    return bool(said & {"Relationship", "Worker"})


def other_ticks(root: etree._Element, rng: Random) -> None:
    """Draw ticks and boxes in another way, the same all over the form."""
    on, off = rng.choice(TICKS)
    for text in _texts(root):
        text.text = (text.text or "").replace("\u2612", on).replace("\u2610", off)


def worn_labels(root: etree._Element, rng: Random) -> None:
    """Set labels in capitals, with a colon, a star, a number or other blanks and dashes."""
    wear = rng.choice((str.upper, "{}:".format, "{}*".format, "{} ".format, lambda text: text.replace(" ", "\u00a0")))
    known = _labels()
    for text in _texts(root):
        if text.text in known and not _in_header(text):
            text.text = wear(text.text)


def reworded_labels(root: etree._Element, rng: Random) -> None:
    """Word some labels as other forms do."""
    known = _labels()
    for text in _texts(root):
        others = known.get(text.text or "", ())
        if others and not _in_header(text) and rng.random() < 0.3:
            text.text = rng.choice(others)


def _answers(root: etree._Element) -> list[etree._Element]:
    """Return the runs of answers: in a table's cell behind the first, holding no words of the form itself."""
    own = {*_labels(), *forms.library().empty_prompts}
    found = []
    for cell in root.iter(_name("tc")):
        runs = [run for run in cell.iter(_name("r")) if run.find(_name("t")) is not None]
        if len(runs) == 1 and cell.getprevious() is not None and runs[0].findtext(_name("t")) not in own:
            found += runs
    return found


def tracked(root: etree._Element, rng: Random) -> None:
    """Insert some answers by tracked change, in place of deleted ones."""
    for run in _answers(root):
        if rng.random() < 0.4:
            inserted = etree.Element(_name("ins"), {_name("id"): "9", _name("author"): "Orla", _name("date"): _DATE})
            run.addprevious(inserted)
            inserted.append(run)
            deleted = etree.Element(_name("del"), {_name("id"): "8", _name("author"): "Orla", _name("date"): _DATE})
            old = etree.SubElement(etree.SubElement(deleted, _name("r")), _name("delText"))
            old.text = "not this"
            inserted.addprevious(deleted)


def struck(root: etree._Element, rng: Random) -> None:
    """Strike some answers out, the right one behind them."""
    for run in _answers(root):
        if rng.random() < 0.4:
            old = etree.Element(_name("r"))
            etree.SubElement(etree.SubElement(old, _name("rPr")), _name("strike"))
            etree.SubElement(old, _name("t")).text = "not this"
            run.addprevious(old)


def split_runs(root: etree._Element, rng: Random) -> None:
    """Part words into many runs, as spell checkers and revisions do."""
    for text in _texts(root):
        words, run = text.text or "", text.getparent()
        if run is None or run.tag != _name("r") or len(words) < 4 or len(run.findall(_name("t"))) > 1:
            continue
        at = rng.randint(1, len(words) - 1)
        text.text = words[:at]
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        rest = etree.Element(_name("r"))
        piece = etree.SubElement(rest, _name("t"))
        piece.text = words[at:]
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.addnext(rest)


def strict(docx: bytes) -> bytes:
    """Return the file as strict OOXML (ISO 29500-1): other namespaces in its parts."""
    for name in ("word/document.xml", "_rels/.rels", "word/_rels/document.xml.rels"):
        content = part_of(docx, name)
        for loose, firm in STRICT.items():
            content = content.replace(loose, firm)
        docx = with_part(docx, content, name)
    return docx
