"""``intake user add|list|disable``: local accounts of the staff pages; the password is typed, never given as a word."""

import sys
import warnings
from argparse import Namespace
from datetime import datetime
from getpass import GetPassWarning, getpass, getuser

from intake.domain.private import Private
from intake.domain.staff import Role
from intake.errors import BrokenPromise, ConfigFault, Misconfigured
from intake.programs import tables
from intake.programs.opening import opened
from intake.records import SqlRecords
from intake.settings import Settings
from intake.web.passwords import fault_of, fault_of_name, hash_of

COLUMNS = ("NAME", "ROLES", "SECOND FACTOR", "MADE", "STATE")


def add(options: Namespace, settings: Settings) -> int:
    """Make an account, or give one that is there another password and other roles, and open it where it was closed."""
    name, roles = _name(options.name), _roles(options.role)
    password = _typed(name)
    with opened(settings) as house:
        by, now = f"terminal: {getuser()}", house.clock()
        if house.records.account(name) is None:
            house.records.add_account(name, roles, hash_of(password), by, now)
            sys.stdout.write(f"{name}: may sign in as {tables.joined(sorted(roles))}\n")
        else:
            _renew(house.records, name, roles, hash_of(password), by, now)
            sys.stdout.write(f"{name}: has a new password and may sign in as {tables.joined(sorted(roles))}\n")
    return 0


def disable(options: Namespace, settings: Settings) -> int:
    """Close an account and end its sessions."""
    name = _name(options.name)
    with opened(settings) as house:
        try:
            house.records.disable_account(name, f"terminal: {getuser()}", house.clock())
        except BrokenPromise:
            raise _misuse(name, "no such account") from None
    sys.stdout.write(f"{name}: closed\n")
    return 0


def show(options: Namespace, settings: Settings) -> int:
    """Show all accounts."""
    with opened(settings) as house:
        accounts = house.records.accounts()
    rows = [
        {
            "name": one.name, "roles": sorted(one.roles), "second_factor": one.totp is not None, "made_at": one.made_at,
            "disabled_at": one.disabled_at,
        }
        for one in accounts
    ]  # fmt: skip
    if options.json:
        tables.show_json(rows)
        return 0
    lines = [
        (
            one.name, tables.joined(sorted(one.roles)), "yes" if one.totp else "no", tables.in_london(one.made_at),
            "closed" if one.disabled_at else "open",
        )
        for one in accounts
    ]  # fmt: skip
    tables.show(COLUMNS, lines, empty="Nobody can sign in yet: intake user add NAME --role reviewer")
    return 0


def _renew(  # noqa: PLR0917 - an act of the records, three times
    records: SqlRecords, name: str, roles: frozenset[Role], hashed: str, by: str, now: datetime
) -> None:
    """Give an account another password and these roles; each change is a line of the log, and ends its sessions."""
    account = records.account(name)
    records.set_password(name, hashed, by, now)
    if account is not None and account.roles != roles:
        records.set_roles(name, roles, by, now)
    if account is not None and account.disabled_at is not None:
        records.open_account(name, by, now)


def _typed(name: str) -> Private:
    """Return a new password, typed twice without echo, or as one line on a pipe; Misconfigured where it is weak."""
    if sys.stdin.isatty():
        with warnings.catch_warnings():
            warnings.simplefilter("error", GetPassWarning)
            try:
                typed, again = getpass("Password: "), getpass("Once more: ")
            except (GetPassWarning, EOFError):
                raise _misuse(name, "needs a terminal that can hide what is typed") from None
        if typed != again:
            raise _misuse(name, "the two are not the same")
    else:
        typed = sys.stdin.readline().rstrip("\n")
    fault = fault_of(typed, name)
    if fault:
        raise _misuse(name, fault)
    return Private(typed)


def _name(written: str) -> str:
    name = written.strip().lower()
    fault = fault_of_name(name)
    if fault:
        raise _misuse("NAME", fault)
    return name


def _roles(written: str | None) -> frozenset[Role]:
    try:
        return frozenset(Role(one.strip()) for one in (written or "").split(",") if one.strip()) or _none()
    except ValueError:
        raise _misuse("--role", f"is of: {tables.joined(role.value for role in Role)}") from None


def _none() -> frozenset[Role]:
    raise _misuse("--role", f"is needed: {tables.joined(role.value for role in Role)}")


def _misuse(place: str, says: str) -> Misconfigured:
    return Misconfigured([ConfigFault("user", tables.visible(place), says)])
