"""Forms of the old boards: strips, reasons first, Part 2."""

from benchmarks.reading.foreign.filling import Filling, box, yes_no
from benchmarks.reading.foreign.layout import drawn
from benchmarks.reading.foreign.rows import Row
from benchmarks.reading.paper.blocks import Cell, Grid, Heading, Line, Paper, grid, label, wide

ONE_CHILD = ("child.name", "child.dob", "child.dod", "child.address", "child.ethnicity", "child.nhs_number")
QUESTIONS = ("incident.date", "incident.date_aware", "incident.summary", "referral.reason", "practice.good")


def _heads(*texts: str) -> Row:
    return tuple(label(text, shade="") for text in texts)


def within_days(f: Filling) -> Paper:
    """Draw one child in a list, others in wide rows, lettered circumstances, the date on a line; then the chair's."""
    named = f.one_of("Name of referring officer", "Name of referrer", "Referrer's name")
    family = [(*row, "") for row in f.family()]
    agencies = [(agency, worker, contact, "") for agency, worker, contact in f.agencies()]
    said = [(f"{letter}) {text}", box(ticked)) for letter, (text, ticked) in zip("ab", f.criteria(), strict=True)]
    return Paper(
        (
            Heading("Appendix 1: Consideration of Case for Child Safeguarding Practice Review - Referral Form", 0),
            Line("To be completed by the referring officer within 5 working days of the incident.", small=True),
            Line("1. Referrer", bold=True),
            grid(
                (named, f.answer("referrer.name")),
                *[f.own_pair(f"referrer.{part}") for part in ("role", "agency", "phone", "email")],
            ),
            Line("2. Child and family", bold=True),
            grid(
                *[(f.full(field), f.child(0, field)) for field in ONE_CHILD],
                ("Date of critical incident", f.answer("incident.date")),
                ("Place of critical incident", f.answer("incident.place")),
                ("Carer at time of critical incident", ""),
                widths=(2, 3),
            ),
            Line("3. Family composition / significant others", bold=True),
            grid(_heads("Name", "Relationship to child", "DOB", "Address", "Is/was subject to CP plan?"), *family),
            Line("4. Other agencies involved", bold=True),
            grid(_heads("Agency", "Name of worker", "Contact details", "Are they still involved?"), *agencies),
            Line("5. Circumstances that triggered the referral (please tick)", bold=True),
            grid(*said, widths=(9, 1), lined=False),
            Line("Please outline the events and circumstances:"),
            grid((f.answer("incident.summary", plain=False),)),
            Line(f"6. {f.full('referral.reason')}", bold=True),
            grid((f.answer("referral.reason"),)),
            Line(f"7. Date of referral: {f.answer('referral.date')}"),
            Line("8. Signed: ____________________"),
            Heading("PART 2 (to be completed by the chair of the partnership)", 2, styled=False),
            Line("It is [recommended] [not recommended] that this case be subject to a review, because:"),
            Line("Signed: ____________________   Date: ____________________"),
        ),
        footer="Referral form v1/2023",
    )


def contact_strip(f: Filling) -> Paper:
    """Draw people as strips of three columns, two answers in one cell, then questions that carry a number in front."""

    def joined(*fields: str) -> str:
        return "\n".join(filter(None, (f.answer(field, plain=False) for field in fields)))

    head = _heads("NAME", "AGENCY & DESIGNATION/TITLE", "CONTACT DETAILS - telephone number and e-mail address")
    referrer = (
        f.answer("referrer.name"),
        joined("referrer.agency", "referrer.role"),
        joined("referrer.phone", "referrer.email"),
    )
    numbered = [(Cell(f"1.{n}", bold=True), *f.pair(field)) for n, field in enumerate(QUESTIONS, 1)]
    child = ("child.name", "child.dob", "child.address", "child.ethnicity", "child.school")
    return Paper(
        (
            Heading("Referral Form of Serious Incidents for Consideration by the Case Review Sub-group", 0),
            Line("Please send this form to the partnership's business team as soon as possible."),
            Line("REFERRER", bold=True),
            grid(head, referrer),
            Line("Designated safeguarding lead with whom you have discussed the case:", bold=True),
            grid(head, (f.answer("lead.name"), "", "")),
            Line(f"{f.one_of('Date of referral to the business team', 'Date of referral')}:", bold=True),
            grid((f.answer("referral.date"),)),
            Heading("SECTION 1 - BRIEF INFORMATION", 2),
            grid(_heads(*(f.full(field) for field in child)), *f.children(4, *child)),
            grid(*numbered, widths=(1, 4, 8)),
            Line("THE ABOVE SHOULD FOLLOW A DISCUSSION WITH A SAFEGUARDING ADVISOR IN YOUR AGENCY.", bold=True),
        ),
        header="RESTRICTED    Ref No:",
    )


def reasons_first(f: Filling) -> Paper:
    """Draw the notifier in pairs, each reason with its gloss and a box, the child's last name before the forenames."""

    def pairs(*given: tuple[str, str]) -> Row:
        return tuple(cell for text, value in given for cell in (Cell(text, shade="DDE8CB"), Cell(value)))

    glosses = ("Includes suspected suicide.", "Includes long-term impairment of health or development.")
    answer, words = f.risk()
    reasons = [
        (Cell(box(ticked)), Cell(text, bold=True), Cell(gloss))
        for (text, ticked), gloss in zip(f.criteria(), glosses, strict=True)
    ]
    children: list[Row] = []
    for n in range(f.count(3)):
        first, _, last = f.child(n, "child.name").partition(" ")
        children += [
            pairs(("Child's last name(s)", last), ("Child's forename(s)", first)),
            pairs(
                ("Other names used", f.child(n, "child.aka")),
                ("Child's date of birth (dd/mm/yyyy)", f.child(n, "child.dob")),
            ),
            pairs(("Age (if date of birth not known)", ""), (f.full("child.gender"), f.child(n, "child.gender"))),
        ]
    return Paper(
        (
            Heading("Notification of Serious Child Safeguarding Incident and Request for Rapid Review", 0),
            Heading("1. Notifier details", 2),
            grid(
                pairs(
                    (f.one_of("Notifying agency", "Agency notifying"), f.answer("referrer.agency")),
                    ("Name of notifier", f.answer("referrer.name")),
                ),
                pairs(("Role", f.answer("referrer.role")), ("Telephone number", f.answer("referrer.phone"))),
                pairs(("Date notified (dd/mm/yyyy)", f.answer("referral.date", plain=False)), ("Linked cases", "")),
            ),
            Heading("2. Reason for notification (more than one box may be ticked)", 2),
            Grid(tuple(reasons), (1, 6, 6)),
            Heading("3. Child details", 2),
            grid(*children),
            Heading("4. Incident details", 2),
            grid(pairs(f.pair("incident.date"), f.pair("incident.place"))),
            grid(wide(f.full("incident.summary"), 1), wide(f.answer("incident.summary"), 1)),
            Heading("5. Current position", 2),
            grid((f.full("safety.current_risk"), yes_no(answer)), (f.full("risk.words"), words)),
        ),
        footer="Notification form, September 2024",
    )


LAYOUTS = (
    *drawn(within_days, "docx", "pdf"),
    *drawn(contact_strip, "docx", "pdf"),
    *drawn(reasons_first, "docx", "pdf"),
)
