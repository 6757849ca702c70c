"""The operations log: codes, ids and counts on stderr, for the journal; no word of a mail gets in (see domain.md).

Three doors are shut: a line of ours holds only short codes and numbers, whatever is handed in; of a library's own lines
is told only that there was one; an exception is told by its type and our own file and line alone.
"""

import logging
import math
import re
import secrets
import sys
import threading
import traceback
import warnings
from collections.abc import Mapping, MutableMapping
from pathlib import PurePath
from types import TracebackType
from typing import Any, TextIO

import structlog

from intake.settings.program import Log

REFUSED = "<refused>"
MAX_CODE = 200
CODE = re.compile(r"[a-z0-9][a-z0-9._:/+=-]*|SSCP-[0-9]{4}-[0-9A-Z]{6}")
"""What a text in a line may look like: a code, an id, a host, a time, a reference. No space, no capital, no ``@``."""
TYPE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
TYPE_KEYS = frozenset({"fault", "kind"})
"""Keys whose value may be the name of a Python type."""
NEVER = frozenset({"exc_info", "stack_info", "exception", "stack"})
"""Tracebacks: they quote values."""

QUIET = ("imapclient", "imaplib", "sqlalchemy", "alembic", "pypdf", "mailparser", "mail", "asyncio", "pymap")
"""Libraries whose lines can quote mail or rows: not even told that they spoke."""
UTTERLY = logging.CRITICAL + 1

log = structlog.get_logger("program")


def configure(settings: Log, stream: TextIO | None = None) -> None:
    """Send every log line to ``stream`` (stderr): for people at a terminal, as JSON lines elsewhere, unless told so."""
    out = stream or sys.stderr
    as_text = settings.format == "console" or (settings.format == "auto" and out.isatty())
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            refuse_content,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=out.isatty(), sort_keys=False)
            if as_text
            else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[settings.level.upper()]),
        logger_factory=lambda *_names: structlog.WriteLogger(out),
        cache_logger_on_first_use=False,
    )
    _mute_libraries()
    _shut_hooks()


def refuse_content(logger: object, method: str, line: MutableMapping[str, Any]) -> Mapping[str, Any]:  # noqa: ARG001 - structlog's shape
    """Keep codes, numbers and truths; replace every other value by ``<refused>``; drop tracebacks."""
    return {key: _kept(key, value) for key, value in line.items() if key not in NEVER}


def tell_fault(event: str, fault: BaseException) -> str:
    """Log where a fault of ours arose, by type and place, under a fresh code; return the code for the apology."""
    code = secrets.token_hex(4)
    log.error(event, code=code, fault=type(fault).__name__, at=place_of(fault.__traceback__))
    return code


def place_of(trace: TracebackType | None) -> str:
    """Return ``module.py:line`` of the innermost frame of ours; no values, no paths."""
    ours = [f for f in traceback.extract_tb(trace) if {"intake", "parsers"} & set(PurePath(f.filename).parts[:-1])]
    own = [f for f in ours if "site-packages" not in f.filename]
    return f"{PurePath(own[-1].filename).name}:{own[-1].lineno}" if own else "elsewhere"


def _kept(key: str, value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else REFUSED
    if isinstance(value, str) and len(value) <= MAX_CODE:
        fits = not value or CODE.fullmatch(value) or (key in TYPE_KEYS and TYPE_NAME.fullmatch(value))
        return str(value) if fits else REFUSED
    return REFUSED


class _WithoutWords(logging.Handler):
    """Tells that a library had something to say, and nothing of what."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log the library's name and the weight of its line."""
        log.warning("library-spoke", library=record.name, weight=record.levelname.lower())


def _mute_libraries() -> None:
    root = logging.getLogger()
    root.handlers = [h for h in root.handlers if not isinstance(h, _WithoutWords)]
    root.addHandler(_WithoutWords(logging.WARNING))
    for name in QUIET:
        logging.getLogger(name).setLevel(UTTERLY)


def _shut_hooks() -> None:
    """Python's own last words quote values: a thread's, a finaliser's and a warning's are told by type and place."""
    threading.excepthook = lambda died: _last_words("thread-died", died.exc_value)
    sys.unraisablehook = lambda died: _last_words("finaliser-failed", died.exc_value)
    warnings.showwarning = _warned


def _last_words(event: str, fault: BaseException | None) -> None:
    if fault is not None:
        tell_fault(event, fault)


def _warned(  # noqa: PLR0917 - the shape of warnings.showwarning
    message: Warning | str,  # noqa: ARG001 - never told: it may quote a mail
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001 - as above
    line: str | None = None,  # noqa: ARG001 - as above
) -> None:
    log.warning("python-warned", kind=category.__name__, at=f"{PurePath(filename).name}:{lineno}")
