"""What a blank form is made of, in its order: headings, questions, bands of columns, tick-boxes, explanations."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """Words that begin a section; ``level`` is the outline level, 0 where only their look tells."""

    text: str
    where: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its label, where its answer goes (``spots``), and what the form says to it."""

    label: str
    where: str
    spots: tuple[int, ...] = ()
    guidance: str = ""
    beside: str = ""
    """Words that stand where the answer goes: options without boxes, or an explanation."""
    options: tuple[str, ...] = ()
    copies: int = 0
    """Rows or columns that repeat it, one for each child; 0 where it is asked once."""


@dataclass(frozen=True, slots=True)
class Band:
    """A header row over empty rows: a question for each column."""

    columns: tuple[Asked, ...]
    rows: int
    where: str
    numbered: bool = False
    """Its rows say whose they are ("Child 2")."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """Tick-boxes that stand free, under the last question or heading."""

    words: tuple[str, ...]
    where: str
    spots: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """An explanation."""

    text: str


Piece = Heading | Asked | Band | Boxes | Told
