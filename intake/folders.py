"""Folders that are still there after a power cut: a new name is kept only once the folder it stands in is synced."""

import os
from contextlib import suppress
from pathlib import Path

MODE = 0o700


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


def sync(folder: Path) -> None:
    """Keep the names in a folder as they are now (fsync(2)); raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
