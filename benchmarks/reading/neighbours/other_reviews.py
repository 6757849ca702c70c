"""Other processes beside a practice review: allegations, child deaths, adults' reviews, homicides."""

from benchmarks.reading.foreign.filling import Filling, box, yes_no
from benchmarks.reading.neighbours.form import asked, children, drawn, household, referrer
from benchmarks.reading.paper.blocks import Heading, Line, Paper, bar, grid, label


def lado(f: Filling) -> Paper:
    """Draw a referral of an allegation against a worker."""
    return Paper(
        (
            Heading("LADO Referral Form", 0),
            Line("Send within one working day."),
            referrer(f),
            grid(
                bar("Adult of concern", 2),
                (label("Full name"), "Invented Worker"),
                (label("Role"), "Teaching assistant"),
                (label("Date of birth"), "02/02/1990"),
            ),
            children(f, "Child or children"),
            asked(
                f,
                ("Date of incident", "incident.date"),
                ("Location of incident", "incident.place"),
                ("What happened?", "incident.summary"),
            ),
        )
    )


def designated_officer(f: Filling) -> Paper:
    """Draw the same under the office's full name."""
    return Paper(
        (
            Heading("Notification to the Local Authority Designated Officer", 0),
            Line("Allegations against people who work with children"),
            Line("Cases of this kind may lead to a Child Safeguarding Practice Review."),
            asked(
                f,
                ("Name of referrer", "referrer.name"),
                ("Organisation", "referrer.agency"),
                ("Email", "referrer.email"),
            ),
            asked(
                f,
                ("Details of allegation", "incident.summary"),
                ("Date of incident", "incident.date"),
            ),
            children(f),
        )
    )


def child_death_notification(f: Filling) -> Paper:
    """Draw the notification of a child's death, which asks many of the same things."""
    fields = (
        "child.name",
        "child.dob",
        "child.dod",
        "child.nhs_number",
        "child.gender",
        "child.ethnicity",
        "child.address",
        "child.gp",
    )
    return Paper(
        (
            Heading("Form A: Notification of Child Death", 0),
            Line("To be sent to the Child Death Overview Panel within 24 hours."),
            grid(bar("Child", 2), *[(label(f.full(field)), f.child(0, field)) for field in fields]),
            referrer(f, "Notifier"),
            household(f, "Family"),
            asked(f, ("Circumstances of death", "incident.summary"), ("Place of death", "incident.place")),
            grid((label("Is a Child Safeguarding Practice Review being considered?"), yes_no("No"))),
        )
    )


def child_death_reporting(f: Filling) -> Paper:
    """Draw the agency's longer report on a death."""
    return Paper(
        (
            Heading("Child Death Reporting Form", 0),
            Line("Supplement to be completed by each agency that knew the child"),
            asked(
                f,
                ("Agency", "referrer.agency"),
                ("Completed by", "referrer.name"),
                ("Email address", "referrer.email"),
                ("Date completed", "referral.date"),
            ),
            children(f),
            asked(
                f,
                ("Summary of case and circumstances leading to the death", "incident.summary"),
                ("Good practice", "practice.good"),
            ),
            grid(*[(f"{box(ticked)} {wording}",) for wording, ticked in f.parallel()]),
        )
    )


def adult_review(f: Filling) -> Paper:
    """Draw a referral for an adult's review."""
    return Paper(
        (
            Heading("Safeguarding Adults Review Referral", 0),
            referrer(f),
            grid(
                bar("Adult", 2),
                (label("Name"), "Invented Adult"),
                (label("Date of birth"), "03/03/1950"),
                (label("Date of death"), "04/11/2026"),
            ),
            asked(
                f,
                ("Date of incident", "incident.date"),
                ("Summary of incident", "incident.summary"),
                ("Reason for referral", "referral.reason"),
            ),
            asked(
                f,
                ("Agencies worked together concerns", "practice.concerns"),
                ("Quality assured by", "qa.name"),
                ("Date", "qa.date"),
            ),
            Line("Is there a parallel Child Safeguarding Practice Review? Not known."),
        )
    )


def adult_concern(f: Filling) -> Paper:
    """Draw a concern about an adult, with the children of the house named."""
    return Paper(
        (
            Heading("Safeguarding Adult Concern Form", 0),
            asked(
                f,
                ("Name of person raising the concern", "referrer.name"),
                ("Agency", "referrer.agency"),
                ("Telephone", "referrer.phone"),
            ),
            grid((label("Adult at risk"), "Invented Adult"), (label("Date of birth"), "03/03/1950")),
            children(f, "Children in the household"),
            asked(f, ("Date of incident", "incident.date"), ("What happened?", "incident.summary")),
        )
    )


def domestic_homicide(f: Filling) -> Paper:
    """Draw a notification of a domestic homicide."""
    return Paper(
        (
            Heading("Domestic Homicide Review: Notification Form", 0),
            Line("The children named below may also be the subject of a Child Safeguarding Practice Review."),
            referrer(f, "Notifying agency"),
            grid(
                (label("Victim"), "Invented Victim"),
                (label("Alleged perpetrator"), "Invented Person"),
                (label("Date of death"), "05/11/2026"),
            ),
            children(f),
            asked(
                f,
                ("Circumstances", "incident.summary"),
                ("Date of incident", "incident.date"),
                ("Referral made by", "referrer.name"),
            ),
        )
    )


FORMS = (
    *drawn(lado, "lado", "docx", "pdf"),
    *drawn(designated_officer, "lado", "docx"),
    *drawn(child_death_notification, "cdop", "docx", "pdf"),
    *drawn(child_death_reporting, "cdop", "docx"),
    *drawn(adult_review, "adult", "docx"),
    *drawn(adult_concern, "adult", "docx"),
    *drawn(domestic_homicide, "adult", "docx"),
)
