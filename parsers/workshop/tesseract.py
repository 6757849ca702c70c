"""Words of a picture by Tesseract: each with its place and how sure the engine was."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image

from parsers.contract import DocumentState
from parsers.document import NotRead
from parsers.workshop.programs import Failed, found, run

SPARSE: Final = "11"
"""Page segmentation: words wherever they stand. The ways that look for columns lose the cells of a form (measured)."""
TURNED: Final = "0"
"""Page segmentation: only which way up."""
MAX_WORDS: Final = 6_000


@dataclass(frozen=True, slots=True)
class Seen:
    """One word: its place in pixels, and the engine's certainty from 0 to 100."""

    text: str
    left: int
    top: int
    width: int
    height: int
    sure: float


def words_of(page: Image.Image) -> list[Seen]:
    """Return the words of a page at 200 dpi; NotRead where there is no engine, or it fails."""
    told = _told(page, SPARSE, "-l", "eng", "tsv").decode("utf-8", "replace")
    rows = csv.DictReader(told.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = [_seen(row) for row in rows if row.get("level") == "5" and (row.get("text") or "").strip()]
    if len(words) > MAX_WORDS:
        raise NotRead(DocumentState.OVER_LIMIT, "too-much-text")
    return words


def turn_of(page: Image.Image) -> int:
    """Return by how many degrees the page must be turned clockwise to stand upright: 0, 90, 180, 270."""
    try:
        told = _told(page, TURNED, "-l", "osd").decode("ascii", "replace")
    except NotRead:
        return 0  # too few letters to tell, or no data to tell by
    turns = [line.rpartition(":")[2].strip() for line in told.splitlines() if line.startswith("Rotate:")]
    return int(turns[0]) if turns and turns[0] in {"0", "90", "180", "270"} else 0


def _seen(row: dict[str, str]) -> Seen:
    left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
    return Seen(row["text"].strip(), left, top, width, height, float(row["conf"]))


def _told(page: Image.Image, segmentation: str, *more: str) -> bytes:
    engine: Path | None = found("tesseract")
    if engine is None:
        raise NotRead(DocumentState.UNSUPPORTED, "no-ocr")
    picture = b"P5 %d %d 255\n" % page.size + page.tobytes()
    try:
        return run([str(engine), "stdin", "stdout", "--dpi", "200", "--psm", segmentation, *more], picture)
    except Failed:
        raise NotRead(DocumentState.UNREADABLE, "ocr-failed") from None
