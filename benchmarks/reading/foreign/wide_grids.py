"""Children as columns, questions as labels, wide rows."""

from benchmarks.reading.foreign.filling import Filling, box
from benchmarks.reading.foreign.layout import drawn
from benchmarks.reading.foreign.rows import Row, children_in_rows, person, questions
from benchmarks.reading.paper.blocks import Cell, Heading, Line, Paper, bar, grid, label


def child_and_siblings(f: Filling) -> Paper:
    """Draw the children as columns with their labels repeated nowhere else, agencies after."""
    fields = ("child.name", "child.dob", "child.gender", "child.ethnicity", "child.address", "child.school", "child.gp")
    count = f.count(3)
    heads = tuple(label(text, shade="C5E0B3") for text in ("Child 1", "Child 2", "Child 3")[:count])
    table: list[Row] = [(label(f.full(field)), *(f.child(n, field) for n in range(count))) for field in fields]
    return Paper(
        (
            Heading("Child Practice Review: Referral Form", 0),
            Heading("Section One: Referrer"),
            grid(*person(f, "referrer", "name", "agency", "role", "phone", "email")),
            Heading("Section Two: Child or children"),
            grid((Cell("", shade="C5E0B3"), *heads), *table),
            Heading("Section Three: Significant others"),
            grid(tuple(map(label, ("Name", "Relationship to child", "DOB", "Address"))), *f.family()),
            Heading("Section Four: Agencies involved"),
            grid(tuple(map(label, ("Agency", "Name of professional", "Contact details"))), *f.agencies()),
            Heading("Section Five: Incident"),
            grid(*questions(f, "incident.date", "incident.date_aware", "incident.place")),
            Heading(f.full("incident.summary"), 2),
            Line(f.answer("incident.summary")),
            Heading(f.full("referral.reason"), 2),
            Line(f.answer("referral.reason")),
            Heading("Section Six: Quality assurance by Practice Review Group member"),
            grid(*person(f, "qa", "name", "agency", "role", "date")),
            Heading("Section Seven: Individual agency summary (for other agencies, leave blank)"),
            grid((label("Agency"), ""), (label("Completed by"), ""), (label("Summary of involvement"), "")),
        ),
        footer="Ffurflen / Form 2024",
    )


def plain_questions(f: Filling) -> Paper:
    """Draw every label as a question of plain English."""

    def rows(*asked: tuple[str, str]) -> tuple[tuple[Cell, str], ...]:
        return tuple((label(question, shade=""), f.answer(field)) for question, field in asked)

    answer, words = f.risk()
    children = [
        row
        for n in range(f.count(2))
        for row in (
            bar(f"Child {n + 1}", 2, shade="FBE4D5"),
            (label("What is the child's full name?", shade=""), f.child(n, "child.name")),
            (label("What is the child's date of birth?", shade=""), f.child(n, "child.dob")),
            (label("What is the child's home address?", shade=""), f.child(n, "child.address")),
        )
    ]
    return Paper(
        (
            Heading("Tell us about a serious incident: practice review referral", 0),
            grid(
                bar("About you, the referrer", 2, shade="FBE4D5"),
                *rows(
                    ("What is your name?", "referrer.name"),
                    ("What is your job title?", "referrer.role"),
                    ("Which agency do you work for?", "referrer.agency"),
                    ("What is your telephone number?", "referrer.phone"),
                    ("What is your email address?", "referrer.email"),
                ),
                (label(f.full("referral.date"), shade=""), f.answer("referral.date")),
            ),
            grid(*children),
            grid(
                bar("What happened", 2, shade="FBE4D5"),
                *rows(
                    ("When did the incident happen?", "incident.date"),
                    ("Where did the incident happen?", "incident.place"),
                    ("What happened?", "incident.summary"),
                    ("Why are you making this referral?", "referral.reason"),
                ),
                (label("Is any child at risk now?", shade=""), answer),
                (label("If yes, what action has been taken?", shade=""), words),
            ),
            grid(
                bar("Quality assurance", 2, shade="FBE4D5"),
                *rows(
                    ("Which PRSG member quality assured this referral?", "qa.name"), ("Date quality assured", "qa.date")
                ),
            ),
        )
    )


def wide_rows(f: Filling) -> Paper:
    """Draw people as rows of one table with the part they play in front, children as rows too."""
    heads = ("", f.own("name"), f.own("role"), f.own("agency"), f.own("email"))
    fields = ("child.name", "child.dob", "child.gender", "child.nhs_number", "child.legal_status")
    referrer = tuple(f.answer(f"referrer.{part}") for part in ("name", "role", "agency", "email"))
    checker = (f.answer("qa.name"), f.answer("qa.role"), f.answer("qa.agency"), "")
    return Paper(
        (
            Heading("Multi-agency Practice Review: case referral", 0),
            grid(
                tuple(map(label, heads)),
                (label("Referrer"), *referrer),
                (label("Quality assured by (PRSG member)"), *checker),
                widths=(2, 2, 2, 3, 3),
            ),
            grid(
                (
                    label(f.full("referral.date")),
                    f.answer("referral.date"),
                    label("Date quality assured"),
                    f.answer("qa.date"),
                )
            ),
            grid(
                bar("Child / children", 5, shade="D0CECE"),
                *children_in_rows(f, 5, *fields),
            ),
            grid(
                bar("Incident", 4, shade="D0CECE"),
                (
                    label(f.full("incident.date")),
                    f.answer("incident.date"),
                    label(f.full("incident.date_aware")),
                    f.answer("incident.date_aware"),
                ),
                (label(f.full("incident.summary")), Cell(f.answer("incident.summary"), span=3)),
                (label(f.full("referral.reason")), Cell(f.answer("referral.reason"), span=3)),
            ),
            grid(
                bar("Other processes under way", 2, shade="D0CECE"),
                *[
                    (wording, box(ticked))
                    for wording, ticked in f.parallel("Police investigation", "Coroner", "Care proceedings", "CDOP")
                ],
            ),
        )
    )


LAYOUTS = (
    *drawn(child_and_siblings, "docx"),
    *drawn(plain_questions, "docx"),
    *drawn(wide_rows, "docx", "pdf"),
)
