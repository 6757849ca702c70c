"""The two other clocks of a case: statutory notification and rapid review (domain.md, "Three clocks")."""

from dataclasses import dataclass
from datetime import date

from intake.domain.working_days import WorkingCalendar

NOTIFICATION_WORKING_DAYS = 5
"""Children Act 2004 s16C: from the local authority becoming aware."""

RAPID_REVIEW_WORKING_DAYS = 15
"""Working Together: from the day the notification was sent to the national Panel."""


@dataclass(frozen=True, slots=True)
class NotificationClock:
    """The local authority's clock; ``aware_on`` is the day it became aware (day 0)."""

    aware_on: date
    working_days: int = NOTIFICATION_WORKING_DAYS

    def last_day(self, calendar: WorkingCalendar) -> date:
        """Return the last day on which the notification is in time."""
        return calendar.last_day(self.aware_on, self.working_days)


@dataclass(frozen=True, slots=True)
class RapidReviewClock:
    """The safeguarding partners' clock; ``notified_on`` is the day the notification was sent (day 0)."""

    notified_on: date
    working_days: int = RAPID_REVIEW_WORKING_DAYS

    def last_day(self, calendar: WorkingCalendar) -> date:
        """Return the last day on which the rapid review is in time."""
        return calendar.last_day(self.notified_on, self.working_days)
