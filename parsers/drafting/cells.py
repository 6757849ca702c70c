"""What one cell of a blank form is to the one beside it: empty, an answer's place, options, an explanation."""

from parsers.document import Cell
from parsers.drafting.lines import box_words, is_box, labels_of, parted
from parsers.drafting.words import Words


def takes_next(cell: Cell, after: Cell, words: Words) -> bool:
    """Tell whether the cell after another belongs to it: a box's words, or what stands for an answer."""
    return (is_box(cell.text) and not box_words(cell.text)) or stands_beside(cell, after, words)


def stands_beside(cell: Cell, value: Cell, words: Words) -> bool:
    """Tell whether a cell that is not empty stands where the answer to another goes: options, an explanation."""
    if words.is_label(value.text) or labels_of(value.text.split("\n", maxsplit=1)[0]):
        return False
    label = parted(cell.text)[0]
    asks = words.is_label(label) or label.endswith((":", "?")) or words.options(value.text, label)
    return bool(value.text.strip()) and asks


def is_empty(cell: Cell, words: Words) -> bool:
    """Tell whether a cell is one to write or to tick in."""
    return not cell.tables and (words.blank(cell.text) or bool(box_words(cell.text)))


def takes_answer(cell: Cell, words: Words) -> bool:
    """Tell whether a cell may stand below a column's name: empty, or options without boxes."""
    return is_empty(cell, words) or (bool(cell.text.strip()) and words.are_options(cell.text))
