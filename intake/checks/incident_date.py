"""Is there a day to count from, and can it be true? Born before, still alive then, not after the form was sent."""

from collections.abc import Iterator
from datetime import date

from intake.checks.context import CheckContext
from intake.domain.answers import dated, deaths, exact_day
from intake.domain.findings import Finding, FindingKind, Severity
from intake.domain.incident_date import IncidentDate, Precision
from intake.domain.referral import Referral

FIELD = "incident.date"
ADULT_AT = 18

KINDS = (
    FindingKind("no-incident-date", "No date of the incident that could be read", Severity.ATTENTION),
    FindingKind("incident-date-approximate", "The date of the incident is approximate or a range", Severity.NOTE),
    FindingKind("incident-after-receipt", "The incident is dated after the form was received", Severity.ATTENTION),
    FindingKind("incident-before-birth", "The incident is dated before a child's birth", Severity.ATTENTION),
    FindingKind("incident-after-death", "The incident is dated after a child's death", Severity.ATTENTION),
    FindingKind("death-before-birth", "A child's date of death is before the date of birth", Severity.ATTENTION),
    FindingKind("death-after-incident", "A child died later than the incident", Severity.NOTE),
    FindingKind("death-after-receipt", "A child's date of death is after the form was received", Severity.ATTENTION),
    FindingKind(
        "not-born-yet", "A date of birth is after the form was received: an expected date, or a slip", Severity.NOTE
    ),
    FindingKind("aged-18-or-over", "A child was 18 or older at the incident", Severity.ATTENTION),
    FindingKind("aware-before-incident", "The agency became aware before the incident", Severity.ATTENTION),
    FindingKind("aware-later", "The agency became aware later than the incident", Severity.NOTE),
)


def ask(referral: Referral, context: CheckContext) -> tuple[Finding, ...]:
    """Find what the dates of a form say against each other; the detail tells a child by its number on the form."""
    incident = dated(referral, FIELD)
    found = [
        *_of_the_date(incident, referral, context),
        *_of_awareness(incident, referral),
        *_of_children(incident, referral, context),
    ]
    return tuple(Finding(code, referral.document, {"child": child} if child else {}) for code, child in found)


Found = Iterator[tuple[str, int | None]]


def _of_the_date(incident: IncidentDate, referral: Referral, context: CheckContext) -> Found:
    if incident.earliest is None:
        if context.asks(referral.sheet, FIELD):
            yield "no-incident-date", None
        return
    if incident.precision is not Precision.EXACT:
        yield "incident-date-approximate", None
    if incident.earliest > context.received_on:
        yield "incident-after-receipt", None
    if any(incident.earliest > death for death in deaths(referral)):
        yield "incident-after-death", None


def _of_awareness(incident: IncidentDate, referral: Referral) -> Found:
    aware = exact_day(referral, "incident.date_aware")
    if aware is None or incident.earliest is None or incident.latest is None:
        return
    if aware < incident.earliest:
        yield "aware-before-incident", None
    elif aware > incident.latest:
        yield "aware-later", None


def _of_children(incident: IncidentDate, referral: Referral, context: CheckContext) -> Found:
    for child in referral.children():
        born, died = exact_day(referral, "child.dob", child), exact_day(referral, "child.dod", child)
        if born is not None:
            yield from ((code, child) for code in _of_birth(born, incident, context.received_on))
        if died is not None:
            yield from ((code, child) for code in _of_death(died, born, incident, context.received_on))


def _of_birth(born: date, incident: IncidentDate, received: date) -> Iterator[str]:
    if born > received:
        yield "not-born-yet"
    elif incident.latest is not None and incident.latest < born:
        yield "incident-before-birth"
    if incident.earliest is not None and _birthday(born, ADULT_AT) <= incident.earliest:
        yield "aged-18-or-over"


def _of_death(died: date, born: date | None, incident: IncidentDate, received: date) -> Iterator[str]:
    if born is not None and died < born <= received:
        yield "death-before-birth"
    if died > received:
        yield "death-after-receipt"
    elif incident.latest is not None and died > incident.latest:
        yield "death-after-incident"


def _birthday(born: date, years: int) -> date:
    """Return the day somebody attains an age; born on 29 February, on 1 March where there is none."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
