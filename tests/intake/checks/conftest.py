"""Settings for all checks of this folder: loaded once, since they are frozen."""

from pathlib import Path

import pytest

from intake.settings import Settings
from tests.builders.settings import settings


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Return valid settings with invented agencies and members."""
    folder: Path = tmp_path_factory.mktemp("rules")
    return settings(folder)
