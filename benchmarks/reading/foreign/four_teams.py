"""Plain referrals as four teams lay them out: a hospital, a probation office, a housing association, a council."""

import re
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from benchmarks.reading.foreign.filling import Filling, box
from benchmarks.reading.foreign.four_wordings import COUNCIL, FIELDS, HOSPITAL, HOUSING, PROBATION
from benchmarks.reading.foreign.layout import drawn
from benchmarks.reading.paper.blocks import Block, Heading, Line, Paper, grid, label

LONG = re.compile(r"summary|reason|practice|words|statement")
STATUS = [(status, False) for status in ("CP plan", "Child in need", "Looked after", "None", "Not known")]
WIDTH, EVERY = A4[0] - 90, ("GRID", (0, 0), (-1, -1), 0.5, "black")
TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=8.5, leading=10.5)
HEAD = ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=11, spaceBefore=9, spaceAfter=4, keepWithNext=1)
SPACES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
SPACES += 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


@dataclass(frozen=True)
class Asked:
    """One question as filled in, with its options where it offers some."""

    field: str
    label: str
    text: str
    options: list[tuple[str, bool]]


def _asked(f: Filling, field: str, text: str, number: int) -> Asked:
    """Return the question with this label as the case answers it, a child's for the child of this number."""
    choices = {"referral.criteria": f.criteria, "incident.harm": f.harm, "parallel.processes": f.parallel}
    if field in choices or field == "risk":
        options = choices[field]() if field in choices else [(word, word == f.risk()[0]) for word in ("Yes", "No")]
        return Asked(field, text, "\n".join(wording for wording, chosen in options if chosen), options)
    if field == "risk.words":
        return Asked(field, text, f.risk()[1], [])
    return Asked(field, text, f.child(number, field) if field.startswith("child.") else f.answer(field), [])


def _sections(f: Filling, form: str) -> list[tuple[str, list[Asked], list[tuple[str, ...]]]]:
    """Return each section's title with its questions, or with its people in rows under their heads."""
    found: list[tuple[str, list[Asked], list[tuple[str, ...]]]] = []
    for head, labels in re.findall(r"^(\w+ = .*)\n((?:(?!\w+ = ).+\n?)+)", form, re.MULTILINE):
        key, title = head.split(" = ")
        if key in {"family", "agencies"}:
            people = f.family() if key == "family" else f.agencies()
            found.append((title, [], [tuple(labels.strip().split(", ")), *people]))
            continue
        pairs = list(zip(FIELDS[key].split(), re.split(r" \| |\n", labels.strip()), strict=True))
        for n in range(f.count(4) if key == "child" else 1):
            name = f"{title} {n + 1}" if key == "child" else title
            found.append((name, [_asked(f, field, text, n) for field, text in pairs], []))
    return found


def _ruled(cells: list[list[str]], widths: list[float], *ruled: tuple[object, ...]) -> Table:
    """Return a drawn table of these texts with these of its cells ruled."""
    rows = [[Paragraph(escape(text).replace("\n", "<br/>"), TEXT) for text in row] for row in cells]
    return Table(rows, widths, style=[*ruled, ("VALIGN", (0, 0), (-1, -1), "TOP")], spaceAfter=5)


def hospital_boxes(f: Filling) -> bytes:
    """Draw boxes right of their short labels, wide boxes with the label inside, and small squares to cross."""
    parts: list[Any] = [Paragraph("Fable Hospitals: referral of a case to the Practice Review Group", HEAD)]
    for title, questions, people in _sections(f, HOSPITAL):
        parts.append(Paragraph(title, HEAD))
        if people:
            heads = people[0]
            parts.append(
                _ruled([[*row] for row in (*people, ("",) * len(heads))], [WIDTH / len(heads)] * len(heads), EVERY)
            )
            continue
        short = [part for q in questions if not q.options and not LONG.search(q.field) for part in (q.label, q.text)]
        rows = [[*short[at : at + 4], "", ""][:4] for at in range(0, len(short), 4)]
        columns = [("GRID", (at, 0), (at, -1), 0.5, "black") for at in (1, 3)]
        last = [("SPAN", (1, -1), (3, -1)), ("BOX", (1, -1), (3, -1), 0.5, "black")] if len(short) % 4 else []
        parts.append(_ruled(rows, [76, WIDTH / 2 - 76] * 2, *columns, *last))
        for q in questions:
            if q.options:
                squares = [["X" if chosen else "", wording] for wording, chosen in q.options]
                parts += [
                    _ruled([[q.label]], [WIDTH]),
                    _ruled(squares, [18, WIDTH - 18], ("GRID", (0, 0), (0, -1), 0.5, "black")),
                ]
            elif LONG.search(q.field):
                parts.append(_ruled([[f"{q.label}\n{q.text}"]], [WIDTH], EVERY))
    made = BytesIO()
    SimpleDocTemplate(made, leftMargin=39, rightMargin=39, invariant=1).build(parts)
    return made.getvalue()


