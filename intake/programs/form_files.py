"""Files a person names on the command line, and the form sheets these commands read them by."""

from collections.abc import Mapping
from pathlib import Path

from intake.errors import ConfigFault, Misconfigured
from intake.settings import places
from intake.settings.forms import load_library
from parsers.template import Library


def forms_library(config: Path | None, environ: Mapping[str, str]) -> Library:
    """Return the form sheets of the configuration, or the shipped ones where nobody named a configuration."""
    try:
        folder = places.find(config, environ).parent
    except Misconfigured:
        if config is not None or environ.get(places.VARIABLE):
            raise
        folder = places.shipped()
    return load_library(places.forms(folder))


def given(path: Path) -> bytes:
    """Return the content of a file that was named; Misconfigured where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as fault:
        raise _cannot(path, "read", fault) from None


def written(path: Path, content: bytes) -> None:
    """Write a file that was named, readable by its owner alone; Misconfigured where that cannot be done."""
    try:
        path.touch(mode=0o600)
        path.write_bytes(content)
    except OSError as fault:
        raise _cannot(path, "written", fault) from None


def _cannot(path: Path, be: str, fault: OSError) -> Misconfigured:
    return Misconfigured([ConfigFault(str(path), "", f"cannot be {be} ({type(fault).__name__})")])
