"""Drawn boxes, a printed web form, people as columns, cards."""

from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from benchmarks.reading.foreign.filling import Filling
from benchmarks.reading.foreign.layout import drawn
from benchmarks.reading.foreign.rows import Row, questions
from benchmarks.reading.paper.blocks import Beside, Block, Cell, Grid, Heading, Paper, grid, label

EDGE, LEADING = 45.0, 12.0
INSIDE = A4[0] - 2 * EDGE
INCIDENT = ("incident.date", "incident.place", "incident.summary", "referral.reason")
PERSON = ("name", "role", "agency", "phone", "email")


class _Sheet:
    """Pages drawn from top to bottom."""

    def __init__(self) -> None:
        self._made = BytesIO()
        self.canvas: Any = Canvas(self._made, pagesize=A4, invariant=1)
        self.y: float = A4[1] - EDGE

    def room(self, height: float) -> float:
        """Move down by this height, to a new page where it does not fit; return the bottom reached."""
        if self.y - height < EDGE:
            self.canvas.showPage()
            self.y = A4[1] - EDGE
        self.y -= height
        return self.y

    def lines(self, x: float, top: float, lines: list[str], *, font: str = "Helvetica", size: float = 9.5) -> None:
        self.canvas.setFont(font, size)
        for number, line in enumerate(lines):
            self.canvas.drawString(x, top - number * LEADING, line)

    def title(self, text: str, size: float = 10.5) -> None:
        """Draw a bold line with room above."""
        self.lines(EDGE, self.room(24) + 6, [text], font="Helvetica-Bold", size=size)

    def done(self) -> bytes:
        self.canvas.save()
        return self._made.getvalue()


def corner_labels(f: Filling) -> bytes:
    """Draw ruled boxes side by side, each with its label in small print in its top left corner."""
    sheet = _Sheet()

    def boxes(*pairs: tuple[str, str]) -> None:
        width = INSIDE / len(pairs)
        texts = [simpleSplit(value, "Helvetica", 9.5, width - 12) or [""] for _, value in pairs]
        height = 18 + LEADING * max(map(len, texts))
        bottom = sheet.room(height)
        for number, ((text, _), lines) in enumerate(zip(pairs, texts, strict=True)):
            x = EDGE + number * width
            sheet.canvas.rect(x, bottom, width, height)
            sheet.lines(x + 4, bottom + height - 9, [text], size=6.5)
            sheet.lines(x + 6, bottom + height - 21, lines)

    sheet.title("Safeguarding Children Partnership - Rapid Review Referral", 14)
    sheet.title("A. Referrer")
    for parts in (PERSON[:2], PERSON[2:3], PERSON[3:]):
        boxes(*[f.own_pair(f"referrer.{part}") for part in parts])
    boxes(f.pair("referral.date"))
    for n in range(f.count(3)):
        sheet.title(f"B. Child {n + 1}")
        for fields in (("name", "dob"), ("gender", "ethnicity", "nhs_number"), ("address",), ("school", "gp")):
            boxes(*[(f.full(f"child.{x}"), f.child(n, f"child.{x}")) for x in fields])
    sheet.title("C. Incident")
    boxes(f.pair("incident.date"), f.pair("incident.date_aware"))
    for field in ("incident.place", "incident.summary", "referral.reason", "practice.concerns"):
        boxes(f.pair(field))
    sheet.title("D. Quality assurance by Practice Review Group member")
    boxes(*[f.own_pair(f"qa.{part}") for part in ("name", "agency", "date")])
    return sheet.done()


def printed_web_form(f: Filling) -> bytes:
    """Draw an online form's printout: grey bands, labels set to the right, values after them, no rules."""
    sheet = _Sheet()
    middle = EDGE + 250

    def band(text: str) -> None:
        bottom = sheet.room(26)
        sheet.canvas.setFillGray(0.88)
        sheet.canvas.rect(EDGE, bottom, INSIDE, 16, stroke=0, fill=1)
        sheet.canvas.setFillGray(0)
        sheet.lines(EDGE + 4, bottom + 5, [text], font="Helvetica-Bold")

    def said(text: str, value: str) -> None:
        values = simpleSplit(value, "Helvetica", 9.5, A4[0] - EDGE - middle) or [""]
        top = sheet.room(LEADING * len(values) + 4) + LEADING * len(values) - 6
        sheet.lines(
            middle - 8 - sheet.canvas.stringWidth(text, "Helvetica-Bold", 9.5), top, [text], font="Helvetica-Bold"
        )
        sheet.lines(middle, top, values)

    sheet.title("Case referral for a local child safeguarding practice review", 14)
    sheet.lines(EDGE, sheet.room(14), [f"Form reference LCSPR-{f.rng.randint(1000, 9999)}"], size=8)
    band("Your details (person making the referral)")
    for part in PERSON:
        said(*f.own_pair(f"referrer.{part}"))
    said(*f.pair("referral.date"))
    for n in range(f.count(4)):
        band(f"Child {n + 1}")
        for field in ("child.name", "child.dob", "child.gender", "child.language", "child.address"):
            said(f.full(field), f.child(n, field))
    band("The incident")
    for field in (*INCIDENT, "practice.good"):
        said(*f.pair(field))
    return sheet.done()


def people_as_columns(f: Filling) -> Paper:
    """Draw referrer, safeguarding lead and sub-group member as the columns of one table, children's cards below."""
    people = ("Referrer", "Safeguarding lead consulted", "Quality assurance (PRSG member)")
    held = [tuple(f"{who}.{part}" for who in ("referrer", "lead", "qa")) for part in PERSON]
    held.append(("referral.date", "lead.date", "qa.date"))
    texts = (*(f.own(part) for part in PERSON), "Date of referral / discussion / quality assurance")
    rows: list[Row] = [
        (label(text, shade="D5DCE4"), *(f.answer(field) for field in fields))
        for text, fields in zip(texts, held, strict=True)
    ]
    cards = [_card(f, n) for n in range(f.count(4))]
    pairs: list[Block] = [Beside(*two) for two in zip(cards[::2], cards[1::2], strict=False)]
    return Paper(
        (
            Heading("Referral for Consideration of a Rapid Review / Local Practice Review", 0),
            grid(tuple(label(text, shade="D5DCE4") for text in ("", *people)), *rows, widths=(4, 8, 5, 5)),
            *pairs,
            *cards[len(cards) // 2 * 2 :],
            Heading("Incident and referral"),
            grid(*questions(f, *INCIDENT, "referral.late_reason"), widths=(1, 3)),
        ),
        header="OFFICIAL-SENSITIVE",
    )


def _card(f: Filling, n: int) -> Grid:
    fields = ("child.name", "child.dob", "child.gender", "child.legal_status", "child.address")
    return grid(
        (Cell(f"Child {n + 1}", span=2, shade="D5DCE4", bold=True),),
        *[(label(f.full(field), shade=""), f.child(n, field)) for field in fields],
    )


LAYOUTS = (
    *drawn(corner_labels, "pdf"),
    *drawn(printed_web_form, "pdf"),
    *drawn(people_as_columns, "docx", "pdf"),
)
