"""One house with its pages, shared by tests that only look."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.pages import Pages
from tests.builders.pages import pages as made


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Pages]:
    """Give pages over a house of a test's own."""
    with made(tmp_path) as each:
        yield each


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """Give pages that nobody changes anything on."""
    with made(tmp_path_factory.mktemp("pages")) as each:
        yield each
