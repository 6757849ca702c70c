"""System calls that no converter and no reader of pictures needs: refused with EPERM, whoever asks.

Above all the network: no socket but a local one is made, none is connected, nothing is sent to an address. A list of
what is refused, not of what is allowed: LibreOffice's own needs change with every release.
"""

from typing import Final

from parsers.confine.bpf import (
    ALLOW,
    REFUSE,
    UNKNOWN,
    Step,
    answer,
    beginning,
    call,
    column_of,
    equals,
    has_no_bit,
    only_where,
    only_where_null,
    put_on,
)

_NEW_NAMESPACES: Final = 0x7E020000
_AF_UNIX: Final = 1

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


def refuse_calls() -> None:
    """Put the filter on this process and all it starts, for good; raises OSError where that cannot be."""
    put_on(_filter)


def _filter(machine: str) -> list[Step]:
    column = column_of(machine)
    steps = beginning(machine, other_table=REFUSE)
    for numbers in _REFUSED.values():
        steps += call(numbers[column], REFUSE)
    steps += call(_CLONE3[column], UNKNOWN)  # its flags cannot be seen; libc falls back to clone
    steps += only_where(_SOCKET[column], 0, equals(_AF_UNIX))
    steps += only_where(_CLONE[column], 0, has_no_bit(_NEW_NAMESPACES))
    steps += only_where_null(_SEND[column], 4)  # an address to send to
    steps += only_where(_LIMIT[column], 0, equals(0))  # limits of another process
    steps += only_where(_ACCESS[column], 1 + column, has_no_bit(_MAY_WRITE))
    return [*steps, answer(ALLOW)]
