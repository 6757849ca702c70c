"""Read one TOML file into its strict model; what is wrong with it becomes faults with file and place.

No fault quotes a value: it could be a secret written where a file name belongs.
"""

import json
import re
import tomllib
from collections.abc import Sequence
from datetime import date, time
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from intake.errors import ConfigFault, refuse_if_passing
from intake.settings.model import Model

M = TypeVar("M", bound=Model)

_AT_LINE = re.compile(r"\s?\(at (line \d+), column \d+\)\Z")
_SECRETS = frozenset({"password", "secret", "client_secret"})
_SAYS = {"extra_forbidden": "unknown key", "missing": "is needed"}


def read(path: Path, model: type[M], faults: list[ConfigFault]) -> M | None:
    """Return the file as its model, or None with every fault of it added to ``faults``."""
    try:
        raw = tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        refuse_if_passing(error, "config")
        faults.append(ConfigFault(path.name, "", f"cannot be read ({type(error).__name__})"))
        return None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        faults.append(ConfigFault(path.name, f"line {line}", "is not UTF-8 text"))
        return None
    except tomllib.TOMLDecodeError as error:
        faults.append(_syntax(path.name, str(error)))
        return None
    try:
        # By way of JSON: only there can pydantic be strict (no "993" for 993) and still take lists, paths and dates.
        return model.model_validate_json(json.dumps(raw, default=_iso), strict=True)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        faults.extend(
            ConfigFault(path.name, place(one["loc"]), _says(one["type"], one["msg"], one["loc"])) for one in found
        )
        return None


def place(steps: Sequence[int | str]) -> str:
    """Return ``mailbox[0].port`` for ``("mailbox", 0, "port")``."""
    text = ""
    for step in steps:
        if isinstance(step, int):
            text += f"[{step}]"
        elif step != "[key]":
            text += f".{step}" if text else step
    return text


def _says(kind: str, message: str, steps: Sequence[int | str]) -> str:
    if kind == "extra_forbidden" and steps[-1] in _SECRETS:
        return f"unknown key: a secret is never a value here; name its place by {steps[-1]}_file or {steps[-1]}_env"
    return _SAYS.get(kind) or message.removeprefix("Value error, ").removeprefix("Input ")


def _syntax(file: str, message: str) -> ConfigFault:
    at = _AT_LINE.search(message)
    line = at.group(1) if at else "at its end"
    return ConfigFault(file, line, f"is not TOML: {_AT_LINE.sub('', message)}")


def _iso(value: object) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(type(value).__name__)
