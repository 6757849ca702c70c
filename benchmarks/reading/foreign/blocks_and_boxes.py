"""Blocks for each child, tables in tables, text boxes, content controls, names in two parts."""

from benchmarks.reading.foreign.filling import Filling, box, yes_no
from benchmarks.reading.foreign.layout import drawn
from benchmarks.reading.foreign.rows import children_in_rows, person, questions
from benchmarks.reading.paper.blocks import (
    Block,
    Cell,
    Framed,
    Grid,
    Heading,
    Line,
    Paper,
    bar,
    controlled,
    grid,
    label,
)


def repeated_children(f: Filling) -> Paper:
    """Draw a table for each child under its own heading, siblings' tables among the family after them."""
    fields = (
        "child.name",
        "child.aka",
        "child.dob",
        "child.dod",
        "child.gender",
        "child.ethnicity",
        "child.disability",
        "child.address",
        "child.nhs_number",
        "child.school",
        "child.gp",
    )
    blocks: list[Block] = [
        Heading("Local Child Safeguarding Practice Review: referral", 0),
        Line("Part one is for the referrer. Part two is for the sub-group's member.", small=True),
        Heading(f.one_of("Referring professional", "Referrer's details", "Details of referring professional")),
        grid(*person(f, "referrer", "name", "role", "agency", "phone", "email")),
        grid((label(f.full("referral.date")), f.answer("referral.date"))),
    ]
    for n in range(f.count(3)):
        blocks.append(Heading(f"Child {n + 1}", 2))
        blocks.append(grid(*[(label(f.full(field)), f.child(n, field)) for field in fields], widths=(1, 2)))
    blocks.append(Heading("Parents, carers and significant others"))
    blocks.append(grid(tuple(map(label, ("Name", "Relationship to child", "Date of birth", "Address"))), *f.family()))
    blocks.append(Heading("Details of the incident"))
    incident = ("incident.date", "incident.place", "incident.summary", "referral.reason")
    blocks.append(grid(*[(label(f.full(field)), f.answer(field)) for field in incident], widths=(1, 2)))
    blocks.append(Heading("Chronology of key dates"))
    blocks.append(grid((label("Date"), label("Event")), ("02/02/2026", "Home visit by the health visitor"), ("", "")))
    blocks.append(Heading("Quality assurance by sub-group member"))
    blocks.append(grid(*person(f, "qa", "name", "role", "agency", "date")))
    return Paper(tuple(blocks), header="OFFICIAL-SENSITIVE: PERSONAL", footer="Updated 30/09/2025")


def nested(f: Filling) -> Paper:
    """Draw a frame table whose right cells hold the tables of each part."""
    referrer = grid(*person(f, "referrer", "name", "role", "agency", "email"))
    fields = ("child.name", "child.dob", "child.gender", "child.address")
    children = grid(*children_in_rows(f, 4, *fields))
    incident = grid(*questions(f, "incident.date", "incident.place", "incident.date_aware"))
    endorsed = grid(*person(f, "qa", "name", "agency", "date"))
    frame: list[tuple[Cell | str, ...]] = [
        (label("1. Referrer", shade="DEEAF6"), Cell("", inside=referrer)),
        (label("2. Children", shade="DEEAF6"), Cell("", inside=children)),
        (label("3. Incident", shade="DEEAF6"), Cell("", inside=incident)),
        (label(f"4. {f.full('incident.summary')}", shade="DEEAF6"), f.answer("incident.summary")),
        (label(f"5. {f.full('referral.reason')}", shade="DEEAF6"), f.answer("referral.reason")),
        (label("6. Quality assurance by Practice Review Group member", shade="DEEAF6"), Cell("", inside=endorsed)),
    ]
    return Paper(
        (Heading("Serious Child Safeguarding Case: Referral to Partnership", 0), Grid(grid(*frame).rows, (1, 4)))
    )