def probation_print(f: Filling) -> Paper:
    """Draw headings, a line for each short label and its answer, a heading and a paragraph for each long one."""
    blocks: list[Block] = [Heading("Child practice review: referral form", 0)]
    for title, questions, people in _sections(f, PROBATION):
        for n, row in enumerate(people[1:], 1):
            lines = [Line(f"{head}: {cell}") for head, cell in zip(people[0], row, strict=True)]
            blocks += [Heading(f"{title} {n}"), *lines]
        blocks += [Heading(title)] if questions else []
        for q in sorted(questions, key=lambda q: bool(LONG.search(q.field))):
            told = [Line(q.label, bold=True), Line(q.text)]
            answer = "; ".join(q.text.split("\n")) if q.options else q.text
            blocks += told if LONG.search(q.field) else [Line(f"{q.label}: {answer}")]
    return Paper(tuple(blocks))


def _control(kind: str, text: str, prompt: str = "Click or tap here to enter text.") -> str:
    """Return a content control with its text, or with its prompt."""
    lines = "<w:br/>".join(f"<w:t>{escape(line)}</w:t>" for line in (text or prompt).split("\n"))
    kind = kind if text else f"<w:showingPlcHdr/>{kind}"
    return f"<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent><w:r>{lines}</w:r></w:sdtContent></w:sdt>"


def _filled(q: Asked) -> str:
    """Return the control that fits the question: boxes to tick, a list to choose from, a date picker, or text."""
    if q.field in {"incident.harm", "parallel.processes"}:
        checks = [
            (f'<w14:checkbox><w14:checked w14:val="{chosen:d}"/></w14:checkbox>', *o)
            for o in q.options
            for chosen in o[1:]
        ]
        return "</w:p><w:p>".join(
            f'{_control(kind, box(chosen))}<w:r><w:t xml:space="preserve"> {escape(said)}</w:t></w:r>'
            for kind, said, chosen in checks
        )
    if offered := STATUS if q.field == "child.legal_status" else q.options:
        items = "".join(f'<w:listItem w:displayText="{escape(said)}" w:value="{escape(said)}"/>' for said, _ in offered)
        return _control(f"<w:dropDownList>{items}</w:dropDownList>", q.text, "Choose an item.")
    if re.search(r"date|do[bd]", q.field):
        return _control("<w:date/>", q.text, "Click or tap to enter a date.")
    return _control('<w:text w:multiLine="1"/>', q.text)


def housing_controls(f: Filling) -> bytes:
    """Draw a Word form: in each section's table questions left and content controls right, people in rows."""
    made, document = BytesIO(), Document()
    document.add_heading("Made Up Homes: referring a case for practice review", 1)
    for title, questions, people in _sections(f, HOUSING):
        rows = [[f"<w:r><w:t>{q.label}</w:t></w:r>", _filled(q)] for q in questions]
        rows += [[f"<w:r><w:t>{head}</w:t></w:r>" for head in row] for row in people[:1]]
        rows += [[_control("<w:text/>", cell) for cell in row] for row in people[1:]]
        lines = ("".join(f"<w:tc><w:p>{cell}</w:p></w:tc>" for cell in row) for row in rows)
        table = "".join(f"<w:tr>{line}</w:tr>" for line in lines)
        style = '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/></w:tblPr>'
        columns = f'<w:gridCol w:w="{9000 // len(rows[0])}"/>' * len(rows[0])
        document.add_heading(title, 2)
        made_table = parse_xml(f"<w:tbl {SPACES}>{style}<w:tblGrid>{columns}</w:tblGrid>{table}</w:tbl>")
        document.element.body[-1].addprevious(made_table)
    document.save(made)
    return made.getvalue()


def council_table_mail(f: Filling) -> Paper:
    """Draw a web form as it is mailed on: tables of questions and answers, only what was ticked, people in rows."""
    blocks: list[Block] = [Line("A practice review referral has been submitted through the website.")]
    for title, questions, people in _sections(f, COUNCIL):
        rows = [(label(q.label, shade=""), q.text) for q in questions]
        blocks += [Heading(title), grid(*rows, *people)]
    return Paper(tuple(blocks))


LAYOUTS = tuple(
    layout
    for draw, kind in (
        (hospital_boxes, "pdf"),
        (probation_print, "pdf"),
        (housing_controls, "docx"),
        (council_table_mail, "html"),
    )
    for layout in drawn(draw, kind)
)
