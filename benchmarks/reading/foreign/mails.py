"""Forms that are the mail itself: typed into it, or pasted as a table."""

from benchmarks.reading.foreign.filling import Filling, box
from benchmarks.reading.foreign.layout import drawn
from benchmarks.reading.foreign.rows import children_in_rows, person, questions
from benchmarks.reading.paper.blocks import Heading, Line, Paper, bar, grid, label

HELLO = ("Dear colleagues,", "Hello,", "Hi all,", "Good afternoon,")


def typed_mail(f: Filling) -> bytes:
    """Draw label and value on a line, section names in capitals, a greeting before and a signature after."""
    lines = [f.one_of(*HELLO), "", "Please see below our referral for a practice review.", "", "REFERRER DETAILS"]

    def said(text: str, value: str) -> None:
        lines.append(f"{text.rstrip(':')}: {value}")

    for part in ("name", "role", "agency", "phone", "email"):
        said(*f.own_pair(f"referrer.{part}"))
    said(*f.pair("referral.date"))
    for n in range(f.count(3)):
        lines += ["", f"CHILD {n + 1}"]
        for field in ("child.name", "child.dob", "child.gender", "child.address", "child.school"):
            said(f.full(field), f.child(n, field))
    lines += ["", "INCIDENT"]
    for field in ("incident.date", "incident.place", "incident.summary", "referral.reason"):
        said(*f.pair(field))
    lines += ["", "CRITERIA", *(f"[{'x' if ticked else ' '}] {wording}" for wording, ticked in f.criteria())]
    lines += ["", "QUALITY ASSURED BY PRSG MEMBER"]
    for part in ("name", "agency", "date"):
        said(*f.own_pair(f"qa.{part}"))
    lines += ["", "Kind regards", "", f.answer("referrer.name"), "This e-mail is confidential.", ""]
    return "\n".join(lines).encode()


def pasted_form(f: Filling) -> Paper:
    """Draw a form's tables as they look when pasted into a mail."""
    fields = ("child.name", "child.dob", "child.ethnicity", "child.address")
    return Paper(
        (
            Line(f.one_of(*HELLO)),
            Line("The form would not attach so I have pasted it in."),
            Heading("Safeguarding Children Partnership: Practice Review Referral", 1, styled=False),
            grid(
                bar("Referrer", 2),
                *person(f, "referrer", "name", "role", "agency", "phone", "email"),
                (label(f.full("referral.date")), f.answer("referral.date")),
            ),
            grid(bar("Child / children", 4), *children_in_rows(f, 4, *fields)),
            grid(
                bar("Incident", 2),
                *questions(f, "incident.date", "incident.place", "incident.summary", "referral.reason"),
            ),
            grid(bar("Nature of harm", 2), *[(wording, box(ticked)) for wording, ticked in f.harm()]),
            grid(
                bar("Quality assurance by Practice Review Group member", 2),
                *person(f, "qa", "name", "role", "agency", "date"),
            ),
            Line("Many thanks"),
        )
    )


LAYOUTS = (*drawn(typed_mail, "text"), *drawn(pasted_form, "html"))
