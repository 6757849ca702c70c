"""Forms with few or no tables: numbered questions, label and value on a line, sentences with gaps, declarations."""

from benchmarks.reading.foreign.filling import Filling, box
from benchmarks.reading.foreign.layout import drawn
from benchmarks.reading.foreign.rows import children_in_rows, person, questions
from benchmarks.reading.paper.blocks import Block, Cell, Heading, Line, Paper, grid, label


def numbered_questions(f: Filling) -> Paper:
    """Draw questions as numbered headings, each answer in the paragraphs under it."""
    styled = f.rng.random() < 0.5
    blocks: list[Block] = [Heading("Referral of a Case for a Child Safeguarding Practice Review", 0)]

    def ask(number: int, question: str, answer: str) -> None:
        blocks.extend((Heading(f"{number}. {question}", 2, styled=styled), Line(answer)))

    blocks.append(Heading("Person making the referral"))
    blocks.extend(Line(f"{text.rstrip(':')}: {value}") for text, value in (f.own_pair(f"referrer.{p}") for p in PERSON))
    fields = ("child.name", "child.dob", "child.gender", "child.school")
    blocks += [
        Heading("Child or children concerned"),
        grid(*children_in_rows(f, 5, *fields)),
        Heading("The case"),
    ]
    ask(1, f.one_of("When did the incident happen?", "What was the date of the incident?"), f.answer("incident.date"))
    ask(2, f.one_of("Where did the incident happen?", "Where did it take place?"), f.answer("incident.place"))
    ask(3, f.one_of("What happened?", "Please describe what happened"), f.answer("incident.summary"))
    ask(
        4,
        f.one_of("Why are you making this referral?", "Why are you referring this case?"),
        f.answer("referral.reason"),
    )
    ask(5, "What good practice have you identified?", f.answer("practice.good"))
    ask(6, "Which criteria are met?", "\n".join(f"{box(ticked)} {wording}" for wording, ticked in f.criteria()))
    blocks.append(Heading("Endorsement by Practice Review Sub-group member"))
    blocks.extend(Line(f"{text.rstrip(':')}: {value}") for text, value in (f.own_pair(f"qa.{p}") for p in QA))
    return Paper(tuple(blocks))


PERSON = ("name", "role", "agency", "phone", "email")
QA = ("name", "role", "agency", "date")


def free_lines(f: Filling) -> Paper:
    """Draw no table at all: ``Label: value`` paragraphs under underlined or bold section names."""
    blocks: list[Block] = [Heading("CHILD SAFEGUARDING PRACTICE REVIEW - REFERRAL FORM", 0, styled=False)]

    def said(text: str, value: str) -> None:
        blocks.append(Line(f"{text.rstrip(':')}: {value}"))

    blocks.append(Line("REFERRER", bold=True))
    for part in PERSON:
        said(*f.own_pair(f"referrer.{part}"))
    said(*f.pair("referral.date"))
    said(*f.pair("lead.name"))
    said(*f.pair("lead.date"))
    for n in range(f.count(3)):
        blocks.append(Line(f"CHILD {n + 1}", bold=True))
        for field in ("child.name", "child.dob", "child.dod", "child.ethnicity", "child.address", "child.gp"):
            said(f.full(field), f.child(n, field))
    blocks.append(Line("INCIDENT", bold=True))
    for field in ("incident.date", "incident.date_aware", "incident.place", "incident.summary"):
        said(*f.pair(field))
    blocks.append(Line("REFERRAL", bold=True))
    for field in ("referral.reason", "practice.concerns", "referral.late_reason"):
        said(*f.pair(field))
    blocks.append(Line("QUALITY ASSURANCE", bold=True))
    for field in ("qa.name", "qa.date"):
        said(*f.pair(field))
    return Paper(tuple(blocks), footer="Form issued 04/2025")


def sentences(f: Filling) -> Paper:
    """Draw the referrer and the incident as sentences with gaps, as letters-turned-forms have them."""
    gap = f.one_of("____", "......", "______")

    def into(value: str) -> str:
        return f"{gap}{value}{gap}"

    def asked(text: str, value: str) -> Line:
        return Line(f"{text.rstrip(':')} {into(value)}")

    def inside(field: str) -> str:
        return into(f.answer(field, plain=False))

    return Paper(
        (
            Heading("Request for a Practice Review to be considered", 0),
            Line(f"I, (name) {inside('referrer.name')}, (job title) {inside('referrer.role')},"),
            Line(f"of (agency) {inside('referrer.agency')} wish to bring the case below to the sub-group."),
            Line(f"Email: {f.answer('referrer.email')}\tTel: {f.answer('referrer.phone')}"),
            Heading("The child"),
            *[asked(f.full(field), f.child(0, field)) for field in ("child.name", "child.dob", "child.address")],
            Heading("The incident"),
            Line(f"The incident took place on (date) {inside('incident.date')}"),
            Line(f.full("incident.summary"), bold=True),
            Line(f.answer("incident.summary")),
            Line(f.full("referral.reason"), bold=True),
            Line(f.answer("referral.reason")),
            Heading("For the sub-group member who quality assures this request"),
            asked(*f.own_pair("qa.name")),
            asked(*f.own_pair("qa.date")),
        )
    )


def declaration(f: Filling) -> Paper:
    """Draw Yes and No in cells of their own, a declaration by the referrer, and the panel member's after it."""
    answer, words = f.risk()
    yes, no = ("X" if answer == given else "" for given in ("Yes", "No"))
    signed = grid(
        (label("Signed"), f.answer("referrer.name"), label("Date"), f.answer("referral.date", plain=False)),
    )
    fields = ("child.name", "child.dob", "child.address")
    return Paper(
        (
            Heading("Notification and Referral: Serious Safeguarding Incident", 0),
            grid(
                (label(f.full("referrer.name")), f.answer("referrer.name")),
                *person(f, "referrer", "role", "agency", "phone", "email"),
            ),
            Heading("Subject child"),
            grid(*[(label(f.full(field)), f.child(0, field)) for field in fields]),
            Heading("Incident details"),
            grid(*questions(f, "incident.date", "incident.place", "incident.summary")),
            grid(
                (Cell("", shade="E7E6E6"), label("Yes"), label("No")),
                (label(f.full("safety.current_risk")), yes, no),
                widths=(5, 1, 1),
            ),
            grid((label(f.full("risk.words")), words)),
            Heading("Declaration by referrer"),
            Line("I confirm that what I have written is accurate to the best of my knowledge."),
            signed,
            Heading("Declaration by Practice Review Group member"),
            Line("I have read this referral and agree that it should be considered."),
            grid(*person(f, "qa", "name", "agency", "date")),
        ),
        footer="Page footer: issued 01/04/2024",
    )


LAYOUTS = (
    *drawn(numbered_questions, "docx", "pdf"),
    *drawn(free_lines, "docx", "pdf"),
    *drawn(sentences, "docx"),
    *drawn(declaration, "docx"),
)
