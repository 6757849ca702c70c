"""A form tool's receipt, pasted tables, a list, a letter."""

from html import escape
from itertools import count

from benchmarks.reading.foreign.filling import Filling, box
from benchmarks.reading.foreign.layout import drawn
from benchmarks.reading.paper.blocks import Block, Grid, Heading, Line, Paper, grid

PERSON = ("name", "role", "agency", "phone", "email")
ENDORSED = ("name", "agency", "date")


def online_receipt(f: Filling) -> bytes:
    """Draw the mail an online form sends: a question in a shaded row, its answer in the row under it, footers."""
    rows: list[str] = []

    def section(title: str) -> None:
        rows.append(f'<tr><td style="padding:14px 5px 4px"><h3>{escape(title)}</h3></td></tr>')

    def said(text: str, value: str) -> None:
        shown = escape(value).replace("\n", "<br>")
        rows.append(f'<tr bgcolor="#EAF2FA"><td style="padding:5px"><strong>{escape(text)}</strong></td></tr>')
        rows.append(f'<tr bgcolor="#FFFFFF"><td style="padding:5px 5px 5px 20px">{shown or "&nbsp;"}</td></tr>')

    section("Details of the referrer")
    for part in PERSON:
        said(*f.own_pair(f"referrer.{part}"))
    said(*f.pair("referral.date"))
    for n in range(f.count(4)):
        section(f"Child {n + 1}")
        for field in ("child.name", "child.dob", "child.ethnicity", "child.address", "child.gp"):
            said(f.full(field), f.child(n, field))
    section("Details of the incident")
    for field in ("incident.date", "incident.date_aware", "incident.place", "incident.summary"):
        said(*f.pair(field))
    section("Details of the referral")
    for field in ("referral.reason", "practice.concerns"):
        said(*f.pair(field))
    reference = f"CSPR{f.rng.randint(100, 999)}"
    return (
        "<html><head><style>td{font-family:sans-serif;font-size:12px}</style></head><body>"
        "<p>A new response to <em>Child Safeguarding Practice Review referral form</em> has been submitted.</p>"
        f'<p>Reference: {reference}</p><table width="99%" cellpadding="1" cellspacing="0">{"".join(rows)}</table>'
        "<p>This is an automatic message. Please do not reply.</p></body></html>"
    ).encode()


def tables_as_tabs(f: Filling) -> bytes:
    """Draw the form's tables as plain text makes them: cells parted by tabs, children in rows under their heads."""
    lines = ["Good afternoon,", "", "Word version is blocked by our system so I have copied it in below.", ""]

    def row(*cells: str) -> None:
        lines.append("\t".join(cells))

    def section(title: str) -> None:
        lines.extend(("", title, ""))

    lines.append("REFERRAL FOR A CHILD SAFEGUARDING PRACTICE REVIEW")
    section("Section A: Referrer")
    for part in PERSON:
        row(*f.own_pair(f"referrer.{part}"))
    row(*f.pair("referral.date"))
    section("Section B: Child / children")
    fields = ("child.name", "child.dob", "child.gender", "child.nhs_number")
    row(*(f.full(field) for field in fields))
    for each in f.children(4, *fields):
        row(*each)
    section("Section C: Incident")
    for field in ("incident.date", "incident.place", "incident.summary", "referral.reason"):
        row(*f.pair(field))
    section("Section D: Quality assurance by Practice Review Group member")
    for part in ENDORSED:
        row(*f.own_pair(f"qa.{part}"))
    return "\n".join((*lines, "", "Regards", "")).encode()


def numbered_list(f: Filling) -> bytes:
    """Draw a numbered list running through the mail, a dash between question and answer."""
    lines = ["Hi all", "", "SERIOUS INCIDENT NOTIFICATION / REQUEST FOR RAPID REVIEW", ""]
    dash = f.one_of(" - ", " \N{EN DASH} ")

    numbers = count(1)

    def said(text: str, value: str) -> None:
        lines.append(f"{next(numbers)}. {text.rstrip(':')}{dash}{' '.join(value.split())}")

    for field in (*(f"referrer.{part}" for part in PERSON), "referral.date"):
        said(*f.pair(field))
    for field in ("child.name", "child.dob", "child.address", "child.legal_status"):
        said(f.full(field), f.child(0, field))
    for field in ("incident.date", "incident.place", "incident.summary", "referral.reason", "practice.good"):
        said(*f.pair(field))
    said(*f.pair("qa.name"))
    said(*f.pair("qa.date"))
    return "\n".join((*lines, "", "Thanks", "", "Sent from my phone", "")).encode()


def formal_letter(f: Filling) -> Paper:
    """Draw a letter: pairs in tables without rules, headed paragraphs, the writer's details under the signature."""

    def bare(*pairs: tuple[str, str]) -> Grid:
        return grid(*pairs, widths=(1, 2), lined=False)

    blocks: list[Block] = [
        Line("Chair of the Practice Review Group\nSafeguarding Children Partnership"),
        bare(f.pair("referral.date")),
        Line("Dear Chair,"),
        Heading("Referral of a serious incident for consideration of a rapid review", 1, styled=False),
        Line("I am writing to refer the case below, which in my agency's view meets the criteria."),
        Heading("The child", 2, styled=False),
    ]
    fields = ("child.name", "child.dob", "child.dod", "child.address", "child.school", "child.gp")
    blocks.append(bare(*[(f.full(field), f.child(0, field)) for field in fields]))
    blocks.append(Heading("The incident", 2, styled=False))
    blocks.append(bare(f.pair("incident.date"), f.pair("incident.place")))
    for field in ("incident.summary", "referral.reason", "practice.good"):
        blocks += [Line(f.full(field), bold=True), Line(f.answer(field))]
    blocks.append(Line(f.one_of("Which criterion is met?", "Criteria met"), bold=True))
    blocks += [Line(f"{box(ticked)} {wording}") for wording, ticked in f.criteria()]
    blocks.append(Line("Yours sincerely,"))
    blocks.append(Heading("Referrer", 2, styled=False))
    blocks.append(bare(*[f.own_pair(f"referrer.{part}") for part in PERSON]))
    blocks.append(Heading("Endorsed by Practice Review Group member", 2, styled=False))
    blocks.append(bare(*[f.own_pair(f"qa.{part}") for part in ENDORSED]))
    return Paper(tuple(blocks), header="Private and confidential")


LAYOUTS = (
    *drawn(online_receipt, "html"),
    *drawn(tables_as_tabs, "text"),
    *drawn(numbered_list, "text"),
    *drawn(formal_letter, "docx", "pdf"),
)
