"""The ink of a page as a grid of true and false, and how long it runs without a break."""

import numpy as np
from PIL import Image, ImageFilter

Ink = np.ndarray[tuple[int, int], np.dtype[np.bool_]]
"""Rows and columns of a page at 200 dpi: true where it is dark."""
Sums = np.ndarray[tuple[int, int], np.dtype[np.int32]]


def inked(page: Image.Image) -> Ink:
    """Tell for each pixel whether it is ink: darker than what is around it, so that a shadow is none."""
    around = np.asarray(page.filter(ImageFilter.BoxBlur(25)), dtype=np.float32)
    ink: Ink = np.asarray(page) < around * 0.85 - 5
    return ink


def sums(ink: Ink) -> Sums:
    """Count the ink of each row before each pixel: the difference of two is the ink between them."""
    counted: Sums = np.zeros((ink.shape[0], ink.shape[1] + 1), dtype=np.int32)
    np.cumsum(ink, axis=1, out=counted[:, 1:], dtype=np.int32)
    return counted


def thickened(ink: Ink) -> Ink:
    """Return the ink with a pixel more above and below, so that a line set slightly aslant does not break."""
    thick: Ink = ink.copy()
    thick[1:] |= ink[:-1]
    thick[:-1] |= ink[1:]
    return thick


def lasting(ink: Ink, length: int, share: float = 1.0) -> Ink:
    """Keep of each row the ink that belongs to a run of so many pixels, ``share`` of them dark at least."""
    if ink.shape[1] < length:
        return np.zeros_like(ink)
    counted = sums(ink)
    begins: Ink = counted[:, length:] - counted[:, :-length] >= share * length
    begun = sums(np.pad(begins, ((0, 0), (length - 1, length - 1))))
    kept: Ink = begun[:, length:] - begun[:, :-length] > 0
    return kept
