"""Accounts and sessions of the staff pages, and the line that each look at a person's data leaves in the log."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from intake.domain.private import Private
from intake.domain.staff import Role
from intake.errors import BrokenPromise
from intake.records.codec import moment, stamp
from intake.records.schema import intake_log
from intake.records.staff_tables import accounts, sessions
from intake.records.store import Store

MOST_FAILURES = 5
"""Wrong passwords in a row; then the account rests."""
LOCKED_FOR = timedelta(minutes=15)

PASSWORD_SET = ("account-added", "password-changed")
"""Events of the log by which an account gets a password."""


@dataclass(frozen=True, slots=True)
class Account:
    """A local account; ``password_hash`` is argon2's whole text, ``totp`` the secret of the second factor, if any."""

    name: str
    roles: frozenset[Role]
    password_hash: str
    totp: Private | None
    totp_last: int | None
    locked_until: datetime | None
    made_at: datetime
    disabled_at: datetime | None


class Staff:
    """Who may come in, and who is in."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def account(self, name: str) -> Account | None:
        """Return an account by its name (lower case), None where there is none."""
        with self._store.reading() as connection:
            row = connection.execute(select(accounts).where(accounts.c.name == name)).one_or_none()
            return None if row is None else self._account(connection, row)

    def accounts(self) -> Sequence[Account]:
        """Return all accounts by name."""
        with self._store.reading() as connection:
            rows = connection.execute(select(accounts).order_by(accounts.c.name)).all()
            return [self._account(connection, row) for row in rows]

    def is_given(self, name: str) -> bool:
        """Tell whether somebody else than its owner chose an account's password; the log says who set it last."""
        wanted = select(intake_log.c.seq, intake_log.c.details).where(intake_log.c.event.in_(PASSWORD_SET))
        with self._store.reading() as connection:
            lines = [(row.seq, json.loads(row.details)) for row in connection.execute(wanted)]
        return max(((seq, told["by"]) for seq, told in lines if told["account"] == name), default=(0, ""))[1] != name

    def add_account(self, name: str, roles: Collection[Role], password_hash: str, by: str, now: datetime) -> None:
        """Make an account; BrokenPromise("account-exists")."""
        new = {"name": name, "roles": _listed(roles), "password_hash": password_hash, "failures": 0}
        with self._store.writing() as connection:
            if connection.execute(select(accounts.c.name).where(accounts.c.name == name)).first():
                raise BrokenPromise("account-exists")
            connection.execute(insert(accounts).values(**new, made_at=stamp(now)))
            told = {"account": name, "roles": _listed(roles), "by": by}
            self._store.log(connection, now, "account-added", "by-a-person", details=told)

    def change_account(
        self,
        name: str,
        change: str,
        by: str,
        now: datetime,
        told: Mapping[str, str] | None = None,
        **new: Any,  # noqa: ANN401 - columns
    ) -> None:
        """Change columns of an account, end its sessions, log it as ``change``; BrokenPromise("no-such-account")."""
        with self._store.writing() as connection:
            if connection.execute(update(accounts).where(accounts.c.name == name).values(**new)).rowcount == 0:
                raise BrokenPromise("no-such-account")
            connection.execute(delete(sessions).where(sessions.c.name == name))
            details = {"account": name, **(told or {}), "by": by}
            self._store.log(connection, now, change, "by-a-person", details=details)

    def disable_account(self, name: str, by: str, now: datetime) -> None:
        """Let nobody in by it any more; it stays on record. BrokenPromise("no-such-account")."""
        self.change_account(name, "account-disabled", by, now, disabled_at=stamp(now))

    def set_password(self, name: str, password_hash: str, by: str, now: datetime) -> None:
        """Give an account another password, and let it in again where it was locked."""
        new: dict[str, Any] = {"password_hash": password_hash, "failures": 0, "locked_until": None}
        self.change_account(name, "password-changed", by, now, **new)

    def set_roles(self, name: str, roles: Collection[Role], by: str, now: datetime) -> None:
        """Make an account's owner something else on the pages."""
        self.change_account(name, "roles-changed", by, now, {"roles": _listed(roles)}, roles=_listed(roles))

    def open_account(self, name: str, by: str, now: datetime) -> None:
        """Let somebody in again by an account that was closed."""
        self.change_account(name, "account-opened", by, now, disabled_at=None)

    def set_totp(self, name: str, secret: Private, by: str, now: datetime, step: int | None = None) -> None:
        """Ask for a second factor from now on; ``step`` is the time step of a code it was set up with, good no more."""
        with self._store.writing() as connection:
            sealed = self._store.seal(connection, f"staff/{name}/totp", secret.reveal().encode("ascii"))
        self.change_account(name, "second-factor-set", by, now, totp=sealed, totp_last=step)

    def remove_totp(self, name: str, by: str, now: datetime) -> None:
        """Ask for a second factor no more; where there is none, nothing is written and nobody is sent away."""
        account = self.account(name)
        if account is None or account.totp is not None:
            self.change_account(name, "second-factor-removed", by, now, totp=None, totp_last=None)

    def signed_in(self, name: str, step: int | None, now: datetime) -> bool:
        """Note a good sign-in; False where the second factor's time step was used before."""
        with self._store.writing() as connection:
            row = connection.execute(select(accounts.c.totp_last).where(accounts.c.name == name)).one()
            if step is not None and row.totp_last is not None and step <= row.totp_last:
                return False
            new = {"failures": 0, "locked_until": None, "totp_last": step if step is not None else row.totp_last}
            connection.execute(update(accounts).where(accounts.c.name == name).values(**new))
            self._store.log(connection, now, "signed-in", "password", details={"account": name})
        return True

    def sign_in_failed(self, name: str, now: datetime, why: str = "wrong-password") -> None:
        """Count a failure, which is a line of the log; at the fifth the account rests for a while."""
        with self._store.writing() as connection:
            row = connection.execute(select(accounts.c.failures).where(accounts.c.name == name)).one_or_none()
            if row is None:
                return
            is_full = row.failures + 1 >= MOST_FAILURES
            new = {
                "failures": 0 if is_full else row.failures + 1,
                "locked_until": stamp(now + LOCKED_FOR) if is_full else None,
            }
            connection.execute(update(accounts).where(accounts.c.name == name).values(**new))
            told = {"account": name}
            self._store.log(connection, now, "sign-in-failed", "locked" if is_full else why, details=told)

    def note_act(
        self, event: str, why: str, by: str, now: datetime, *, message: str | None = None, **told: str
    ) -> None:
        """Write a line of what somebody looked at or did; codes, ids and references only."""
        with self._store.writing() as connection:
            self._store.log(connection, now, event, why, message=message, details={**told, "by": by})

    def _account(self, connection: Any, row: Row[Any]) -> Account:  # noqa: ANN401 - a Connection
        secret = self._store.unseal(connection, f"staff/{row.name}/totp", row.totp) if row.totp else None
        return Account(
            name=row.name,
            roles=frozenset(Role(role) for role in row.roles.split(",") if role),
            password_hash=row.password_hash,
            totp=Private(secret.decode("ascii")) if secret else None,
            totp_last=row.totp_last,
            locked_until=moment(row.locked_until) if row.locked_until else None,
            made_at=moment(row.made_at),
            disabled_at=moment(row.disabled_at) if row.disabled_at else None,
        )


def _listed(roles: Collection[Role]) -> str:
    return ",".join(sorted(role.value for role in roles))
