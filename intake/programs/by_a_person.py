"""What a person decides on the command line: always by name and with a reason, both kept."""

from argparse import Namespace
from collections.abc import Callable
from datetime import datetime

from intake.errors import BrokenPromise, ConfigFault, Misconfigured

Act = Callable[[int, str, str, datetime], None]

SAYS = {
    "no-such-exception": "no such exception",
    "already-closed": "is closed already",
    "no-such-letter": "no such letter",
    "letter-not-waiting": "does not wait for a release",
}


def act(flag: str, number: int, options: Namespace, does: Act, now: datetime) -> None:
    """Do it in the name of ``--by`` for ``--reason``; Misconfigured where either is missing or it cannot be done."""
    missing = [f"--{name}" for name in ("by", "reason") if not (getattr(options, name) or "").strip()]
    if missing:
        raise Misconfigured([ConfigFault(flag, str(number), f"needs {' and '.join(missing)}")])
    try:
        does(number, options.by.strip(), options.reason.strip(), now)
    except BrokenPromise as refused:
        if refused.promise not in SAYS:
            raise
        raise Misconfigured([ConfigFault(flag, str(number), SAYS[refused.promise])]) from None
