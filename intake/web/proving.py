"""Who somebody is: proved by password and second factor, or by the organisation; and how long ago that was."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import structlog
from flask import g, session

from intake.domain.private import Private
from intake.domain.staff import Role
from intake.records.staff import Account
from intake.web.access import GIVEN, visitor_of
from intake.web.office import office
from intake.web.passwords import is_password, step_of
from intake.web.sessions import ACCOUNT, renew

log = structlog.get_logger("web")

PROVED = "proved"
"""Where a session keeps when that was; nothing where nobody said."""
FRESH = timedelta(minutes=10)
"""How long a proof stands for what needs one of its own: releasing from quarantine."""


class Proof(StrEnum):
    """By what somebody came in."""

    OURS = "ours"
    ORGANISATION = "organisation"


def proved(name: str, password: str, code: str) -> Account | None:
    """Return the account that name, password and code open; a failure is counted, and takes as long as a success.

    A failure is a line of the chained log only where there is such an account and it does not rest, five at most in a
    quarter of an hour: nobody who is not signed in can fill the log. The others are lines of the operations log.
    """
    here = office()
    now, name = here.clock(), name.strip().lower()
    account = here.records.account(name)
    is_right = is_password(account, Private(password))
    if account is None or (account.locked_until and now < account.locked_until):
        log.warning("sign-in-failed", why="resting" if account else "no-such-account")
        return None
    if account.disabled_at:
        here.records.sign_in_failed(name, now, "closed")
        return None
    step = step_of(account, code.strip(), now)
    if not is_right or (account.totp is not None and step is None) or not here.records.signed_in(name, step, now):
        here.records.sign_in_failed(name, now)
        return None
    return account


def let_in(account: Account) -> None:
    """Begin a fresh session for somebody whom a password of ours let in."""
    given = {GIVEN: True} if office().records.is_given(account.name) else {}
    _begin(account.name, account.roles, Proof.OURS, **given, **{ACCOUNT: account.name})


def let_in_from_there(name: str, roles: Collection[Role], proved_ago: int | None) -> None:
    """Begin a fresh session for somebody whom the organisation knows, and who proved it to it so many seconds ago.

    They are called so that no local account can be: theirs is another person's, though it have the same name.
    """
    _begin(f"{name} (organisation)", roles, Proof.ORGANISATION)
    if proved_ago is None or proved_ago >= FRESH.total_seconds():
        del session[PROVED]
    else:
        session[PROVED] = (office().clock() - timedelta(seconds=proved_ago)).isoformat()


def _begin(name: str, roles: Collection[Role], by: Proof, **more: Any) -> None:  # noqa: ANN401 - a session's content
    renew(session)
    session.update(name=name, roles=sorted(roles), by=by.value, **more)
    prove_again()
    g.visitor = visitor_of(dict(session))


def prove_again() -> None:
    """Note that whoever is in has just proved it again."""
    session[PROVED] = office().clock().isoformat()


def is_local() -> bool:
    """Tell whether whoever asks came in by a password of ours."""
    return bool(session.get("by") == Proof.OURS)


def is_fresh() -> bool:
    """Tell whether whoever asks has proved who they are just now."""
    since = session.get(PROVED)
    return since is not None and office().clock() - datetime.fromisoformat(since) < FRESH
