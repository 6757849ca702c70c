"""The ruled lines of a page, found by how far its ink runs without a break."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from parsers.formats.pdf_shapes import Rule
from parsers.workshop.ink import Ink, lasting, thickened
from parsers.workshop.upright import POINTS

LEAST_LEVEL: Final = 80
"""Pixels of a level line, and of an upright one: longer than any stroke of a letter."""
LEAST_UPRIGHT: Final = 44
THICKEST: Final = 14
"""What is thicker is a shade, no line."""
UNBROKEN: Final = 0.95
"""Of a line's pixels: a speck of white does not end it."""


def ruled(ink: Ink) -> tuple[list[Rule], list[Rule], Ink]:
    """Return level and upright lines in points, and the pixels of both."""
    level, upright = _drawn(ink, LEAST_LEVEL), _drawn(ink.T, LEAST_UPRIGHT)
    pixels = thickened(level) | thickened(upright).T
    return list(_rules(level)), list(_rules(upright)), pixels


def _drawn(ink: Ink, least: int) -> Ink:
    drawn = lasting(thickened(ink), least, UNBROKEN)
    shades: Ink = lasting(drawn.T, THICKEST).T
    thin: Ink = drawn & ~shades
    return thin


def _rules(drawn: Ink) -> Iterator[Rule]:
    """Walk the runs of each row; those of one thick line are put together by whoever looks for tables."""
    edges = np.diff(np.pad(drawn, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    begins, ends = np.argwhere(edges == 1), np.argwhere(edges == -1)
    for (row, start), (_, end) in zip(begins.tolist(), ends.tolist(), strict=True):
        yield Rule(row * POINTS, start * POINTS, end * POINTS)
