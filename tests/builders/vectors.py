"""The worked examples of the design: day 0 excluded, both counts (``tests/golden/timing_vectors.csv``)."""

import csv
from pathlib import Path

FILE = Path(__file__).parents[1] / "golden" / "timing_vectors.csv"


def timing_vectors() -> list[dict[str, str]]:
    """Return each row by its column names."""
    return list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))
