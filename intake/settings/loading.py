"""Read the whole configuration, and refuse it with every fault of every file at once."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TypeVar

from intake.errors import BrokenPromise, ConfigFault, Misconfigured
from intake.settings import Settings, connections, people, places, rules, toml
from intake.settings.absolute import with_absolute_paths
from intake.settings.forms import load_library
from intake.settings.letters import load_words, section_titles
from intake.settings.neighbours import Agencies, Checks, Members, Safety, WorkingDays
from intake.settings.program import Program

SECRETS = frozenset({"mailbox", "post"})
"""Tables whose secrets a program may hold. A unit of its own names fewer: it is not handed the others."""

T = TypeVar("T")


def load(path: Path | None, environ: Mapping[str, str], *, secrets: Collection[str] = SECRETS) -> Settings:
    """Return the settings of ``path``, else of ``INTAKE_CONFIG``, else of the usual places; every path in it absolute.

    A neighbour absent beside ``intake.toml`` is the shipped one. Only the secrets of the tables named by ``secrets``
    must be at hand. Raises Misconfigured with all faults; none quotes a value.
    """
    file = places.find(path, environ)
    folder = file.parent
    faults: list[ConfigFault] = []
    program = toml.read(file, Program, faults)
    agencies = toml.read(places.neighbour(folder, "agencies.toml"), Agencies, faults)
    members = toml.read(places.neighbour(folder, "prsg_members.toml"), Members, faults)
    working_days = toml.read(places.neighbour(folder, "working_days.toml"), WorkingDays, faults)
    safety = toml.read(places.neighbour(folder, "safety.toml"), Safety, faults)
    checks = toml.read(places.neighbour(folder, "checks.toml"), Checks, faults)
    library = _or_faults(lambda: load_library(places.forms(folder)), faults)
    titles = section_titles(library) if library else {}
    words = _or_faults(lambda: load_words(places.neighbour(folder, "letters"), titles), faults)
    if program is not None:
        program = with_absolute_paths(program, folder, environ)
        faults += connections.faults(program, file.name, environ, secrets)
    faults += people.faults(agencies, members)
    faults += rules.faults(working_days, safety)
    if faults:
        raise Misconfigured(faults)
    return Settings(
        file=file,
        folder=folder,
        program=_sure(program),
        agencies=_sure(agencies).agency,
        members=_sure(members).member,
        working_days=_sure(working_days),
        safety=_sure(safety),
        checks=_sure(checks),
        library=_sure(library),
        words=_sure(words),
    )


def _or_faults(read: Callable[[], T], faults: list[ConfigFault]) -> T | None:
    try:
        return read()
    except Misconfigured as found:
        faults.extend(found.faults)
        return None


def _sure(part: T | None) -> T:
    """Return a part that was read: without one there was a fault, and we are not here."""
    if part is None:
        raise BrokenPromise("configuration-without-fault-or-value")
    return part
