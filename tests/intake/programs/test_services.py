"""What several tasks of one program owe each other, and how a program is asked to end."""

import os
import signal
import threading

import pytest

from intake.errors import Unavailable
from intake.programs.services import each, together
from intake.programs.stopping import until_told

PATIENCE = 30.0


def test_one_thing_away_does_not_keep_the_others_waiting() -> None:
    """Every task has its turn; the first absence is told at the end, so that the exit code says: try again."""
    done: list[int] = []

    def away() -> None:
        raise Unavailable("imap", "timed-out")

    with pytest.raises(Unavailable, match="imap"):
        each([lambda: done.append(1), away, lambda: done.append(2)])
    assert done == [1, 2]
    each([lambda: done.append(3)])
    assert done == [1, 2, 3]


def test_half_a_program_does_not_look_like_a_whole_one() -> None:
    """When one task fails, the others are told to stop, and the fault comes out."""
    stop = threading.Event()

    def fails() -> None:
        raise ValueError("a fault of ours")

    with pytest.raises(ValueError, match="fault of ours"):
        together([lambda: stop.wait(PATIENCE), fails], on_fault=stop.set)
    assert stop.is_set()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_rings_the_bell_and_the_handlers_are_put_back(number: signal.Signals) -> None:
    """SIGTERM and SIGINT ask the loops to end after what is in hand; afterwards signals mean what they meant before."""
    before = signal.getsignal(number)
    with until_told() as bell:
        os.kill(os.getpid(), number)
        assert bell.stop.wait(PATIENCE)
        assert bell.woken.wait(PATIENCE)
        assert signal.getsignal(number) == before  # a second signal ends the program where it stands
    assert signal.getsignal(number) == before
