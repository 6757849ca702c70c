"""Answers of a form as what they mean: dates, agencies, lives. A disputed or blank answer means nothing."""

from datetime import date

from intake.domain.dates import read_date
from intake.domain.incident_date import UNKNOWN_DATE, IncidentDate, Precision
from intake.domain.referral import Referral


def dated(referral: Referral, field: str, child: int | None = None) -> IncidentDate:
    """Return the date answered, with its precision; unknown where blank, disputed or not to be read."""
    text = referral.answer(field, child)
    return read_date(text) if text else UNKNOWN_DATE


def exact_day(referral: Referral, field: str, child: int | None = None) -> date | None:
    """Return the day answered where it is exactly one, else None."""
    days = dated(referral, field, child)
    return days.earliest if days.precision is Precision.EXACT else None


def births(referral: Referral) -> tuple[date, ...]:
    """Return every child's date of birth that is exactly known, in the form's order."""
    return _of_each_child(referral, "child.dob")


def deaths(referral: Referral) -> tuple[date, ...]:
    """Return every child's date of death that is exactly known, in the form's order."""
    return _of_each_child(referral, "child.dod")


def _of_each_child(referral: Referral, field: str) -> tuple[date, ...]:
    days = (exact_day(referral, field, child) for child in referral.children())
    return tuple(day for day in days if day is not None)
