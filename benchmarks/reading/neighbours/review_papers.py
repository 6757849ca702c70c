"""Papers of a practice review itself, which name it throughout and are no referral: summaries, scoping, dates."""

from benchmarks.reading.foreign.filling import Filling
from benchmarks.reading.neighbours.form import asked, children, drawn, household
from benchmarks.reading.paper.blocks import Heading, Line, Paper, grid, label


def agency_summary(f: Filling) -> Paper:
    """Draw an agency's summary for a review."""
    return Paper(
        (
            Heading("Agency Summary Report", 0),
            Line("For the Child Safeguarding Practice Review concerning Child Z"),
            asked(
                f,
                ("Agency", "referrer.agency"),
                ("Completed by", "referrer.name"),
                ("Job title", "referrer.role"),
                ("Email", "referrer.email"),
            ),
            children(f, "Subject child"),
            household(f),
            asked(
                f,
                ("Summary of involvement", "incident.summary"),
                ("Good practice", "practice.good"),
                ("Multi-agency practice issues", "practice.concerns"),
                ("Quality assured by", "qa.name"),
                ("Date quality assured", "qa.date"),
            ),
        )
    )


def management_review(f: Filling) -> Paper:
    """Draw an individual management review."""
    return Paper(
        (
            Heading("Individual Management Review", 0, styled=False),
            Line("Child Safeguarding Practice Review: Child Z"),
            asked(
                f,
                ("Author", "referrer.name"),
                ("Role", "referrer.role"),
                ("Agency", "referrer.agency"),
                ("Signed off by", "qa.name"),
                ("Date", "qa.date"),
            ),
            children(f),
            Heading("Analysis of involvement"),
            Line(f.answer("incident.summary")),
            Heading("Lessons learned"),
            Line(f.answer("practice.concerns")),
        )
    )


def information_gathering(f: Filling) -> Paper:
    """Draw what agencies send back when a rapid review begins."""
    return Paper(
        (
            Heading("Rapid Review: Agency Information Gathering Form", 0),
            Line("A referral for a Child Safeguarding Practice Review was received. Return within five days."),
            asked(
                f,
                ("Name", "referrer.name"),
                ("Agency", "referrer.agency"),
                ("Email", "referrer.email"),
                ("Date completed", "referral.date"),
            ),
            children(f, "Child or children of the review"),
            household(f, "Family members to check your records for"),
            asked(
                f,
                ("Date of incident", "incident.date"),
                ("Summary of the incident as notified", "incident.summary"),
                ("Your agency's involvement", "practice.concerns"),
                ("Good practice", "practice.good"),
                ("Quality assured by (PRSG member)", "qa.name"),
            ),
        )
    )


def scoping(f: Filling) -> Paper:
    """Draw the scoping of a review."""
    return Paper(
        (
            Heading("Practice Review Scoping Document", 0),
            Line("Local Child Safeguarding Practice Review"),
            grid((label("Child"), f.child(0, "child.name"), label("Date of birth"), f.child(0, "child.dob"))),
            asked(
                f, ("Date of incident", "incident.date"), ("Summary", "incident.summary"), ("Lead reviewer", "qa.name")
            ),
            Heading("Time period under review"),
            Line("01/01/2025 to 10/11/2026"),
            Heading("Agencies to contribute"),
            grid(tuple(map(label, ("Agency", "Worker", "Contact"))), *f.agencies()),
        )
    )


def chronology(f: Filling) -> Paper:
    """Draw a table of dates."""
    events = [
        ("03/01/2026", "Home visit, no answer"),
        ("10/02/2026", "School reports bruise"),
        ("11/02/2026", "Strategy discussion"),
    ]
    return Paper(
        (
            Heading("Single Agency Chronology", 0),
            Line("Child Safeguarding Practice Review"),
            grid((label("Name of child"), f.child(0, "child.name"), label("Date of birth"), f.child(0, "child.dob"))),
            grid((label("Agency"), f.answer("referrer.agency"), label("Completed by"), f.answer("referrer.name"))),
            grid(
                tuple(map(label, ("Date", "Source", "Event", "Comment"))),
                *[(when, "Case file", what, f.answer("incident.place")) for when, what in events],
            ),
        )
    )


def integrated_chronology(f: Filling) -> Paper:
    """Draw the dates of all agencies together."""
    return Paper(
        (
            Heading("Integrated Chronology", 0, styled=False),
            Line("For the Rapid Review Panel"),
            grid(
                tuple(map(label, ("Date", "Agency", "Event", "Response"))),
                *[("04/05/2026", agency, f"Contact by {worker}", contact) for agency, worker, contact in f.agencies()],
                ("05/05/2026", f.answer("referrer.agency"), f.answer("incident.summary"), ""),
            ),
        )
    )


FORMS = (
    *drawn(agency_summary, "agency-summary", "docx", "pdf"),
    *drawn(management_review, "agency-summary", "docx"),
    *drawn(information_gathering, "agency-summary", "docx", "pdf"),
    *drawn(scoping, "agency-summary", "docx"),
    *drawn(chronology, "chronology", "docx", "pdf"),
    *drawn(integrated_chronology, "chronology", "docx"),
)
