"""Practice-review referral forms as other partnerships lay them out; none was made with our reader in view.

``LAYOUTS`` are all. ``HELD_OUT`` nobody tunes the reader with: written by somebody who had not
seen it, or laid out anew in each document, by lot.
"""

from benchmarks.reading.foreign import (
    blocks_and_boxes,
    dealt,
    drawn_sheets,
    four_teams,
    letters,
    mails,
    numbered_tables,
    old_boards,
    one_table,
    own_words,
    pairs_and_rows,
    plain_mails,
    plain_sheets,
    print_pages,
    questions,
    side_and_columns,
    whole_rows,
    wide_grids,
)
from benchmarks.reading.foreign.layout import Layout

LAYOUTS: tuple[Layout, ...] = (
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
    *old_boards.LAYOUTS,
    *letters.LAYOUTS,
    *drawn_sheets.LAYOUTS,
    *print_pages.LAYOUTS,
    *own_words.LAYOUTS,
    *four_teams.LAYOUTS,
    *plain_sheets.LAYOUTS,
    *dealt.LAYOUTS,
)
SEEN = tuple(layout for layout in LAYOUTS if not layout.held_out)
HELD_OUT = tuple(layout for layout in LAYOUTS if layout.held_out)

__all__ = ["HELD_OUT", "LAYOUTS", "SEEN", "Layout"]
