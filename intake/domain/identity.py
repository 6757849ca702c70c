"""What makes two forms speak of the same child and the same incident: normal forms to compare, never to show."""

from dataclasses import dataclass

from intake.domain.dates import read_date
from intake.domain.incident_date import Precision
from intake.domain.names import normal_name
from intake.domain.referral import Referral


@dataclass(frozen=True, slots=True)
class Matter:
    """The normal forms of one referral: each child as name and date of birth, and the days of the incident.

    Holds personal words; lives only in memory and enters the records as a keyed hash (blind index).
    """

    children: frozenset[str]
    incident: str | None

    def __repr__(self) -> str:
        """Show nothing of what it holds."""
        return "<matter>"


def matter(referral: Referral) -> Matter:
    """Return the normal forms of a referral; a child counts only with both a name and a whole date of birth."""
    keys = (_child(referral, child) for child in referral.children())
    return Matter(frozenset(key for key in keys if key), _incident(referral))


def same_matter(one: Referral, other: Referral) -> bool:
    """Tell whether two forms are about the same children and the same incident; unknown is never the same."""
    first, second = matter(one), matter(other)
    return bool(first.children) and first == second and first.incident is not None


def child_key(name: str, born: str) -> str | None:
    """Return the normal form of one child, to be hashed; None where the date of birth is not one whole day."""
    day = read_date(born)
    if not name.strip() or day.precision is not Precision.EXACT or day.earliest is None:
        return None
    return f"{normal_name(name)}|{day.earliest.isoformat()}"


def _child(referral: Referral, child: int) -> str | None:
    name, born = referral.answer("child.name", child), referral.answer("child.dob", child)
    return child_key(name, born) if name and born else None


def _incident(referral: Referral) -> str | None:
    written = referral.answer("incident.date")
    if not written:
        return None
    days = read_date(written)
    if days.earliest is None or days.latest is None:
        return None
    return f"{days.earliest.isoformat()}/{days.latest.isoformat()}"
