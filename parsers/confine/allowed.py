"""The few system calls that reading needs: all others end the child, those a library may try in good faith fail.

A list of what is allowed, not of what is refused: a reader computes, takes bytes from one socket and answers on it
(security.md 5.2, 5.3).
"""

from typing import Final

from parsers.confine.bpf import (
    ALLOW,
    KILL,
    REFUSE,
    UNKNOWN,
    Step,
    answer,
    beginning,
    call,
    column_of,
    equals,
    has_bit,
    only_where,
    only_where_null,
    put_on,
)

_ALLOWED: Final = {  # name: its number on x86_64 and on aarch64; -1 where a machine has it not
    "read": (0, 63),
    "readv": (19, 65),
    "pread64": (17, 67),
    "write": (1, 64),
    "writev": (20, 66),
    "close": (3, 57),
    "fstat": (5, 80),
    "lseek": (8, 62),
    "dup": (32, 23),
    "fcntl": (72, 25),
    "recvfrom": (45, 207),
    "shutdown": (48, 210),
    "poll": (7, -1),
    "ppoll": (271, 73),
    "select": (23, -1),
    "pselect6": (270, 72),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "mremap": (25, 216),
    "munmap": (11, 215),
    "madvise": (28, 233),
    "brk": (12, 214),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "getitimer": (36, 102),
    "setitimer": (38, 103),
    "nanosleep": (35, 101),
    "clock_nanosleep": (230, 115),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "gettimeofday": (96, 169),
    "time": (201, -1),
    "getrandom": (318, 278),
    "getrusage": (98, 165),
    "sysinfo": (99, 179),
    "uname": (63, 160),
    "getpid": (39, 172),
    "getppid": (110, 173),
    "gettid": (186, 178),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "futex": (202, 98),
    "set_robust_list": (273, 99),
    "rseq": (334, 293),
    "membarrier": (324, 283),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "exit": (60, 93),
    "exit_group": (231, 94),
}
_REFUSED: Final = {  # tried in good faith (a font, a terminal's size, a late import), and to be done without
    "open": (2, -1),
    "openat": (257, 56),
    "openat2": (437, 437),
    "creat": (85, -1),
    "stat": (4, -1),
    "lstat": (6, -1),
    "statx": (332, 291),
    "statfs": (137, 43),
    "access": (21, -1),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "readlink": (89, -1),
    "readlinkat": (267, 78),
    "getdents64": (217, 61),
    "getcwd": (79, 17),
    "ioctl": (16, 29),
    "socket": (41, 198),
    "socketpair": (53, 199),
    "pipe": (22, -1),
    "pipe2": (293, 59),
    "dup2": (33, -1),
    "dup3": (292, 24),
    "kill": (62, 129),
    "tkill": (200, 130),
    "tgkill": (234, 131),
    "clone": (56, 220),
    "fork": (57, -1),
    "vfork": (58, -1),
    "memfd_create": (319, 279),
    "mlock": (149, 228),
    "sched_setaffinity": (203, 122),
    "unlink": (87, -1),
    "unlinkat": (263, 35),
    "mkdir": (83, -1),
    "mkdirat": (258, 34),
    "umask": (95, 166),
}
_SEND, _LIMIT, _CLONE3, _STAT_AT = (44, 206), (302, 261), (435, 435), (262, 79)
_OF_A_DESCRIPTOR: Final = 0x1000
"""AT_EMPTY_PATH: what newfstatat is asked is of an open file, not of a name."""


def allow_reading_only() -> None:
    """Put the filter on this process for good; raises OSError where that cannot be."""
    put_on(_filter)


def _filter(machine: str) -> list[Step]:
    column = column_of(machine)
    steps = beginning(machine, other_table=KILL)
    for calls, what in ((_ALLOWED, ALLOW), (_REFUSED, REFUSE)):
        for numbers in calls.values():
            steps += call(numbers[column], what) if numbers[column] >= 0 else []
    steps += call(_CLONE3[column], UNKNOWN)  # libc falls back to clone
    steps += only_where_null(_SEND[column], 4)  # an address to send to
    steps += only_where(_LIMIT[column], 0, equals(0))  # limits of another process
    steps += only_where(_STAT_AT[column], 3, has_bit(_OF_A_DESCRIPTOR))
    return [*steps, answer(KILL)]