def text_boxes(f: Filling) -> Paper:
    """Draw the referrer and the long answers in text boxes, the rest in plain tables."""
    about = [f.own_pair(f"referrer.{part}") for part in ("name", "role", "agency", "phone", "email")]
    fields = ("child.name", "child.dob", "child.ethnicity", "child.school")
    return Paper(
        (
            Heading("Practice Review Referral", 0),
            Heading("Referrer"),
            Framed(tuple(f"{text.rstrip(':')}: {value}" for text, value in about)),
            Heading("Child(ren)"),
            grid(*children_in_rows(f, 4, *fields)),
            Heading("Incident"),
            grid((label(f.full("incident.date")), f.answer("incident.date"))),
            grid((label(f.full("incident.place")), f.answer("incident.place"))),
            Line(f.full("incident.summary"), bold=True),
            Framed((f.answer("incident.summary"),)),
            Line(f.full("referral.reason"), bold=True),
            Framed((f.answer("referral.reason"),)),
            Heading("PRSG member's quality assurance"),
            Framed(
                tuple(f"{t.rstrip(':')}: {v}" for t, v in (f.own_pair(f"qa.{p}") for p in ("name", "agency", "date")))
            ),
        )
    )


def controls(f: Filling) -> Paper:
    """Draw answers in content controls without names; a blank one shows the prompt."""

    def row(text: str, value: str) -> tuple[Cell, Cell]:
        return label(text), controlled(value)

    answer, words = f.risk()
    count = f.count(4)
    children = [
        (row(f.full("child.name"), f.child(n, "child.name")) + row(f.full("child.dob"), f.child(n, "child.dob")))
        for n in range(count)
    ]
    referrer = [f.own_pair(f"referrer.{part}") for part in ("name", "role", "agency", "phone", "email")]
    incident = ("incident.date", "incident.date_aware", "incident.place", "incident.summary", "referral.reason")
    return Paper(
        (
            Heading("Rapid Review: notification by an agency", 0),
            Heading(f.one_of("Who is notifying?", "Notifying professional", "Referrer information"), 2),
            grid(*[row(text, value) for text, value in referrer], row(*f.pair("referral.date"))),
            Heading("Child / children", 2),
            grid(*children),
            Heading("Incident", 2),
            grid(*[row(f.full(field), f.answer(field)) for field in incident], widths=(1, 2)),
            Heading("Current safety", 2),
            grid((label(f.full("safety.current_risk")), yes_no(answer)), row(f.full("risk.words"), words)),
            Heading("Parallel processes", 2),
            grid(*[(box(ticked), wording) for wording, ticked in f.parallel()], widths=(1, 9)),
            Heading("Quality assurance: member of the Practice Review Group", 2),
            grid(
                *[
                    row(text, value)
                    for text, value in (f.own_pair(f"qa.{p}") for p in ("name", "agency", "role", "date"))
                ]
            ),
        )
    )


def split_names(f: Filling) -> Paper:
    """Draw children's names in two columns, and their contact details asked in one cell."""
    heads = tuple(
        label(text)
        for text in ("Forename", "Surname", f.full("child.dob"), f.full("child.gender"), f.full("child.nhs_number"))
    )
    rows: list[tuple[Cell | str, ...]] = []
    for n in range(f.count(4)):
        first, _, last = f.child(n, "child.name").partition(" ")
        rows.append((first, last, *(f.child(n, field) for field in ("child.dob", "child.gender", "child.nhs_number"))))
    contact = "\n".join(
        filter(None, (f.answer("referrer.phone", plain=False), f.answer("referrer.email", plain=False)))
    )
    return Paper(
        (
            Heading("Case for Consideration for Review", 0),
            grid(
                bar("Completed by", 2, shade="F4B083"),
                *person(f, "referrer", "name", "role", "agency"),
                (label("Contact details (phone and e-mail)"), contact),
                (label(f.full("referral.date")), f.answer("referral.date")),
            ),
            grid(bar("Child or children", 5, shade="F4B083"), heads, *rows),
            grid(
                bar("Agencies known to be involved", 3, shade="F4B083"),
                tuple(map(label, ("Agency", "Worker", "Contact"))),
                *f.agencies(),
            ),
            grid(
                bar("Incident", 2, shade="F4B083"),
                *questions(f, "incident.date", "incident.summary", "referral.reason"),
                widths=(1, 2),
            ),
            grid(
                bar("Quality assured by PRSG member", 2, shade="F4B083"),
                *person(f, "qa", "name", "agency", "date"),
            ),
        )
    )


LAYOUTS = (
    *drawn(repeated_children, "docx", "pdf"),
    *drawn(nested, "docx"),
    *drawn(text_boxes, "docx"),
    *drawn(controls, "docx"),
    *drawn(split_names, "docx"),
)
