"""The commonest sort: a table for each section, label and value in two or four columns, children in rows."""

from benchmarks.reading.foreign.filling import Filling, box
from benchmarks.reading.foreign.layout import drawn
from benchmarks.reading.foreign.rows import children_in_rows, person
from benchmarks.reading.paper.blocks import Cell, Heading, Line, Paper, grid, label

CHILD = ("child.name", "child.dob", "child.gender", "child.ethnicity", "child.address")


def practice_review_consideration(f: Filling) -> Paper:
    """Draw two pairs a row under lettered parts, criteria with the tick in a cell of its own."""
    referrer = grid(
        (label(f.own("name")), f.answer("referrer.name"), label(f.own("role")), f.answer("referrer.role")),
        (label(f.own("agency")), f.answer("referrer.agency"), label(f.own("phone")), f.answer("referrer.phone")),
        (label(f.own("email")), f.answer("referrer.email"), *map_date(f)),
    )
    members = f.family()
    endorsed = grid(
        (label(f.own("name")), f.answer("qa.name"), label(f.own("agency")), f.answer("qa.agency")),
        (label(f.own("role")), f.answer("qa.role"), label(f.own("date")), f.answer("qa.date")),
    )
    return Paper(
        (
            Heading("Referral for Consideration of a Local Child Safeguarding Practice Review", 0),
            Line(
                "Please complete all parts and return by secure email to the partnership's business unit.", small=True
            ),
            Heading(f.one_of("Part A: Referrer", "Part A - Details of referrer", "Part A: Your details")),
            referrer,
            Heading(f.one_of("Part B: Subject child / children", "Part B - Child(ren) subject of this referral")),
            grid(tuple(label(f.full(field)) for field in CHILD), *f.children(4, *CHILD)),
            Heading("Part C: Family composition and significant others"),
            grid(
                tuple(label(text) for text in ("Name", "Relationship to child", "Date of birth", "Address")),
                *members,
                *[("",) * 4] * max(0, 3 - len(members)),
            ),
            Heading("Part D: Criteria"),
            grid(*[(wording, box(ticked)) for wording, ticked in f.criteria()], widths=(6, 1)),
            Heading(f.one_of("Part E: Incident details", "Part E - The incident")),
            grid(
                (label(f.full("incident.date")), f.answer("incident.date")),
                (label(f.full("incident.place")), f.answer("incident.place")),
                (label(f.full("incident.summary")), f.answer("incident.summary")),
                (label(f.full("referral.reason")), f.answer("referral.reason")),
                widths=(1, 2),
            ),
            Heading(
                f.one_of(
                    "Part F: Endorsement by Practice Review Group member", "Part F: Quality assurance by PRSG member"
                )
            ),
            endorsed,
        ),
        header="OFFICIAL SENSITIVE",
        footer="Version 4 - Reviewed 01/09/2024 - Next review 01/09/2026",
    )


def map_date(f: Filling) -> tuple[Cell, str]:
    """Return the pair that asks the referral's date, by a short label or by a full one."""
    if f.rng.random() < 0.5:
        return label(f.own("date")), f.answer("referral.date")
    return label(f.full("referral.date")), f.answer("referral.date")


def rapid_review_referral(f: Filling) -> Paper:
    """Draw label and value in two columns under numbered sections, with guidance in the label's cell."""
    fields = ("child.name", "child.dob", "child.nhs_number", "child.school")
    answer, words = f.risk()

    def row(field: str, note: str = "") -> tuple[Cell | str, ...]:
        return label(f.full(field), note=note), f.answer(field)

    return Paper(
        (
            Heading("Rapid Review Referral Form", 0, styled=False),
            Line("This form is used to refer a serious child safeguarding incident to the partnership.\n"),
            Heading("Section 1 - Your details", 2, styled=False),
            grid(
                *person(f, "referrer", "name", "role", "agency"),
                *person(f, "referrer", "phone", "email"),
                row("referral.date"),
                row("lead.name", "Every referral must be discussed with your safeguarding lead first."),
                row("lead.date"),
                widths=(2, 3),
            ),
            Heading("Section 2 - Subject child(ren)", 2, styled=False),
            grid(*children_in_rows(f, 5, *fields)),
            Heading("Section 3 - Incident details", 2, styled=False),
            grid(
                row("incident.date", "If not known exactly give the nearest date."),
                row("incident.date_aware"),
                row("incident.place"),
                row(
                    "incident.summary",
                    "Please include who was present and what is known of any injuries. Max 500 words.",
                ),
                row("practice.concerns"),
                row("practice.good"),
                row("referral.late_reason"),
                widths=(2, 3),
            ),
            Heading("Section 4 - Immediate safety", 2, styled=False),
            grid((label(f.full("safety.current_risk")), answer), (label(f.full("risk.words")), words), widths=(2, 3)),
            Heading("Section 5 - Other processes", 2, styled=False),
            Line("Please tick all that apply"),
            *[Line(f"{box(ticked)} {wording}") for wording, ticked in f.parallel()],
            Heading("Section 6 - Quality assurance (Practice Review Group member)", 2, styled=False),
            grid(
                *person(f, "qa", "name", "agency", "role"),
                (label(f.own("statement")), f.answer("qa.statement")),
                (label(f.own("date")), f.answer("qa.date")),
                widths=(2, 3),
            ),
        ),
        footer="Rapid Review Referral Form v2.1 May 2025",
    )


LAYOUTS = (
    *drawn(practice_review_consideration, "docx"),
    *drawn(rapid_review_referral, "docx", "pdf"),
)
