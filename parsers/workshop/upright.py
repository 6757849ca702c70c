"""A page put straight: brought to one resolution, its slant found by the rows of its ink and turned away."""

from typing import Final

import numpy as np
from PIL import Image

from parsers.workshop.ink import inked

LONG_SIDE: Final = 2339
"""Pixels of A4's long side at 200 dpi: what every figure of this room is measured in."""
TOO_LONG: Final = 2700
TOO_SHORT: Final = 1800
POINTS: Final = 72 / 200
"""Of one pixel."""
MOST_SLANT: Final = 4.0
"""Degrees either way."""
_COARSE, _FINE = 0.5, 0.1
_SMALL: Final = 800
_PAPER: Final = 255


def straight(page: Image.Image) -> Image.Image:
    """Return the page at about 200 dpi and without slant."""
    longest = max(page.size)
    if not TOO_SHORT <= longest <= TOO_LONG:
        share = LONG_SIDE / longest
        page = page.resize((max(1, round(page.width * share)), max(1, round(page.height * share))))
    slant = _slant(page)
    return page.rotate(slant, resample=Image.Resampling.BICUBIC, fillcolor=_PAPER) if slant else page


def _slant(page: Image.Image) -> float:
    """Return the turn in degrees that makes the rows of ink sharpest: it is tried coarsely, then finely."""
    share = min(1.0, _SMALL / max(page.size))
    small = Image.fromarray((inked(page) * np.uint8(_PAPER)).astype(np.uint8)).resize(
        (max(1, round(page.width * share)), max(1, round(page.height * share))), Image.Resampling.BOX
    )
    best = max(np.arange(-MOST_SLANT, MOST_SLANT + _FINE, _COARSE), key=lambda turn: _sharpness(small, turn))
    best = max(np.arange(best - _COARSE, best + _COARSE + 0.01, _FINE), key=lambda turn: _sharpness(small, turn))
    return 0.0 if abs(best) < _FINE / 2 else round(float(best), 2)


def _sharpness(ink: Image.Image, turn: float) -> float:
    rows = np.asarray(ink.rotate(turn, resample=Image.Resampling.BILINEAR), dtype=np.float32).sum(axis=1)
    return float(np.square(np.diff(rows)).sum())
