"""People side by side: referrer next to lead, children as columns, office dates before all answers."""

from benchmarks.reading.foreign.filling import Filling, box
from benchmarks.reading.foreign.layout import drawn
from benchmarks.reading.foreign.rows import Row, person, questions
from benchmarks.reading.paper.blocks import Beside, Cell, Grid, Heading, Paper, bar, grid, label, wide


def side_by_side(f: Filling) -> Paper:
    """Draw the referrer's table and the safeguarding lead's next to each other with the same labels."""

    def titled(title: str, *rows: tuple[str, str]) -> Grid:
        return grid(bar(title, 2, shade="D9E2F3"), *[(label(text), value) for text, value in rows], widths=(2, 3))

    referrer = [f.own_pair(f"referrer.{part}") for part in ("name", "role", "agency", "email")]
    lead = [(f.own("name"), f.answer("lead.name")), (f.full("lead.date"), f.answer("lead.date"))]
    name, dob, gender, address = (f.full(f"child.{part}") for part in ("name", "dob", "gender", "address"))
    children = f.children(4, "child.name", "child.dob", "child.gender", "child.address")
    return Paper(
        (
            Heading("Case Referral to the Practice Review Sub-group", 0),
            Beside(
                titled(f.one_of("Referrer", "Details of referrer", "Person making the referral"), *referrer),
                titled("Safeguarding lead with whom the case was discussed", *lead),
            ),
            grid((label(f.full("referral.date")), f.answer("referral.date"))),
            Heading("Child details"),
            grid(
                *[
                    row
                    for n, c, d, a in children
                    for row in ((label(name), n, label(dob), c), (label(gender), d, label(address), a))
                ]
            ),
            Heading("Agency involvement"),
            grid(tuple(map(label, ("Agency", "Name of worker", "Contact details"))), *f.agencies()),
            Heading("The incident"),
            grid(
                (
                    label(f.full("incident.date")),
                    f.answer("incident.date"),
                    label(f.full("incident.place")),
                    f.answer("incident.place"),
                ),
                (label(f.full("incident.summary"), span=4),),
                wide(f.answer("incident.summary"), 4),
                (label(f.full("referral.reason"), span=4),),
                wide(f.answer("referral.reason"), 4),
            ),
        )
    )


def serious_incident_columns(f: Filling) -> Paper:
    """Draw office use first, children as columns, label in the first column."""
    count = f.count(3)
    fields = (
        "child.name",
        "child.aka",
        "child.dob",
        "child.dod",
        "child.ethnicity",
        "child.disability",
        "child.language",
    )
    rows: list[Row] = [(label(f.full(field)), *(f.child(n, field) for n in range(count))) for field in fields]
    heads = tuple(label(f"Child {n + 1}") for n in range(count))
    return Paper(
        (
            grid(
                (Cell("FOR OFFICE USE ONLY", span=4, bold=True, shade="BFBFBF"),),
                ("Reference number", f"SI/{f.rng.randint(100, 999)}", "Date received", "16/11/2026"),
                ("Date sent to panel", "17/11/2026", "Date of meeting", "24/11/2026"),
            ),
            Heading("Serious Child Safeguarding Incident Referral", 0),
            Heading("1. Details of the person completing this form"),
            grid(*person(f, "referrer", "name", "role", "agency", "phone", "email")),
            Heading("2. Details of the child or children"),
            grid((Cell("", shade="E7E6E6"), *heads), *rows),
            Heading("3. Family and other household members"),
            grid(tuple(map(label, ("Full name", "Relationship", "DOB", "Address if different"))), *f.family()),
            Heading("4. Incident"),
            grid(*questions(f, "incident.date", "incident.date_aware", "incident.summary")),
            Heading("Nature of harm (tick all that apply)", 2),
            grid(tuple(f"{box(ticked)} {wording}" for wording, ticked in f.harm())),
            Heading("5. " + f.one_of("Signed off by Practice Review Group member", "Quality assured by panel member")),
            grid(*person(f, "qa", "name", "agency", "date")),
        ),
        header="Confidential when completed",
    )


LAYOUTS = (
    *drawn(side_by_side, "docx", "pdf"),
    *drawn(serious_incident_columns, "docx"),
)
