"""What a check may know beside the form: when it came, from whom, what the register holds, what the partnership set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from intake.domain.agency_names import agency_named, existing
from intake.domain.case import KnownCase
from intake.domain.private import Private
from intake.domain.referral import Referral
from intake.domain.verdict import SenderVerdict
from intake.domain.working_days import WorkingCalendar, calendar, local_date
from intake.settings import Settings
from intake.settings.neighbours import Agency
from parsers.template import Sheet


@dataclass(frozen=True, slots=True)
class CheckContext:
    """``received_at`` and ``now`` are aware; ``known`` are registered versions that share a file, child or incident."""

    received_at: datetime
    now: datetime
    sender: SenderVerdict
    known: Sequence[KnownCase]
    settings: Settings
    sent_date: Private | None = None
    """The mail's Date header as typed: kept and shown, never used for a clock."""
    first_received_at: datetime | None = None
    """When the first form of the same case came, where this one is a later version of it (aware)."""

    @property
    def clock_ends_at(self) -> datetime:
        """Return the receipt the submission clock runs to: the case's first (domain.md, "What arrives")."""
        return self.first_received_at or self.received_at

    @property
    def received_on(self) -> date:
        """Return the day of receipt in Europe/London: what clocks count to."""
        return local_date(self.received_at)

    @property
    def today(self) -> date:
        """Return the present day in Europe/London."""
        return local_date(self.now)

    @property
    def calendar(self) -> WorkingCalendar:
        """Return the calendar of working days."""
        return calendar(self.settings.working_days.bank_holidays)

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """Return the agencies that were one on the day of receipt."""
        return existing(self.settings.agencies, self.received_on)

    def agency_answered(self, referral: Referral, field: str) -> str | None:
        """Return the code of the agency a field names, where configuration knows exactly one of that name."""
        written = referral.answer(field)
        return agency_named(written, self.agencies) if written else None

    def sheet(self, key: str | None) -> Sheet | None:
        """Return the form sheet of that key, or None for a foreign layout or a sheet no longer kept."""
        return next((sheet for sheet in self.settings.library.sheets if sheet.key == key), None)

    def asks(self, sheet: str | None, field: str) -> bool:
        """Tell whether that sheet asks for ``field``; a foreign layout is taken to ask for everything."""
        known = self.sheet(sheet)
        if known is None:
            return True
        return any(question.field == field for section in known.sections for question in section.questions)
