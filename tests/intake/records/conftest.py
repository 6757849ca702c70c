"""Records to try on each database in turn."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.records import Books, opened
from tests.servers import postgres


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Postgres]:
    """Return the run's PostgreSQL."""
    with postgres.running() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'intake.db'}"
    server: postgres.Postgres = request.getfixturevalue("server")
    return server.database()


@pytest.fixture
def books(url: str, tmp_path: Path) -> Iterator[Books]:
    """Return empty records."""
    with opened(url, tmp_path) as empty:
        yield empty
