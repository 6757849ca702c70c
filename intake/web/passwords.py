"""Local accounts' passwords (argon2id) and second factors (TOTP, RFC 6238)."""

from datetime import datetime
from functools import lru_cache
from hmac import compare_digest

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from intake.domain.private import Private
from intake.records.staff import Account

SHORTEST = 12
LONGEST = 200
LONGEST_NAME = 100
STEP_SECONDS = 30
_hasher = PasswordHasher()


def hash_of(password: Private) -> str:
    """Return what is kept of a password."""
    return _hasher.hash(password.reveal())


def is_password(account: Account | None, password: Private) -> bool:
    """Tell whether a password opens an account; where there is none it takes as long to say no."""
    try:
        _hasher.verify(account.password_hash if account else _nobodys_hash(), password.reveal())
    except (VerificationError, InvalidHashError):
        return False
    return account is not None


def step_of(account: Account, code: str, now: datetime) -> int | None:
    """Return the time step a second factor's code is of, now or half a minute to either side; None where of none."""
    return None if account.totp is None else step_with(account.totp, code, now)


def step_with(secret: Private, code: str, now: datetime) -> int | None:
    """Return the time step that a code is of by a second factor's secret."""
    asked, moment = pyotp.TOTP(secret.reveal()), int(now.timestamp())
    for step in (moment // STEP_SECONDS + shift for shift in (0, -1, 1)):
        if compare_digest(asked.at(step * STEP_SECONDS).encode(), code.encode()):  # of text it takes ASCII alone
            return step
    return None


def fault_of(password: str, name: str) -> str | None:
    """Return what is wrong with a new password, in words, or None: long, and not the name of its account."""
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    if name.casefold() in password.casefold() or len(set(password)) < SHORTEST // 3:
        return "Use something harder to guess."
    return None


def fault_of_name(name: str) -> str | None:
    """Return what is wrong with an account's name, in words, or None."""
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or set(name) & set(" /?#%\\"):
        return f"Use one word of at most {LONGEST_NAME} characters, for example orla.example."
    return None


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _hasher.hash("nobody's password")
