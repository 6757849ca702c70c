"""What is right today and will not stay so, or is allowed and unwise: told, but never a reason not to start."""

from collections.abc import Iterator
from datetime import date, timedelta

from intake.errors import ConfigFault
from intake.settings import Settings

SOON = timedelta(days=90)
"""The holiday table is renewed once a year; three months' notice leaves room for that."""

UNSEEN_BORDER = (
    "is left out: see that the border removes what a sender forged in its name, and say how many Received fields your "
    "own servers write above its results (config/README.md)"
)


def warnings(settings: Settings, today: date) -> tuple[ConfigFault, ...]:
    """Return what a person should look at, each with file and place."""
    return (
        *(ConfigFault("working_days.toml", place, says) for place, says in _holidays(settings, today)),
        *(ConfigFault("intake.toml", place, says) for place, says in _nobody(settings)),
        *(ConfigFault("prsg_members.toml", place, says) for place, says in _unsigned(settings, today)),
    )


def _holidays(settings: Settings, today: date) -> Iterator[tuple[str, str]]:
    known_until = settings.working_days.bank_holidays.known_until
    if known_until < today:
        yield "bank_holidays.known_until", f"is past ({known_until}): counts of working days may be wrong"
    elif known_until < today + SOON:
        yield "bank_holidays.known_until", f"ends on {known_until}: compare the next years with GOV.UK"


def _nobody(settings: Settings) -> Iterator[tuple[str, str]]:
    if not settings.program.alert.to:
        yield "alert.to", "is empty: nobody is told when a child may be at risk now"
    if not settings.program.report.to:
        yield "report.to", "is empty: nobody gets the nightly exception report"
    if not settings.program.scanner.clamd:
        yield "scanner.clamd", "is empty: no mail is scanned for malware"
    if settings.program.web.public_name and not settings.program.web.front:
        yield "web.front", "is empty: all who sign in count as one address, so that one of them can shut out the others"
    for index, box in enumerate(settings.program.mailbox):
        if not box.trusted_authserv:
            yield f"mailbox[{index}].trusted_authserv", "is empty: no sender can be authenticated"
        elif box.hops_above_results is None:
            yield f"mailbox[{index}].hops_above_results", UNSEEN_BORDER


def _unsigned(settings: Settings, today: date) -> Iterator[tuple[str, str]]:
    """Name the agencies whose sign-off nobody on the list could give today."""
    signing = {m.agency for m in settings.members if m.since <= today and (m.to is None or today <= m.to)}
    for agency in settings.agencies:
        now = agency.to is None or today <= agency.to
        if now and not {agency.code, agency.represented_by} & signing:
            yield "member", f"nobody on the list signs for {agency.code} today"
