"""Folders and files that are ours alone, and still there after a power cut.

A new name is kept only once the folder it stands in is synced.
"""

import os
from contextlib import suppress
from pathlib import Path

MODE, FILE_MODE = 0o700, 0o600


def make(folder: Path) -> None:
    """Make a folder that only we may enter, and what is missing above it; its name is kept when this returns.

    One that is there already may have been made a moment before a crash, so its name is synced all the same. Raises
    OSError.
    """
    missing = [each for each in (folder, *folder.parents) if not each.is_dir()]
    for each in reversed(missing):
        each.mkdir(mode=MODE, exist_ok=True)
        sync(each.parent)
    if not missing:
        with suppress(PermissionError):  # made for us by somebody else, in a folder that we may not read
            sync(folder.parent)


def opened_new(path: Path) -> int:
    """Return the descriptor of a new file that only we may read; raises OSError, FileExistsError among them."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)


def private_file(path: Path, content: bytes = b"") -> None:
    """Make a new file that only we may read, its content kept when this returns (its name is not); raises OSError."""
    with os.fdopen(opened_new(path), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """Keep the names in a folder as they are now (fsync(2)); raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
