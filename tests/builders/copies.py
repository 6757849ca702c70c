"""Houses that are copied, lost and restored, by the commands a person would run."""

import shutil
from pathlib import Path

from intake.__main__ import main


def run(config: Path, *words: str | Path) -> int:
    """Run a command on a configuration."""
    return main([*map(str, words), "--config", str(config)])


def give_ring(source: Path, target: Path) -> None:
    """Give the house in one folder a copy of the key ring of another's."""
    ring = next(path for path in source.rglob("keyring") if path.is_file())
    copied = target / ring.relative_to(source)
    copied.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ring, copied)


def lose_database(config: Path) -> None:
    """Take the database of a house away with all that is its own, and nothing else."""
    for path in (config.parent / "var").glob("intake.db*"):
        path.unlink()
