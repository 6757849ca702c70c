"""What all tests share: a calm hypothesis, no configuration or locale of the machine's, and global hooks put back."""

import logging
import os
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings

from tests.builders.house import TestHouse, house

# The machine may be busy: how long an example takes says nothing about the law it tries.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the machine's own configuration and systemd's credentials out of every test."""
    for name in [name for name in os.environ if name.startswith("INTAKE_") and name not in KEPT]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)


KEPT = frozenset({"INTAKE_CORPUS", "INTAKE_CRASH_KILLS"})
"""What the Makefile hands to the tests themselves."""


@pytest.fixture(autouse=True)
def _hooks_put_back() -> Iterator[None]:
    """Put back what a command configures for the whole process."""
    hooks = threading.excepthook, sys.unraisablehook, warnings.showwarning
    root = logging.getLogger()
    handlers = list(root.handlers)
    yield
    threading.excepthook, sys.unraisablehook, warnings.showwarning = hooks
    root.handlers = [
        handler for handler in root.handlers if handler in handlers or type(handler).__name__ != "_WithoutWords"
    ]
    structlog.reset_defaults()


@pytest.fixture
def at_home(tmp_path: Path) -> Iterator[TestHouse]:
    """Give a house of the test's own."""
    with house(tmp_path) as opened:
        yield opened
