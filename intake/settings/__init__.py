"""Typed, frozen, strict settings; :func:`intake.settings.loading.load` reads them all and tells every fault at once."""

from dataclasses import dataclass
from pathlib import Path

from intake.settings.neighbours import Agency, Checks, Member, Safety, WorkingDays
from intake.settings.program import Program
from intake.settings.words import Words
from parsers.template import Library


@dataclass(frozen=True, slots=True)
class Settings:
    """All the configuration there is, every path absolute."""

    file: Path
    """``intake.toml`` itself, whatever it is called."""
    folder: Path
    program: Program
    agencies: tuple[Agency, ...]
    members: tuple[Member, ...]
    working_days: WorkingDays
    safety: Safety
    checks: Checks
    library: Library
    words: Words
    """The letters' words, ready to be filled in."""
