"""The neighbours of ``intake.toml`` in the same folder: what the partnership decides, in its own words."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from intake.settings.model import Model

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Domain = Annotated[str, AfterValidator(str.lower), Field(pattern=r"^[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$")]
"""A mail domain in ASCII; compared exactly and in lower case, never by its ending."""
MailAddress = Annotated[str, AfterValidator(str.lower), Field(pattern=r"^[^\s@<>,;\"]{1,64}@[A-Za-z0-9.-]{3,255}$")]
Name = Annotated[str, Field(min_length=1, max_length=120)]


class Agency(Model):
    """One agency: its names, the domains that are its alone, single mailboxes on shared domains, dates of being."""

    code: Slug
    name: Name
    kind: str = "other"
    aliases: tuple[Name, ...] = ()
    domains: tuple[Domain, ...] = ()
    mailboxes: tuple[MailAddress, ...] = ()
    represented_by: Slug | None = None
    since: Annotated[date | None, Field(alias="from")] = None
    to: date | None = None


class Agencies(Model):
    """``agencies.toml``: the agencies, and mail domains so many share that none of them can own one."""

    shared_domains: tuple[Domain, ...] = ()
    agency: tuple[Agency, ...]


class Member(Model):
    """One PRSG member or deputy, with the agency and the days of membership (both included)."""

    name: Name
    agency: Slug
    email: MailAddress | Literal[""] = ""
    deputy: bool = False
    since: Annotated[date, Field(alias="from")]
    to: date | None = None


class Members(Model):
    """``prsg_members.toml``."""

    member: tuple[Member, ...] = ()


class Timeliness(Model):
    """The submission clock."""

    limit_days: Annotated[int, Field(ge=1, le=60)] = 5
    late_by: Literal["working", "calendar"] = "working"


class WayClocks(Model):
    """How many working days a case's way after intake may take, where no law says it."""

    to_panel_working_days: Annotated[int, Field(ge=1, le=60)] = 5
    decision_working_days: Annotated[int, Field(ge=1, le=60)] = 5
    referrer_told_working_days: Annotated[int, Field(ge=1, le=60)] = 5


class BankHolidays(Model):
    """Bank holidays of England and Wales: how far the table is known, and days to add to or take from the library's."""

    division: Literal["england-and-wales"] = "england-and-wales"
    known_until: date
    extra: tuple[date, ...] = ()
    not_holidays: tuple[date, ...] = ()


class WorkingDays(Model):
    """``working_days.toml``."""

    timeliness: Timeliness = Timeliness()
    way: WayClocks = WayClocks()
    bank_holidays: BankHolidays


class Channel(Model):
    """One line of the safety block: who to call, on which number, when."""

    name: str
    phone: str
    hours: str


class Safety(Model):
    """``safety.toml``: the block that stands in every acknowledgement, and the words that raise an alert."""

    lead: str
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]
    phrases: dict[Slug, tuple[str, ...]]
    """Alert code -> phrases that suggest current risk."""
    reassurances: tuple[str, ...] = ()
    """Answers of the form's own question that mean no current risk ("no", "none known")."""
    doubts: tuple[str, ...] = ()
    """Words that take a reassurance back ("no, but ...")."""
    standing_advice: tuple[str, ...] = ()
    """Openings of sentences that advise anybody who reads them ("if you think a child"): signatures, not news."""


class Checks(Model):
    """``checks.toml``: the severity of each kind of finding where it differs from the one shipped, and small limits."""

    severity: dict[Slug, Literal["note", "attention", "today", "alert"]] = Field(default_factory=dict)
    non_recent_after_days: Annotated[int, Field(ge=30)] = 365
