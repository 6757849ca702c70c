"""Public files nobody here wrote go through the real wall: ``make corpus INTAKE_CORPUS=folder``."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.edges.reader import WalledReader
from intake.settings.forms import load_library
from parsers.contract import Harvest, Refusal, Survey

FOLDER = os.environ.get("INTAKE_CORPUS", "")
NOTES = {"README.md", "SOURCES.txt"}
DOCUMENTS = {".doc", ".docm", ".docx", ".dotx", ".odt", ".pdf", ".rtf"}
JUSTIFIED = {"tests__fixtures__messages__long-header.eml": "over-limit"}
"""A stress test of its own project: more header lines than any mail has."""

pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not FOLDER, reason="INTAKE_CORPUS names no folder")]


def files() -> list[Path]:
    """Return every file of the corpus but its notes."""
    found = sorted(Path(FOLDER).rglob("*")) if FOLDER else []
    return [path for path in found if path.is_file() and path.name not in NOTES]


@pytest.fixture(scope="module")
def reader() -> Iterator[WalledReader]:
    """One walled program with the shipped forms."""
    with WalledReader(load_library(Path(__file__).parents[2] / "config")) as walled:
        yield walled


@pytest.mark.parametrize("path", [path for path in files() if path.suffix not in DOCUMENTS], ids=lambda path: path.name)
def test_a_public_mail_is_surveyed_and_read(reader: WalledReader, path: Path) -> None:
    """No public mail is refused but for a known reason, and both tasks number its parts alike."""
    raw = path.read_bytes()
    survey, harvest = reader.survey(raw), reader.read(raw)
    if path.name in JUSTIFIED:
        assert survey == harvest
        assert isinstance(survey, Refusal)
        assert survey.code == JUSTIFIED[path.name]
        return
    assert isinstance(survey, Survey)
    assert isinstance(harvest, Harvest)
    parts = [part.index for part in survey.parts if not part.body]
    assert parts == [document.index for document in harvest.documents]


@pytest.mark.parametrize("path", [path for path in files() if path.suffix in DOCUMENTS], ids=lambda path: path.name)
def test_a_public_document_has_a_state(reader: WalledReader, path: Path) -> None:
    """Every document ends in a state of the closed list, none in a refusal."""
    answer = reader.read_file(path.read_bytes())
    assert isinstance(answer, Harvest)
    assert len(answer.documents) == 1
