"""The little squares of tick-boxes, and what is in them: told only where it is plain."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from parsers.workshop.ink import Ink, Sums, sums, thickened

Places = np.ndarray[tuple[int, int], np.dtype[np.intp]]

SMALLEST, LARGEST = 16, 48
"""Sides in pixels: 2 to 6 mm."""
EDGE: Final = 0.9
"""Share of ink along each side."""
EMPTY, LEAST_MARK, MOST_MARK = 0.03, 0.1, 0.75
"""Shares of ink inside: up to the first it is paper, between the others a mark; what lies between is not told."""
INSIDE: Final = 0.22
"""Share of the side that is left out along the edge."""
MOAT: Final = (3, 8)
"""Pixels outside a side, from and to, where a box that stands alone has paper; letters of a word stand closer."""
MOST_IN_MOAT: Final = 0.1
CORNER: Final = 0.75
"""Share of ink in the outermost pixels of each corner: an O or a D has none there."""


@dataclass(frozen=True, slots=True)
class Square:
    """A tick-box: its corner and side in pixels; ``ticked`` is None where nobody could tell."""

    left: int
    top: int
    side: int
    ticked: bool | None

    def near(self, left: int, top: int, side: int) -> bool:
        """Tell whether another square covers some of this one."""
        return (
            self.left < left + side
            and left < self.left + self.side
            and (self.top < top + side and top < self.top + self.side)
        )


def squares(ink: Ink) -> list[Square]:
    """Return the tick-boxes of a page whose ruled lines are taken out."""
    plain, along, down = sums(ink), sums(thickened(ink)), sums(thickened(ink.T))
    corners = _corners(along, down)
    found: list[Square] = []
    for side in range(LARGEST, SMALLEST - 1, -1):
        for top, left in _whole(corners, along, down, side):
            share = _share(plain, left, top, side)
            if share > MOST_MARK or any(square.near(left, top, side) for square in found):
                continue
            if _has_corners(ink, left, top, side) and _stands_alone(ink, left, top, side):
                found.append(Square(left, top, side, _ticked(share)))
    return found


def _corners(along: Sums, down: Sums) -> Places:
    """Return where ink runs to the right and downwards as far as the smallest box is wide."""
    level = along[:, SMALLEST:] - along[:, :-SMALLEST] >= EDGE * SMALLEST
    upright = (down[:, SMALLEST:] - down[:, :-SMALLEST] >= EDGE * SMALLEST).T
    return np.argwhere(level[: upright.shape[0]] & upright[:, : level.shape[1]])


def _whole(corners: Places, along: Sums, down: Sums, side: int) -> list[list[int]]:
    """Return those corners from which all four sides of a square of this size are ink."""
    fits = (corners[:, 0] + side < down.shape[1]) & (corners[:, 1] + side < along.shape[1])
    top, left = corners[fits].T
    least, right, bottom = EDGE * side, left + side - 1, top + side - 1
    whole = (along[top, left + side] - along[top, left] >= least) & (
        along[bottom, left + side] - along[bottom, left] >= least
    )
    whole &= (down[left, top + side] - down[left, top] >= least) & (down[right, top + side] - down[right, top] >= least)
    places: list[list[int]] = corners[fits][whole].tolist()
    return places


def _share(plain: Sums, left: int, top: int, side: int) -> float:
    margin = max(4, round(INSIDE * side))
    inner = side - 2 * margin
    rows = plain[top + margin : top + margin + inner]
    return float((rows[:, left + margin + inner] - rows[:, left + margin]).sum()) / (inner * inner)


def _ticked(share: float) -> bool | None:
    if share <= EMPTY:
        return False
    return True if share >= LEAST_MARK else None


def _has_corners(ink: Ink, left: int, top: int, side: int) -> bool:
    near, far = slice(0, 2), slice(side - 2, side)
    box = ink[top : top + side, left : left + side]
    return all(float(box[down, across].mean()) >= CORNER for down in (near, far) for across in (near, far))


def _stands_alone(ink: Ink, left: int, top: int, side: int) -> bool:
    """Tell a box from a letter or a part of something larger: around it there is paper."""
    begin, end = MOAT
    right, bottom = left + side, top + side
    if min(left, top) < end or right + end > ink.shape[1] or bottom + end > ink.shape[0]:
        return False
    outside = (
        ink[top - end : top - begin, left:right],
        ink[bottom + begin : bottom + end, left:right],
        ink[top:bottom, left - end : left - begin],
        ink[top:bottom, right + begin : right + end],
    )
    return all(float(band.mean()) <= MOST_IN_MOAT for band in outside)
