"""Tables of other sorts."""

from benchmarks.reading.foreign.filling import Filling, box, yes_no
from benchmarks.reading.foreign.layout import drawn
from benchmarks.reading.foreign.rows import Row
from benchmarks.reading.paper.blocks import Cell, Grid, Heading, Line, Paper, bar, grid, label


def number_question_response(f: Filling) -> Paper:
    """Draw three columns: number, question, response; section rows between."""
    number = 0

    def ask(question: str, answer: str, note: str = "") -> Row:
        nonlocal number
        number += 1
        return Cell(str(number)), Cell(question, note=note), answer

    head = (label("No."), label("Question"), label("Response"))
    children: list[Row] = []
    for n in range(f.count(2)):
        children.append((Cell(f"Details of child {n + 1}", span=3, shade="D9D9D9", bold=True),))
        fields = ("child.name", "child.dob", "child.gender", "child.address", "child.gp")
        children += [ask(f.full(field), f.child(n, field)) for field in fields]
    rows: list[Row] = [
        head,
        (Cell("Details of referrer", span=3, shade="D9D9D9", bold=True),),
        *[ask(*f.own_pair(f"referrer.{part}")) for part in ("name", "role", "agency", "phone", "email")],
        ask(*f.pair("referral.date")),
        *children,
        (Cell("Details of incident", span=3, shade="D9D9D9", bold=True),),
        ask(*f.pair("incident.date"), note="Approximate if not known"),
        ask(*f.pair("incident.place")),
        ask(*f.pair("incident.summary"), note="Facts only, in date order, no more than one page."),
        ask(*f.pair("referral.reason")),
        ask(*f.pair("practice.concerns")),
        ask(*f.pair("practice.good")),
        (Cell("Quality assurance by practice review group member", span=3, shade="D9D9D9", bold=True),),
        *[ask(*f.own_pair(f"qa.{part}")) for part in ("name", "agency", "date")],
    ]
    return Paper(
        (Heading("Serious Case Notification and Practice Review Referral", 0), Grid(grid(*rows).rows, (1, 5, 7)))
    )


def section_name_down_the_side(f: Filling) -> Paper:
    """Draw one table whose first column names the section, merged down its rows."""

    def part(title: str, pairs: list[tuple[str, str]]) -> list[Row]:
        side = Cell(title, down=len(pairs), shade="BDD7EE", bold=True)
        (text, value), *rest = pairs
        return [(side, label(text), value), *[(label(t), v) for t, v in rest]]

    answer, words = f.risk()
    rows = [
        *part("Referrer", [f.own_pair(f"referrer.{p}") for p in ("name", "role", "agency", "email", "phone")]),
        *part(
            "Safeguarding lead",
            [(f.full("lead.name"), f.answer("lead.name")), (f.full("lead.date"), f.answer("lead.date"))],
        ),
        *[
            row
            for n in range(f.count(3))
            for row in part(
                f"Child {n + 1}",
                [
                    (f.full(x), f.child(n, x))
                    for x in ("child.name", "child.aka", "child.dob", "child.ethnicity", "child.language")
                ],
            )
        ],
        *part("Incident", [f.pair(f"incident.{part}") for part in ("date", "date_aware", "place", "summary")]),
        *part("Risk", [(f.full("safety.current_risk"), yes_no(answer)), (f.full("risk.words"), words)]),
        *part("Referral", [f.pair("referral.date"), f.pair("referral.reason"), f.pair("referral.late_reason")]),
        *part("Quality assurance (PRSG member)", [f.own_pair(f"qa.{p}") for p in ("name", "role", "agency", "date")]),
    ]
    return Paper((Heading("LCSPR REFERRAL TEMPLATE", 0, styled=False), Grid(grid(*rows).rows, (2, 4, 6))))


def capitals_in_pairs(f: Filling) -> Paper:
    """Draw labels in capitals, two pairs a row, long answers full width under their label, ticks before the words."""

    def loud(text: str) -> Cell:
        return label(text.upper(), shade="F2F2F2")

    def own(part: str) -> tuple[Cell, str]:
        return loud(f.own(part)), f.answer(f"referrer.{part}")

    def long(field: str) -> Grid:
        return grid((loud(f.full(field)),), (f.answer(field),))

    fields = ("child.name", "child.dob", "child.dod", "child.gender", "child.address")
    return Paper(
        (
            Heading("SERIOUS INCIDENT: REFERRAL TO THE CASE REVIEW PANEL", 0, styled=False),
            Line("1. REFERRER", bold=True),
            grid(
                (*own("name"), *own("role")),
                (*own("agency"), *own("phone")),
                (*own("email"), loud(f.full("referral.date")), f.answer("referral.date")),
            ),
            Line("2. CHILD / CHILDREN", bold=True),
            grid(tuple(loud(f.full(field)) for field in fields), *f.children(4, *fields)),
            Line("3. INCIDENT", bold=True),
            grid(
                (
                    loud(f.full("incident.date")),
                    f.answer("incident.date"),
                    loud(f.full("incident.place")),
                    f.answer("incident.place"),
                )
            ),
            long("incident.summary"),
            long("referral.reason"),
            Line("4. CRITERIA", bold=True),
            grid(*[(f"{box(ticked)}  {wording}",) for wording, ticked in f.criteria()]),
            Line("5. QUALITY ASSURANCE BY PANEL MEMBER", bold=True),
            grid(
                (loud(f.own("name")), f.answer("qa.name"), loud(f.own("agency")), f.answer("qa.agency")),
                (loud(f.own("role")), f.answer("qa.role"), loud(f.own("date")), f.answer("qa.date")),
            ),
            grid(
                bar("OFFICE USE", 4, shade="7F7F7F"),
                ("Date received", "18/11/2026", "Reference", f"CRP{f.rng.randint(10, 99)}"),
            ),
        ),
        header="RESTRICTED WHEN COMPLETE",
    )


LAYOUTS = (
    *drawn(number_question_response, "docx", "pdf"),
    *drawn(section_name_down_the_side, "docx"),
    *drawn(capitals_in_pairs, "docx", "pdf"),
)
