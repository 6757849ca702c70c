"""The date of an incident with its precision: there are no ``None`` dates (architecture.md, "Types")."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a date was given."""

    EXACT = "exact"
    MONTH = "month"
    APPROXIMATE = "approximate"
    RANGE = "range"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class IncidentDate:
    """The days an answer can mean, both included; ``unknown`` alone has none."""

    earliest: date | None
    latest: date | None
    precision: Precision

    def __post_init__(self) -> None:
        """Refuse what cannot be: half a date, a backward range, a wide exact date."""
        unknown = self.precision is Precision.UNKNOWN
        if unknown != (self.earliest is None) or unknown != (self.latest is None):
            raise ValueError("a known date has both ends, an unknown one none")
        if self.earliest and self.latest:
            if self.earliest > self.latest:
                raise ValueError("the earliest day is after the latest")
            if self.precision is Precision.EXACT and self.earliest != self.latest:
                raise ValueError("an exact date is one day")


UNKNOWN_DATE = IncidentDate(None, None, Precision.UNKNOWN)


def exactly(day: date) -> IncidentDate:
    """Return the date that is just ``day``."""
    return IncidentDate(day, day, Precision.EXACT)
