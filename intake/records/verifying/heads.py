"""The anchors outside the database: what was once the log's head must still be in it, and no anchor may be gone."""

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import func, select

from intake.errors import Unavailable
from intake.records.anchors import Anchor, Anchors
from intake.records.marks import PAGE
from intake.records.schema import intake_log
from intake.records.store import Store
from intake.records.verifying.discrepancy import Discrepancy

MOST_BEHIND = 1_000
"""Lines after the newest anchor: a power cut takes some away, and the next line closes the gap."""


def broken_anchors(store: Store) -> Iterator[Discrepancy]:
    """Hold every file of anchors against the log, and against itself."""
    for anchors in store.anchors:
        yield from _held(store, anchors)


def _held(store: Store, anchors: Anchors) -> Iterator[Discrepancy]:
    name, before = anchors.path.name, None
    lines = anchors.read()
    try:
        while page := list(islice(lines, PAGE)):
            whole = [anchor for anchor in page if anchor is not None]
            yield from (Discrepancy("anchor-unreadable", name) for anchor in page if anchor is None)
            for anchor in whole:
                yield from _followed(before, anchor)
                before = anchor
            yield from _in_the_log(store, whole)
    except FileNotFoundError:
        pass
    except OSError:
        raise Unavailable("anchors", "cannot-be-read") from None
    yield from _at_the_end(store, name, before)


def _followed(before: Anchor | None, anchor: Anchor) -> Iterator[Discrepancy]:
    """Tell whether an anchor names the one before it; those of older programs name none."""
    if anchor.after is None or anchor.is_beginning or anchor.follows_torn:
        return
    if before is None:
        yield Discrepancy("anchors-begin-late", f"line {anchor.seq}")
    elif anchor.after != before.seq:
        yield Discrepancy("anchor-missing", f"after line {before.seq}")


def _in_the_log(store: Store, page: list[Anchor]) -> Iterator[Discrepancy]:
    """Look for the lines after the file was read: a line is committed before it is anchored."""
    named = [anchor.seq for anchor in page]
    with store.reading() as connection:
        found = connection.execute(select(intake_log.c.seq, intake_log.c.mac).where(intake_log.c.seq.in_(named)))
        macs = {line.seq: line.mac for line in found}
    for anchor in page:
        if anchor.is_beginning:
            continue
        if anchor.seq not in macs:
            yield Discrepancy("log-cut", f"line {anchor.seq}")
        elif macs[anchor.seq] != anchor.mac:
            yield Discrepancy("anchor-disagrees", f"line {anchor.seq}")


def _at_the_end(store: Store, name: str, last: Anchor | None) -> Iterator[Discrepancy]:
    with store.reading() as connection:
        lines = connection.execute(select(func.max(intake_log.c.seq))).scalar() or 0
    if lines and last is None:
        yield Discrepancy("anchors-missing", name)
    elif last is not None and lines > last.seq + MOST_BEHIND:
        yield Discrepancy("anchors-behind", f"{name}, after line {last.seq}")
