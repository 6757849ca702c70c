"""Two forms that are the mail itself."""

from html import escape

from benchmarks.reading.foreign.filling import Filling
from benchmarks.reading.foreign.layout import drawn


def indented_mail(f: Filling) -> bytes:
    """Draw section names underlined with dashes, labels above their indented values."""
    lines = ["Hi", "", "Referral for practice review below as discussed on the phone.", ""]

    def section(title: str) -> None:
        lines.extend((title, "-" * len(title)))

    def said(text: str, value: str) -> None:
        lines.extend((text, f"    {value}", ""))

    section("Referrer")
    for part in ("name", "role", "agency", "email"):
        said(*f.own_pair(f"referrer.{part}"))
    said(*f.pair("referral.date"))
    section("Child")
    for field in ("child.name", "child.dob", "child.address"):
        said(f.full(field), f.child(0, field))
    section("Incident")
    for field in ("incident.date", "incident.place", "incident.summary", "referral.reason"):
        said(*f.pair(field))
    section("Quality assurance by PRSG member")
    for part in ("name", "agency", "date"):
        said(*f.own_pair(f"qa.{part}"))
    return "\n".join(lines).encode()


def paragraph_mail(f: Filling) -> bytes:
    """Draw paragraphs with the label in bold and the value after it, sections as underlined lines."""
    parts = ["<html><body><div>Good morning,</div><div><br></div>"]

    def section(title: str) -> None:
        parts.append(f"<div><br></div><div><u><b>{escape(title)}</b></u></div>")

    def said(text: str, value: str) -> None:
        parts.append(f"<div><b>{escape(text.rstrip(':'))}:</b>&nbsp;{escape(value)}</div>")

    section("Referrer details")
    for part in ("name", "role", "agency", "phone", "email"):
        said(*f.own_pair(f"referrer.{part}"))
    said(*f.pair("referral.date"))
    for n in range(f.count(2)):
        section(f"Child {n + 1}")
        for field in ("child.name", "child.aka", "child.dob", "child.gender", "child.school"):
            said(f.full(field), f.child(n, field))
    section("Incident details")
    for field in ("incident.date", "incident.date_aware", "incident.place", "incident.summary"):
        said(*f.pair(field))
    section("Referral")
    said(*f.pair("referral.reason"))
    section("Quality assured by PRSG member")
    for part in ("name", "agency", "date"):
        said(*f.own_pair(f"qa.{part}"))
    return "".join((*parts, "<div><br></div><div>Thanks</div></body></html>")).encode()


LAYOUTS = (*drawn(indented_mail, "text"), *drawn(paragraph_mail, "html"))
