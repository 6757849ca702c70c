"""The rows against the newest line that speaks of each: changed, gone, or put in by nobody the log knows."""

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import Connection, select

from intake.records.marks import GONE, MARKED, PAGE, Content, Marked, is_marked
from intake.records.schema import cases
from intake.records.store import Store
from intake.records.verifying.discrepancy import Discrepancy
from intake.records.verifying.said import UNSURE, Said


def broken_rows(store: Store, connection: Connection, said: Said) -> Iterator[Discrepancy]:
    """Compare every row of every marked table with its mark; then tell which marks met no row."""
    for marked in MARKED.values():
        for page in _pages(connection, marked):
            digests = said.digests(page)
            for place, content in page.items():
                digest = digests.get(place)
                if digest is None and not said.covers_all:
                    continue  # of an older program, and nobody opened the store with this one yet
                if digest is None or digest == GONE:
                    yield Discrepancy("row-unaccounted", place)
                elif digest != UNSURE and not is_marked(store.ring, place, content, digest):
                    yield Discrepancy("row-changed", place)
    yield from (Discrepancy("row-missing", place) for place in said.unmet())


def missing_cases(connection: Connection, said: Said) -> Iterator[Discrepancy]:
    """Give each case that a mail was registered in and that is not there: no case is ever taken away."""
    for page in said.pages("cases"):
        there = set(connection.execute(select(cases.c.reference).where(cases.c.reference.in_(page))).scalars())
        yield from (Discrepancy("case-missing", reference) for reference in page if reference not in there)


def _pages(connection: Connection, marked: Marked) -> Iterator[dict[str, Content]]:
    rows = connection.execute(marked.rows().execution_options(yield_per=PAGE)).mappings()
    places = marked.places(rows)
    while page := list(islice(places, PAGE)):
        yield {marked.place(identity): content for identity, content in page}
