"""What a program of ours gives up for its own secrets' sake: no core dump holds them, nobody of our user looks in."""

import ctypes
import resource
from contextlib import suppress
from typing import Final

_PR_SET_DUMPABLE: Final = 4


def keep_to_itself() -> None:
    """Write no core (RLIMIT_CORE) and be neither dumped nor traced nor read through /proc (prctl(2)); never raises.

    A core that is piped to a program is written whatever the limit says: hence both.
    """
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, AttributeError):  # no Linux
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
