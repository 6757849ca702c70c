"""Referrals to the front door of children's social care, as several councils make them, and requests for early help."""

from benchmarks.reading.foreign.filling import Filling, yes_no
from benchmarks.reading.neighbours.form import asked, children, drawn, household, referrer
from benchmarks.reading.paper.blocks import Heading, Line, Paper, grid, label


def marf(f: Filling) -> Paper:
    """Draw a multi-agency referral form with consent, worries and what is working well."""
    return Paper(
        (
            Heading("Multi-Agency Referral Form (MARF)", 0),
            Line("Information given here may later be used in a Child Safeguarding Practice Review or LADO enquiry."),
            referrer(f),
            children(f, "Children you are referring"),
            household(f),
            grid((label("Have parents consented to this referral?"), yes_no("Yes"))),
            asked(
                f,
                ("What are you worried about?", "incident.summary"),
                ("Reason for referral", "referral.reason"),
                ("Date of incident", "incident.date"),
                ("What is working well?", "practice.good"),
                ("Date of referral", "referral.date"),
            ),
            Heading("Quality assurance (manager)", 2),
            asked(f, ("Name", "qa.name"), ("Agency", "qa.agency"), ("Date", "qa.date")),
        ),
        header="OFFICIAL-SENSITIVE when completed",
    )


def bridge(f: Filling) -> Paper:
    """Draw the local front door's own form."""
    return Paper(
        (
            Heading("Bridge Partnership Referral", 0, styled=False),
            Line("Is a child in immediate danger? Call 999."),
            asked(
                f,
                ("Name of referrer", "referrer.name"),
                ("Agency", "referrer.agency"),
                ("Email address", "referrer.email"),
            ),
            children(f),
            asked(f, ("Reason for referral", "referral.reason"), ("Summary of concerns", "incident.summary")),
            Heading("Has a practice review referral been made?"),
            Line("No. If a child is seriously harmed, also use the Child Safeguarding Practice Review referral form."),
        )
    )


def mash(f: Filling) -> Paper:
    """Draw a hub's form of numbered sections."""
    return Paper(
        (
            Line("Fable Borough Council"),
            Line("Children's Services"),
            Heading("MASH Referral Form", 0, styled=False),
            Heading("1. Child / young person details"),
            children(f),
            Heading("2. Additional information about the family"),
            household(f),
            Heading("3. Reason for referral"),
            asked(f, ("What are you worried about?", "incident.summary"), ("What type of harm?", "referral.reason")),
            Heading("4. Professionals"),
            grid(tuple(map(label, ("Agency", "Worker", "Contact"))), *f.agencies()),
            Heading("5. Referrer"),
            referrer(f),
        )
    )


def social_care_referral(f: Filling) -> Paper:
    """Draw a council's form that calls itself a referral to children's social care."""
    return Paper(
        (
            Heading("Children's Social Care Referral Form", 0),
            Line("Use this form to confirm a telephone referral within 24 hours."),
            grid((label("Date of referral"), f.answer("referral.date"), label("Time"), "14:10")),
            referrer(f, "Section One: about you"),
            children(f, "Section Two: about the child"),
            asked(f, ("Circumstances", "incident.summary"), ("Why are you making this referral?", "referral.reason")),
            Line("This form is not for a serious incident referral to the safeguarding partnership."),
        )
    )


def request_for_service(f: Filling) -> Paper:
    """Draw an inter-agency form with levels of need."""
    return Paper(
        (
            Heading("Inter-Agency Referral Form", 0),
            grid((label("Level of need"), "Level 3 / Level 4")),
            children(f, "1. Child/ren"),
            household(f, "2. Family composition"),
            asked(
                f,
                ("3. Reason for referral", "referral.reason"),
                ("4. Incident", "incident.summary"),
                ("Date of incident", "incident.date"),
            ),
            referrer(f, "5. Referrer's details"),
        )
    )


def early_help(f: Filling) -> Paper:
    """Draw an early help assessment: strengths, needs, plan."""
    return Paper(
        (
            Heading("Early Help Assessment", 0),
            Line("What you tell us may be shared, for example for a Child Safeguarding Practice Review."),
            asked(f, ("Completed by", "referrer.name"), ("Job title", "referrer.role"), ("Agency", "referrer.agency")),
            children(f, "Children and young people in the family"),
            household(f, "Parents and carers"),
            Heading("Health, education and development"),
            Line(f.answer("practice.good")),
            Heading("What needs to change?"),
            Line(f.answer("referral.reason")),
            Heading("Plan"),
            grid(
                tuple(map(label, ("Action", "Who", "By when"))),
                ("Team around the family meeting", "Lead practitioner", "01/12/2026"),
            ),
        )
    )


FORMS = (
    *drawn(marf, "marf", "docx", "pdf"),
    *drawn(bridge, "marf", "docx"),
    *drawn(mash, "marf", "pdf", "html"),
    *drawn(social_care_referral, "marf", "docx"),
    *drawn(request_for_service, "marf", "docx"),
    *drawn(early_help, None, "docx", "pdf"),
)
