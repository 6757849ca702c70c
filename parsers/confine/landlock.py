"""Landlock (Linux 5.13 and later): from now on only the named folders exist, most of them for reading.

Figures are those of <linux/landlock.h>; the call numbers are the same on every machine.
"""

import ctypes
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from parsers.confine.kernel import syscall

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446
_ASK_VERSION: Final = 1
_PATH_BENEATH: Final = 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_FOLDER = 1, 2, 4, 8
_TRUNCATE, _IOCTL = 1 << 14, 1 << 15
_OF_A_FILE: Final = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL
_READ: Final = _EXECUTE | _READ_FILE | _READ_FOLDER
_FILE_RIGHTS_BY_VERSION: Final = {1: 13, 2: 14, 3: 15, 4: 15}
"""How many rights over files a version knows; 16 from version 5 on."""
_NO_TCP: Final = 3
_NO_SIGNALS_OR_SOCKETS_OUTSIDE: Final = 3


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scope", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def only(readable: Iterable[Path], writable: Iterable[Path]) -> None:
    """Restrict this process and all it starts, for good; raises OSError where the kernel has no Landlock.

    ``readable`` may be read and run, ``writable`` also changed; a path that does not exist is left out. TCP is closed
    from version 4 on, signals and abstract sockets to others from version 6.
    """
    version = syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION))
    every = (1 << _FILE_RIGHTS_BY_VERSION.get(version, 16)) - 1
    wanted = _Ruleset(every, _NO_TCP, _NO_SIGNALS_OR_SOCKETS_OUTSIDE)
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = syscall(_CREATE, ctypes.byref(wanted), ctypes.c_size_t(size), ctypes.c_uint32(0))
    for path in readable:
        _allow(ruleset, path, _READ)
    for path in writable:
        _allow(ruleset, path, every & ~_EXECUTE)
    syscall(_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not stat.S_ISDIR(os.fstat(folder).st_mode):
        rights &= _OF_A_FILE
    rule = _PathBeneath(rights, folder)
    syscall(_ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(_PATH_BENEATH), ctypes.byref(rule), ctypes.c_uint32(0))
    os.close(folder)
