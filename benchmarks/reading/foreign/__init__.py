"""Practice-review referral forms as other partnerships lay them out; none was made with our reader in view.

``LAYOUTS`` are all; ``HELD_OUT`` (the modules ``unseen_*``) are kept from whoever tunes the reader.
"""

from benchmarks.reading.foreign import (
    blocks_and_boxes,
    mails,
    numbered_tables,
    one_table,
    pairs_and_rows,
    plain_mails,
    questions,
    side_and_columns,
    unseen_boards,
    unseen_letters,
    unseen_pages,
    unseen_sheets,
    whole_rows,
    wide_grids,
)
from benchmarks.reading.foreign.layout import Layout

SEEN: tuple[Layout, ...] = (
    *pairs_and_rows.LAYOUTS,
    *side_and_columns.LAYOUTS,
    *one_table.LAYOUTS,
    *questions.LAYOUTS,
    *blocks_and_boxes.LAYOUTS,
    *mails.LAYOUTS,
    *whole_rows.LAYOUTS,
    *wide_grids.LAYOUTS,
    *plain_mails.LAYOUTS,
    *numbered_tables.LAYOUTS,
)
HELD_OUT: tuple[Layout, ...] = (
    *unseen_boards.LAYOUTS,
    *unseen_letters.LAYOUTS,
    *unseen_pages.LAYOUTS,
    *unseen_sheets.LAYOUTS,
)
LAYOUTS: tuple[Layout, ...] = (*SEEN, *HELD_OUT)

__all__ = ["HELD_OUT", "LAYOUTS", "SEEN", "Layout"]
