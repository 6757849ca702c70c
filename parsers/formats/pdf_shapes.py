"""What stands on one page, in points from its top left corner: words, rules, little squares, pictures."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Rect(NamedTuple):
    """A rectangle; ``top`` is above ``bottom``."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Its extent from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its extent downwards."""
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle."""
        left, top, right, bottom = self
        return (left + right) / 2, (top + bottom) / 2

    def holds(self, point: tuple[float, float], slack: float = 0.0) -> bool:
        """Tell whether a point lies in it, or at most ``slack`` beside it."""
        left, top, right, bottom = self
        return left - slack <= point[0] <= right + slack and top - slack <= point[1] <= bottom + slack


class Word(NamedTuple):
    """Letters without a gap, the line they stand on and the size of their type."""

    text: str
    box: Rect
    base: float
    size: float
    bold: bool = False


class Rule(NamedTuple):
    """A drawn line: level at ``at`` from the top, or upright at ``at`` from the left; it runs from start to end."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Sight:
    """All that is seen of a page."""

    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    aslant: list[str] = field(default_factory=list)
    """Words not set level: watermarks, the writing along a margin."""
    level: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)
    squares: list[Rect] = field(default_factory=list)
    """Outlines of the size of a tick-box."""
    marks: list[Rect] = field(default_factory=list)
    """Small drawings that are neither level nor upright lines: crosses, ticks."""
    shades: list[Rect] = field(default_factory=list)
    """Filled with anything but white."""
    pictures: list[Rect] = field(default_factory=list)
    fields: list[Rect] = field(default_factory=list)
    """Where form fields lie."""
    struck: list[Rect] = field(default_factory=list)
    """What somebody struck out with a viewer's tool."""
    unseen: bool = False
    """It has words that nobody sees; they are left out."""
    laid_over: bool = False
    """All its words are unseen and lie on a picture: somebody's text recognition."""
    unknown_glyphs: int = 0
    """Letters whose meaning the file does not tell."""

    def covers(self, box: Rect) -> bool:
        """Tell whether most of a box is on the page."""
        x, y = box.centre
        return 0 <= x <= self.width and 0 <= y <= self.height
