"""System calls that no converter and no reader of pictures needs: refused with EPERM, whoever asks.

Above all the network: no socket but a local one is made, none is connected, nothing is sent to an address. A list of
what is refused, not of what is allowed: LibreOffice's own needs change with every release. Each filter says on which
machine its numbers hold, and on any other nothing runs. (The filter is classic BPF: seccomp(2), <linux/filter.h>.)
"""

import ctypes
import errno
import platform
import struct
from typing import Final

from parsers.confine.kernel import prctl

_PR_SET_SECCOMP, _FILTER = 22, 2
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | errno.EPERM
_UNKNOWN: Final = 0x00050000 | errno.ENOSYS
_KILL: Final = 0x80000000
_LOAD, _EQUAL, _ANY_BIT, _AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_NUMBER, _MACHINE, _ARGUMENT = 0, 4, 16
_OTHER_TABLE: Final = 0x40000000
"""Call numbers of the x32 table begin here: the same calls by other numbers."""
_NEW_NAMESPACES: Final = 0x7E020000
_AF_UNIX: Final = 1

_AUDIT: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_REFUSED: Final = {  # name: its number on x86_64 and on aarch64
    "connect": (42, 203),
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "unshare": (272, 97),
    "setns": (308, 268),
    "chroot": (161, 51),
    "pivot_root": (155, 41),
    "mount": (165, 40),
    "umount2": (166, 39),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "mount_setattr": (442, 442),
    "open_by_handle_at": (304, 265),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "kexec_load": (246, 104),
}
_SOCKET, _CLONE, _SEND, _LIMIT, _CLONE3 = (41, 198), (56, 220), (44, 206), (302, 261), (435, 435)
_ACCESS, _MAY_WRITE = (21, 48), 2
"""access and faccessat: LibreOffice asks by them whether /tmp is there for its socket, and Landlock would say yes."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def refuse_calls() -> None:
    """Put the filter on this process and all it starts, for good; raises OSError where that cannot be."""
    code = b"".join(struct.pack("=HBBI", *each) for each in _filter(platform.machine()))
    program = _Program(len(code) // 8, code)
    prctl(_PR_SET_SECCOMP, _FILTER, ctypes.pointer(program))


def _filter(machine: str) -> list[tuple[int, int, int, int]]:
    if machine not in _AUDIT:
        raise OSError(errno.ENOSYS, "seccomp")
    column = 0 if machine == "x86_64" else 1
    steps = [(_LOAD, 0, 0, _MACHINE), (_EQUAL, 1, 0, _AUDIT[machine]), _answer(_KILL)]
    steps += [(_LOAD, 0, 0, _NUMBER), (_AT_LEAST, 0, 1, _OTHER_TABLE), _answer(_REFUSE)]
    for numbers in _REFUSED.values():
        steps += [(_EQUAL, 0, 1, numbers[column]), _answer(_REFUSE)]
    steps += [(_EQUAL, 0, 1, _CLONE3[column]), _answer(_UNKNOWN)]  # its flags cannot be seen; libc falls back to clone
    steps += _unless(_SOCKET[column], 0, (_EQUAL, 1, 0, _AF_UNIX))
    steps += _unless(_CLONE[column], 0, (_ANY_BIT, 0, 1, _NEW_NAMESPACES))
    steps += _unless_null(_SEND[column], 4)  # an address to send to
    steps += _unless(_LIMIT[column], 0, (_EQUAL, 1, 0, 0))  # limits of another process
    steps += _unless(_ACCESS[column], 1 + column, (_ANY_BIT, 0, 1, _MAY_WRITE))
    return [*steps, _answer(_ALLOW)]


def _unless(number: int, argument: int, test: tuple[int, int, int, int]) -> list[tuple[int, int, int, int]]:
    """Refuse a call for one of its arguments: the test skips the refusal where the argument may stand."""
    look = (_LOAD, 0, 0, _ARGUMENT + 8 * argument)
    return [(_EQUAL, 0, 4, number), look, test, _answer(_REFUSE), _answer(_ALLOW)]


def _unless_null(number: int, argument: int) -> list[tuple[int, int, int, int]]:
    """Refuse a call whose argument is a pointer to anything; both halves of it are looked at."""
    low = _ARGUMENT + 8 * argument
    halves = [(_LOAD, 0, 0, low), (_EQUAL, 0, 2, 0), (_LOAD, 0, 0, low + 4), (_EQUAL, 1, 0, 0)]
    return [(_EQUAL, 0, 6, number), *halves, _answer(_REFUSE), _answer(_ALLOW)]


def _answer(what: int) -> tuple[int, int, int, int]:
    return (_RETURN, 0, 0, what)
