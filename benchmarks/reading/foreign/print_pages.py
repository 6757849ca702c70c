"""No tables: tab stops, dotted lines, drawn columns."""

from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from benchmarks.reading.foreign.filling import Filling
from benchmarks.reading.foreign.layout import drawn
from benchmarks.reading.paper.blocks import Block, Heading, Line, Paper


def tabbed_lines(f: Filling) -> Paper:
    """Draw label, tab stops, value; sections in bold; long answers under their label."""
    blocks: list[Block] = [Heading("Referral to the Safeguarding Children Practice Review Group", 0, styled=False)]

    def section(title: str) -> None:
        blocks.append(Line(title, bold=True))

    def said(text: str, value: str) -> None:
        blocks.append(Line(text + "\t" * (2 if len(text) > 20 else 3) + value))

    section("Referrer")
    for part in ("name", "role", "agency", "phone", "email"):
        said(*f.own_pair(f"referrer.{part}"))
    said(*f.pair("referral.date"))
    section("Child")
    for field in ("child.name", "child.dob", "child.gender", "child.ethnicity", "child.address"):
        said(f.full(field), f.child(0, field))
    section("Incident")
    for field in ("incident.date", "incident.place"):
        said(*f.pair(field))
    for field in ("incident.summary", "referral.reason"):
        blocks += [Line(f.full(field), bold=True), Line(f.answer(field))]
    section("Quality assurance by PRSG member")
    for part in ("name", "agency", "date"):
        said(*f.own_pair(f"qa.{part}"))
    return Paper(tuple(blocks))


class _Page:
    """A page drawn line by line, top to bottom."""

    def __init__(self) -> None:
        self.made = BytesIO()
        self.canvas: Any = Canvas(self.made, pagesize=A4, invariant=1)
        self.y = A4[1] - 60.0

    def text(self, x: float, text: str, *, bold: bool = False) -> None:
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", 9)
        self.canvas.drawString(x, self.y, text)

    def down(self, step: float = 14) -> None:
        self.y -= step
        if self.y < 60:
            self.canvas.showPage()
            self.y = A4[1] - 60

    def line(self, text: str, *, bold: bool = False) -> None:
        self.down(6 if bold else 0)
        self.text(50, text, bold=bold)
        self.down()

    def long(self, x: float, text: str) -> None:
        for line in simpleSplit(text, "Helvetica", 9, A4[0] - 50 - x) or [""]:
            self.text(x, line)
            self.down()

    def done(self) -> bytes:
        self.canvas.save()
        return self.made.getvalue()


def dotted_print(f: Filling) -> bytes:
    """Draw label, a dotted line, and the value standing on it."""
    page = _Page()

    def said(text: str, value: str) -> None:
        start = page.canvas.stringWidth(text, "Helvetica", 9) + 58
        page.text(50, text)
        page.canvas.setDash(1, 2)
        page.canvas.line(start, page.y - 2, A4[0] - 50, page.y - 2)
        page.long(start + 4, value)

    page.line("SAFEGUARDING CHILDREN BOARD - PRACTICE REVIEW REFERRAL", bold=True)
    page.line("Referrer", bold=True)
    for part in ("name", "role", "agency", "phone", "email"):
        said(*f.own_pair(f"referrer.{part}"))
    said(*f.pair("referral.date"))
    page.line("Child", bold=True)
    for field in ("child.name", "child.dob", "child.address"):
        said(f.full(field), f.child(0, field))
    page.line("Incident", bold=True)
    for field in ("incident.date", "incident.place"):
        said(*f.pair(field))
    for field in ("incident.summary", "referral.reason"):
        page.line(f.full(field), bold=True)
        page.long(50, f.answer(field))
    page.line("Quality assurance by PRSG member", bold=True)
    for part in ("name", "agency", "date"):
        said(*f.own_pair(f"qa.{part}"))
    return page.done()


def columns_print(f: Filling) -> bytes:
    """Draw two pairs a row by position alone, without rules; children in aligned columns under their heads."""
    page = _Page()

    def pairs(*given: tuple[str, str]) -> None:
        for x, (text, value) in zip((50, 305), given, strict=False):
            page.text(x, text, bold=True)
            page.text(x + 130, value)
        page.down()

    def own(part: str) -> tuple[str, str]:
        return f.own_pair(f"referrer.{part}")

    page.line("Practice Review Referral Form", bold=True)
    page.line("Referrer", bold=True)
    pairs(own("name"), own("phone"))
    pairs(own("role"))
    pairs(own("agency"))
    pairs(own("email"))
    pairs((f.full("referral.date"), f.answer("referral.date")))
    page.line("Child details", bold=True)
    fields = ("child.name", "child.dob", "child.gender", "child.nhs_number")
    for x, field in zip((50, 200, 330, 430), fields, strict=True):
        page.text(x, f.full(field), bold=True)
    page.down()
    for row in f.children(4, *fields):
        for x, value in zip((50, 200, 330, 430), row, strict=True):
            page.text(x, value)
        page.down()
    page.line("Incident", bold=True)
    for field in ("incident.date", "incident.place", "incident.summary", "referral.reason"):
        page.line(f.full(field), bold=True)
        page.long(50, f.answer(field))
    page.line("Quality assurance by PRSG member", bold=True)
    pairs((f.own("name"), f.answer("qa.name")), (f.own("date"), f.answer("qa.date")))
    pairs((f.own("agency"), f.answer("qa.agency")))
    return page.done()


LAYOUTS = (
    *drawn(tabbed_lines, "docx"),
    *drawn(dotted_print, "pdf"),
    *drawn(columns_print, "pdf"),
)
