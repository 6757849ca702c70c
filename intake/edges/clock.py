"""The time of this machine."""

from datetime import UTC, datetime


class SystemClock:
    """The real :class:`intake.ports.Clock`."""

    def now(self) -> datetime:
        """Return the present as an aware datetime in UTC."""
        return datetime.now(UTC)
