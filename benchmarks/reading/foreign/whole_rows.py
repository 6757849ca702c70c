"""Persons and questions in whole rows: a header over one row of answers, pairs behind a section's name; and mails."""

from itertools import chain

from benchmarks.reading.foreign.filling import Filling
from benchmarks.reading.foreign.layout import drawn
from benchmarks.reading.foreign.rows import Row, children_in_rows
from benchmarks.reading.paper.blocks import Block, Heading, Line, Paper, bar, grid, label

REFERRER = ("name", "role", "agency", "phone", "email", "date")
QA = ("name", "role", "agency", "date")
CHILD = ("child.name", "child.dob", "child.gender", "child.ethnicity", "child.school")


def _person(f: Filling, who: str, parts: tuple[str, ...]) -> list[tuple[str, str]]:
    names = {part: "referral.date" if (who, part) == ("referrer", "date") else f"{who}.{part}" for part in parts}
    return [(f.own(part), f.answer(names[part])) for part in parts]


def _under(pairs: list[tuple[str, str]]) -> list[Row]:
    return [tuple(label(text) for text, _ in pairs), tuple(value for _, value in pairs)]


def person_in_a_row(f: Filling) -> Paper:
    """Draw each person and the incident as a header with one row under it."""
    incident = [f.pair(field) for field in ("incident.date", "incident.date_aware", "incident.place")]
    return Paper(
        (
            Heading("Serious Safeguarding Case: Referral for Review", 0),
            Heading(f.one_of("Referrer", "Your details", "Details of referrer")),
            grid(*_under(_person(f, "referrer", REFERRER))),
            Heading(f.one_of("Child", "Details of child")),
            grid(*children_in_rows(f, 3, *CHILD)),
            Heading(f.one_of("Incident", "About the incident")),
            grid(*_under(incident)),
            grid(*[row for field in ("incident.summary", "referral.reason") for row in _asked(f, field)]),
            Heading(f.one_of("Quality assurance by PRSG member", "Endorsement by PRSG member")),
            grid(*_under(_person(f, "qa", QA))),
        )
    )


def _asked(f: Filling, field: str) -> list[Row]:
    text, value = f.pair(field)
    return [(label(text),), (value,)]


def section_then_pairs(f: Filling) -> Paper:
    """Draw one table: the section's name before two pairs in each row."""
    referrer, qa = _person(f, "referrer", REFERRER), _person(f, "qa", QA)
    rows: list[Row] = [*_led("Referrer", referrer)]
    for n in range(f.count(2)):
        child = [(f.full(field), f.child(n, field)) for field in CHILD[:4]]
        rows += _led(f"Child {n + 1}", child)
    rows += _led("Incident", [f.pair("incident.date"), f.pair("incident.place")])
    rows += _led(f.one_of("Quality assurance", "PRSG member"), qa)
    long = [(label(text), value) for text, value in (f.pair("incident.summary"), f.pair("referral.reason"))]
    return Paper(
        (
            Heading("Referral to the Case Review Group: serious case", 0),
            grid(*rows),
            Line(""),
            grid(*long, widths=(1, 3)),
        )
    )


def _led(name: str, pairs: list[tuple[str, str]]) -> list[Row]:
    rows = [pairs[at : at + 2] for at in range(0, len(pairs), 2)]
    return [(label(name), *chain.from_iterable((label(text), value) for text, value in row)) for row in rows]


def three_pairs_a_row(f: Filling) -> Paper:
    """Draw three pairs in a row under bars."""
    child = [(f.full(field), f.child(0, field)) for field in ("child.name", "child.dob", "child.gender")]
    return Paper(
        (
            Heading("Notification of a serious child safeguarding case for review", 0, styled=False),
            grid(
                bar("Details of referrer", 6),
                *_threes(_person(f, "referrer", REFERRER)),
                bar("Details of child", 6),
                *_threes(child),
                bar("Incident", 6),
                *_threes([f.pair(field) for field in ("incident.date", "incident.date_aware", "incident.place")]),
                bar("Endorsed by Practice Review Group member", 6),
                *_threes(_person(f, "qa", ("name", "agency", "date"))),
            ),
            *_long(f),
        )
    )


def _threes(pairs: list[tuple[str, str]]) -> list[Row]:
    rows = [pairs[at : at + 3] for at in range(0, len(pairs), 3)]
    return [tuple(chain.from_iterable((label(text), value) for text, value in row)) for row in rows]


def _long(f: Filling) -> list[Block]:
    asked = [f.pair("incident.summary"), f.pair("referral.reason")]
    return [block for text, value in asked for block in (Heading(text, 2, styled=False), Line(value))]


def bold_labels_mail(f: Filling) -> Paper:
    """Draw a mail with each question in bold and its answer on the next line, and a signature."""
    asked = [
        f.pair("referrer.name"),
        *_person(f, "referrer", ("role", "agency")),
        *((f.full(field), f.child(0, field)) for field in ("child.name", "child.dob", "child.address")),
        *map(f.pair, ("incident.date", "incident.place", "incident.summary", "referral.reason", "qa.name", "qa.date")),
    ]
    lines = [line for text, value in asked for line in (Line(text, bold=True), Line(value))]
    return Paper((Line("Hello,"), Line("My referral is below."), *lines, *_signed(f)))


def lines_mail(f: Filling) -> Paper:
    """Draw a mail with label and answer on one line, and a signature."""
    asked = [
        *((f.full(f"referrer.{part}"), f.answer(f"referrer.{part}")) for part in ("name", "role", "agency", "email")),
        *((f.full(field), f.child(0, field)) for field in ("child.name", "child.dob", "child.gender")),
        *map(f.pair, ("incident.date", "incident.place", "qa.name", "qa.date", "incident.summary", "referral.reason")),
    ]
    lines = [Line(f"{text.rstrip(':')}: {value}") for text, value in asked]
    return Paper((Line("Dear team,"), Line("Please find the details of our referral."), *lines, *_signed(f)))


def _signed(f: Filling) -> list[Line]:
    return [
        Line(f.one_of("Kind regards", "Regards,", "Many thanks", "Best wishes", "Thanks")),
        Line(f.answer("referrer.name") or "The team"),
        Line("Please consider the environment before printing this e-mail."),
    ]


LAYOUTS = (
    *drawn(person_in_a_row, "docx", "pdf"),
    *drawn(section_then_pairs, "docx", "pdf"),
    *drawn(three_pairs_a_row, "docx", "pdf"),
    *drawn(bold_labels_mail, "html"),
    *drawn(lines_mail, "html"),
)
