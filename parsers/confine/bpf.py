"""Filters of system calls, put together and put on (seccomp(2); classic BPF: <linux/filter.h>).

A filter looks at a call's number and at numbers among its arguments, never at what a pointer points to. Each says on
which machine its numbers hold; on any other it is not put on.
"""

import ctypes
import errno
import platform
import struct
from collections.abc import Callable, Sequence
from typing import Final

from parsers.confine.kernel import prctl

Step = tuple[int, int, int, int]
"""Code, how many steps to skip where a test holds and where not, and a value."""
ALLOW: Final = 0x7FFF0000
REFUSE: Final = 0x00050000 | errno.EPERM
UNKNOWN: Final = 0x00050000 | errno.ENOSYS
KILL: Final = 0x80000000
MACHINES: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_PR_SET_SECCOMP, _FILTER = 22, 2
_LOAD, _EQUAL, _ANY_BIT, _AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_NUMBER, _MACHINE, _ARGUMENT = 0, 4, 16
_OTHER_TABLE: Final = 0x40000000
"""Call numbers of the x32 table begin here: the same calls by other numbers."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def put_on(filter_of: Callable[[str], Sequence[Step]]) -> None:
    """Put this machine's filter on this process and all it starts, for good; raises OSError where that cannot be."""
    code = b"".join(struct.pack("=HBBI", *step) for step in filter_of(platform.machine()))
    program = _Program(len(code) // 8, code)
    prctl(_PR_SET_SECCOMP, _FILTER, ctypes.pointer(program))


def column_of(machine: str) -> int:
    """Return which of two call numbers is this machine's; raises OSError for one we have no numbers of."""
    if machine not in MACHINES:
        raise OSError(errno.ENOSYS, "seccomp")
    return list(MACHINES).index(machine)


def beginning(machine: str, *, other_table: int) -> list[Step]:
    """Return the steps that end a call of another machine, and answer one of x86's other table."""
    here = [(_LOAD, 0, 0, _MACHINE), (_EQUAL, 1, 0, MACHINES[machine]), answer(KILL)]
    return [*here, (_LOAD, 0, 0, _NUMBER), (_AT_LEAST, 0, 1, _OTHER_TABLE), answer(other_table)]


def call(number: int, what: int) -> list[Step]:
    """Return the steps that answer one call."""
    return [(_EQUAL, 0, 1, number), answer(what)]


def equals(value: int) -> Step:
    """Return the test that an argument is this number."""
    return (_EQUAL, 1, 0, value)


def has_bit(bits: int) -> Step:
    """Return the test that an argument has one of these bits."""
    return (_ANY_BIT, 1, 0, bits)


def has_no_bit(bits: int) -> Step:
    """Return the test that an argument has none of these bits."""
    return (_ANY_BIT, 0, 1, bits)


def only_where(number: int, argument: int, test: Step) -> list[Step]:
    """Return the steps that refuse a call unless one of its arguments passes a test."""
    look = (_LOAD, 0, 0, _ARGUMENT + 8 * argument)
    return [(_EQUAL, 0, 4, number), look, test, answer(REFUSE), answer(ALLOW)]


def only_where_null(number: int, argument: int) -> list[Step]:
    """Return the steps that refuse a call with a pointer to anything; both halves of it are looked at."""
    low = _ARGUMENT + 8 * argument
    halves = [(_LOAD, 0, 0, low), (_EQUAL, 0, 2, 0), (_LOAD, 0, 0, low + 4), (_EQUAL, 1, 0, 0)]
    return [(_EQUAL, 0, 6, number), *halves, answer(REFUSE), answer(ALLOW)]


def answer(what: int) -> Step:
    """Return the step that ends the filter."""
    return (_RETURN, 0, 0, what)
