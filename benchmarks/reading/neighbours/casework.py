"""Papers of everyday casework: conferences, strategy discussions, police notices, interviews, schools, panels."""

from benchmarks.reading.foreign.filling import Filling, box, yes_no
from benchmarks.reading.neighbours.form import asked, children, drawn, household, referrer
from benchmarks.reading.paper.blocks import Heading, Line, Paper, bar, grid, label


def conference_report(f: Filling) -> Paper:
    """Draw a report to a child protection conference."""
    return Paper(
        (
            Heading("Report to Child Protection Conference", 0),
            asked(
                f,
                ("Name of professional", "referrer.name"),
                ("Role", "referrer.role"),
                ("Agency", "referrer.agency"),
                ("Date of report", "referral.date"),
            ),
            children(f),
            household(f),
            asked(
                f,
                ("Summary of your involvement", "incident.summary"),
                ("Risks", "practice.concerns"),
                ("Strengths", "practice.good"),
            ),
        )
    )


def strategy_discussion(f: Filling) -> Paper:
    """Draw the minutes of a strategy discussion, LADO and review among its decisions."""
    return Paper(
        (
            Heading("Strategy Discussion: Minutes", 0),
            children(f),
            grid(bar("Attendance", 3), tuple(map(label, ("Agency", "Name", "Contact"))), *f.agencies()),
            asked(
                f,
                ("Reason for discussion", "referral.reason"),
                ("Date of incident", "incident.date"),
                ("What happened?", "incident.summary"),
            ),
            Heading("Decisions"),
            Line(f"{box(True)} Section 47 enquiry   {box(False)} LADO referral"),
            Line(f"{box(False)} Refer for a Child Safeguarding Practice Review"),
        )
    )


def encompass(f: Filling) -> Paper:
    """Draw a police notice to a school."""
    return Paper(
        (
            Heading("Operation Encompass Notification", 0),
            children(f),
            asked(
                f,
                ("Date of incident", "incident.date"),
                ("Location", "incident.place"),
                ("Brief circumstances", "incident.summary"),
            ),
            grid((label("Reporting officer"), f.answer("referrer.name"), label("Tel"), f.answer("referrer.phone"))),
        )
    )


def police_vulnerability(f: Filling) -> Paper:
    """Draw a police notice of a vulnerable child."""
    return Paper(
        (
            Line("FABLE CONSTABULARY"),
            Heading("Public Protection Notice (Child)", 0, styled=False),
            asked(
                f,
                ("Officer completing", "referrer.name"),
                ("Rank", "referrer.role"),
                ("Date of incident", "incident.date"),
            ),
            children(f, "Subject"),
            household(f, "Others involved"),
            asked(f, ("Circumstances of the incident", "incident.summary"), ("Location of incident", "incident.place")),
        )
    )


def return_interview(f: Filling) -> Paper:
    """Draw a talk with a child who had been missing."""
    return Paper(
        (
            Heading("Missing from Home: Return Home Interview", 0),
            children(f),
            asked(
                f,
                ("Date missing", "incident.date"),
                ("Where did you stay?", "incident.place"),
                ("What happened?", "incident.summary"),
            ),
            asked(
                f,
                ("Interview completed by", "referrer.name"),
                ("Agency", "referrer.agency"),
                ("Date completed", "referral.date"),
            ),
        )
    )


def exploitation_screening(f: Filling) -> Paper:
    """Draw a screening tool of many ticks."""
    signs = ("Missing from home or care", "Unexplained gifts", "Older associates", "Carries a weapon")
    return Paper(
        (
            Heading("Child Sexual Exploitation Screening Tool", 0),
            referrer(f, "Completed by"),
            children(f),
            grid(
                tuple(map(label, ("Indicator", "Yes / No"))), *[(sign, yes_no(f.one_of("Yes", "No"))) for sign in signs]
            ),
            asked(f, ("Summary of concerns", "incident.summary"), ("Reason for referral", "referral.reason")),
        )
    )


def exclusion(f: Filling) -> Paper:
    """Draw a school's notice."""
    return Paper(
        (
            Heading("Notification of Suspension or Permanent Exclusion", 0),
            asked(f, ("School", "referrer.agency"), ("Headteacher", "referrer.name"), ("Email", "referrer.email")),
            children(f, "Pupil"),
            asked(
                f,
                ("Date of incident", "incident.date"),
                ("Reason for exclusion", "referral.reason"),
                ("What happened?", "incident.summary"),
            ),
            Line("Has a serious incident referral been considered? Not applicable."),
        )
    )


def marac(f: Filling) -> Paper:
    """Draw a referral to a panel about domestic abuse."""
    return Paper(
        (
            Heading("MARAC Referral Form", 0),
            referrer(f, "Referring agency"),
            grid(bar("Victim", 2), (label("Name"), "Invented Victim"), (label("Date of birth"), "02/02/1991")),
            children(f, "Children"),
            asked(
                f,
                ("Date of referral", "referral.date"),
                ("Reason for referral", "referral.reason"),
                ("Background", "incident.summary"),
            ),
        )
    )


def child_in_need_plan(f: Filling) -> Paper:
    """Draw a plan with a review date: the word review is not ours alone."""
    return Paper(
        (
            Heading("Child in Need Plan and Review", 0),
            children(f),
            household(f),
            grid(tuple(map(label, ("Agency", "Worker", "Contact"))), *f.agencies()),
            asked(
                f,
                ("Practice review of the plan", "practice.good"),
                ("Date of next review", "referral.date"),
                ("Social worker", "referrer.name"),
            ),
        )
    )


FORMS = (
    *drawn(conference_report, "casework", "docx"),
    *drawn(strategy_discussion, "casework", "docx", "pdf"),
    *drawn(encompass, "police-notice", "docx"),
    *drawn(police_vulnerability, "police-notice", "docx", "pdf"),
    *drawn(return_interview, "casework", "docx"),
    *drawn(exploitation_screening, "casework", "docx"),
    *drawn(exclusion, "casework", "docx"),
    *drawn(marac, "casework", "docx"),
    *drawn(child_in_need_plan, None, "html"),
)
