"""A house for each journey."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.house import TestHouse, house


@pytest.fixture
def at_home(tmp_path: Path) -> Iterator[TestHouse]:
    """Give a house of the test's own."""
    with house(tmp_path) as opened:
        yield opened
