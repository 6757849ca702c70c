"""Everything in one big table with shaded heading rows: values to the right, below, in the cell, beside guidance."""

from benchmarks.reading.foreign.filling import Filling, box, yes_no
from benchmarks.reading.foreign.layout import drawn
from benchmarks.reading.foreign.rows import Row
from benchmarks.reading.paper.blocks import Cell, Grid, Heading, Line, Paper, bar, grid, label, wide


def everything_in_one_table(f: Filling) -> Paper:
    """Draw four columns from top to bottom, sections as dark rows."""

    def two(first: tuple[str, str], second: tuple[str, str]) -> Row:
        return label(first[0]), first[1], label(second[0]), second[1]

    def across(field: str) -> Row:
        return label(f.full(field)), Cell(f.answer(field), span=3)

    rows: list[Row] = [
        bar(f.one_of("REFERRER", "REFERRER DETAILS", "DETAILS OF REFERRER"), 4),
        two(f.own_pair("referrer.name"), f.own_pair("referrer.role")),
        two(f.own_pair("referrer.agency"), f.own_pair("referrer.phone")),
        two(f.own_pair("referrer.email"), f.pair("referral.date")),
        bar("CHILD DETAILS", 4),
    ]
    fields = ("child.name", "child.dob", "child.ethnicity", "child.gender")
    for n in range(f.count(4)):
        pairs = [(f.full(field), f.child(n, field)) for field in fields]
        rows += [
            two(*pairs[:2]),
            two(*pairs[2:]),
            (label(f.full("child.address")), Cell(f.child(n, "child.address"), span=3)),
        ]
    rows += [
        bar("INCIDENT", 4),
        two(f.pair("incident.date"), f.pair("incident.place")),
        across("incident.summary"),
        bar("CRITERIA FOR REFERRAL", 4),
        *[(Cell(wording, span=3), box(ticked)) for wording, ticked in f.criteria()],
        bar("RATIONALE", 4),
        across("referral.reason"),
        across("practice.good"),
        bar(f.one_of("QUALITY ASSURANCE BY PRSG MEMBER", "ENDORSEMENT BY PRACTICE REVIEW SUB-GROUP MEMBER"), 4),
        two(f.own_pair("qa.name"), f.own_pair("qa.agency")),
        two(f.own_pair("qa.role"), f.own_pair("qa.date")),
    ]
    title = f.one_of("Child Safeguarding Practice Review Referral", "Referral to Case Review Group")
    return Paper((Heading(title, 0), Grid(grid(*rows).rows, (3, 4, 3, 4))), footer="RESTRICTED")


def value_below(f: Filling) -> Paper:
    """Draw each label in a shaded row and the value in the row under it; people side by side the same way."""
    people = ("referrer.name", "referrer.role", "referrer.agency")
    contact = ("referrer.phone", "referrer.email")

    def below(field: str) -> list[Row]:
        return [(label(f.full(field), span=6),), wide(f.answer(field), 6)]

    def under(fields: tuple[str, ...], span: int) -> list[Row]:
        heads = tuple(label(f.own(field.split(".")[1]), span=span) for field in fields)
        return [heads, tuple(Cell(f.answer(field), span=span) for field in fields)]

    child = ("child.name", "child.dob", "child.gender", "child.ethnicity", "child.school", "child.gp")
    rows: list[Row] = [
        bar("About you", 6),
        *under(people, 2),
        *under(contact, 3),
        *below("referral.date"),
        bar("About the child / children", 6),
        tuple(label(f.full(field)) for field in child),
        *f.children(4, *child),
        bar("About the incident", 6),
        *below("incident.date"),
        *below("incident.place"),
        *below("incident.summary"),
        *below("referral.reason"),
        *below("practice.concerns"),
        bar("Sign-off by Practice Review Group representative", 6),
        *under(("qa.name", "qa.agency", "qa.date"), 2),
    ]
    return Paper(
        (
            Heading("Serious Incident Notification to the Safeguarding Children Partnership", 0, styled=False),
            grid(*rows),
        )
    )


def same_cell(f: Filling) -> Paper:
    """Draw label and value in one cell after a colon, two cells a row, long answers under their label in the cell."""

    def said(text: str, value: str) -> str:
        return f"{text.rstrip(':')}: {value}"

    def own(field: str) -> str:
        return said(*f.own_pair(field))

    def long(field: str) -> Row:
        return wide(f"{f.full(field)}\n{f.answer(field)}", 2)

    rows: list[Row] = [
        bar("Referrer", 2, shade="C6E0B4"),
        (own("referrer.name"), own("referrer.role")),
        (own("referrer.agency"), own("referrer.phone")),
        (own("referrer.email"), said(*f.pair("referral.date"))),
    ]
    for n in range(f.count(3)):
        texts = [said(f.full(x), f.child(n, x)) for x in ("child.name", "child.dob", "child.gender", "child.address")]
        rows += [bar(f"Child {n + 1}", 2, shade="C6E0B4"), (texts[0], texts[1]), (texts[2], texts[3])]
    answer, words = f.risk()
    rows += [
        bar("Incident", 2, shade="C6E0B4"),
        (said(*f.pair("incident.date")), said(*f.pair("incident.place"))),
        long("incident.summary"),
        long("referral.reason"),
        bar("Safety", 2, shade="C6E0B4"),
        wide(f"{f.full('safety.current_risk')} {yes_no(answer)}", 2),
        wide(said(f.full("risk.words"), words), 2),
        bar("Quality assurance (PRSG member)", 2, shade="C6E0B4"),
        (own("qa.name"), own("qa.agency")),
        (own("qa.role"), own("qa.date")),
    ]
    return Paper((Heading("Learning and Review Group: case referral for a practice review", 0), grid(*rows)))


def guidance_sidebar(f: Filling) -> Paper:
    """Draw question and answer with a third column of guidance, merged down each section."""

    def part(title: str, guidance: str, pairs: list[tuple[str, str]]) -> list[Row]:
        side = Cell(guidance, down=len(pairs), shade="FFF2CC")
        first, *rest = pairs
        return [bar(title, 3), (label(first[0]), first[1], side), *[(label(text), value) for text, value in rest]]

    about = [
        f.pair(x) for x in ("referrer.name", "referrer.role", "referrer.agency", "referrer.email", "referral.date")
    ]
    incident = [f.pair(x) for x in ("incident.date", "incident.place", "incident.summary", "referral.reason")]
    first = [(f.full(x), f.child(0, x)) for x in ("child.name", "child.dob", "child.address", "child.nhs_number")]
    check = [f.pair("qa.name"), f.pair("qa.date")]
    rows = [
        *part(
            "Referral",
            "Guidance: the referrer is the professional who knows the case best.\nUse a secure address.",
            about,
        ),
        *part(
            "Child", "Guidance: use one form for each child.\nThe name at birth is needed for the records check.", first
        ),
        *part(
            "Incident", "Guidance: keep to facts.\nDo not name professionals.\nSend within five working days.", incident
        ),
        *part("Check", "Guidance: a referral that is not quality assured will be returned.", check),
    ]
    return Paper(
        (
            Heading("Notification of a Serious Child Safeguarding Incident", 0),
            Line("All boxes must be completed.", small=True),
            Grid(grid(*rows).rows, (3, 4, 2)),
        ),
        footer="Approved 12/03/2025",
    )


LAYOUTS = (
    *drawn(everything_in_one_table, "docx", "pdf"),
    *drawn(value_below, "docx", "pdf"),
    *drawn(same_cell, "docx", "pdf"),
    *drawn(guidance_sidebar, "docx", "pdf"),
)
