"""Golden pairs: a file as it might come, ``NAME.docx`` or ``NAME.pdf``, and ``NAME.json``, what is to be read from it.

On a mismatch what was read is written beside as ``NAME.actual``; look at it, and rename it if it is right.
"""

from pathlib import Path

import msgspec
import pytest

from parsers.contract import DocumentReading, Kind
from parsers.recognise import read_document
from tests.builders.forms import library

FOLDER = Path(__file__).parents[2] / "golden" / "forms"
CASES = sorted(path for path in FOLDER.glob("*.*") if path.suffix in {".docx", ".pdf"})


def told(reading: DocumentReading) -> bytes:
    """Return a reading as the golden file has it."""
    return msgspec.json.format(msgspec.json.encode(reading), indent=1) + b"\n"


def test_there_are_cases() -> None:
    """An empty folder would prove nothing."""
    assert len(CASES) >= 6


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_a_golden_file_reads_as_it_did(path: Path) -> None:
    """What was once right stays so, to the place and the certainty of every reading."""
    read = told(read_document(0, Kind(path.suffix[1:]), path.read_bytes(), library()))
    golden = path.with_name(f"{path.name}.json")
    if not golden.exists() or golden.read_bytes() != read:
        path.with_name(f"{path.name}.actual").write_bytes(read)
    assert golden.exists()
    assert golden.read_bytes() == read
