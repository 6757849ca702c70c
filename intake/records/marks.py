"""Marks: what a line of the log says of the rows written with it, so that a row changed behind its back is found.

A mark is the place of a row (``case_versions/SSCP-2026-J2TVBQ/1``) and a keyed digest of all its columns that
matter, sealed bytes and all. It stands in the line's details, so the chain holds it; the newest one of a place is what
must be there, and an empty digest says that nothing must. What only counts tries, or is wrapped anew with each key, is
in no mark.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, RowMapping, Select, Table, and_, or_, select

from intake.records.codec import plain
from intake.records.reading_tables import generations, keyed
from intake.records.retention_tables import data_keys, holds
from intake.records.ring import Ring
from intake.records.schema import (
    blind_index,
    cases,
    documents,
    exceptions,
    findings,
    letters,
    links,
    messages,
    subject_index,
    versions,
)
from intake.records.staff_tables import accounts
from intake.records.way_tables import notes, owners, steps, verdicts

ROWS = "rows"
"""Where a line's marks stand in its details; lines of older programs have none."""
GONE = ""
DIGITS = 32
PAGE = 500

Identity = tuple[Any, ...]
Content = tuple[str, ...]
"""What the rows of one place hold, in a form to compare; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A table whose rows are marked: by which columns a place is named, and which a mark is over."""

    table: Table
    identity: tuple[Column[Any], ...]
    told: tuple[Column[Any], ...]

    @property
    def is_grouped(self) -> bool:
        """Tell whether a place has several rows, which are marked as one."""
        return set(self.identity) != set(self.table.primary_key) and not any(c.unique for c in self.identity)

    def place(self, identity: Identity) -> str:
        """Return the name of a place."""
        return "/".join((self.table.name, *map(str, identity)))

    def rows(self) -> Select[Any]:
        """Return the query for the whole table, place by place."""
        return select(self.table).order_by(*self.identity, *self.table.primary_key)

    def places(self, rows: Iterable[RowMapping]) -> Iterator[tuple[Identity, Content]]:
        """Give each place of rows that come place by place, with what it holds."""
        for identity, mine in groupby(rows, lambda row: tuple(row[column.name] for column in self.identity)):
            yield identity, tuple(sorted(map(self._content, mine)))

    def _content(self, row: RowMapping) -> str:
        """Return a row's columns that are told of; one without a value is left out, so a later column changes none."""
        told = {column.name: row[column.name] for column in self.told}
        return plain({name: value for name, value in told.items() if value is not None})


def _marked(table: Table, *identity: str, without: Sequence[str] = ()) -> tuple[str, Marked]:
    named = tuple(table.c[name] for name in identity)
    return table.name, Marked(table, named, tuple(column for column in table.c if column.name not in without))


TRIES = ("attempts", "next_try")
MARKED: Mapping[str, Marked] = dict(
    (
        _marked(messages, "id", without=TRIES),
        _marked(documents, "message", "index"),
        _marked(generations, "message", "document", "generation"),
        _marked(findings, "message"),
        _marked(exceptions, "id", without=("letter",)),  # later than the first marks; it decides what is listed alone
        _marked(letters, "id", without=(*TRIES, "why")),
        _marked(cases, "reference"),
        _marked(versions, "reference", "version"),
        _marked(links, "id"),
        _marked(blind_index, "reference"),  # as one: an erased child's digest must not live on in the log
        _marked(subject_index, "owner"),
        _marked(keyed, "id"),
        _marked(steps, "id"),
        _marked(notes, "id"),
        _marked(owners, "id"),
        _marked(verdicts, "id"),
        _marked(holds, "id"),
        _marked(data_keys, "owner", without=("wrapped",)),
        _marked(accounts, "name", without=("failures", "locked_until", "totp_last")),
    )
)
"""Every table that says what became of mails, cases and letters, or who may sign in. ``reasons`` hang on lines."""


def mark(ring: Ring, place: str, content: Content) -> str:
    """Return the mark of a place as lines have it."""
    return f"{place} {_digests(ring, place, content)[0]}"


def is_marked(ring: Ring, place: str, content: Content, digest: str) -> bool:
    """Tell whether a place holds what was marked, under any key of the ring."""
    return digest in _digests(ring, place, content)


def parted(said: str) -> tuple[str, str]:
    """Return place and digest of a mark."""
    place, _, digest = said.rpartition(" ")
    return place, digest


def contents(connection: Connection, marked: Marked, identities: Sequence[Identity]) -> dict[Identity, Content]:
    """Return what these places hold now."""
    found: dict[Identity, Content] = dict.fromkeys(identities, ())
    for at in range(0, len(identities), PAGE):
        some = identities[at : at + PAGE]
        if len(marked.identity) == 1:
            mine: ColumnElement[bool] = marked.identity[0].in_([identity[0] for identity in some])
        else:
            named = (zip(marked.identity, identity, strict=True) for identity in some)
            mine = or_(*(and_(*(column == value for column, value in pairs)) for pairs in named))
        found.update(marked.places(connection.execute(marked.rows().where(mine)).mappings()))
    return found


def _digests(ring: Ring, place: str, content: Content) -> tuple[str, ...]:
    if not content:
        return (GONE,)
    return tuple(digest[:DIGITS] for digest in ring.blinds("row", plain([place, content])))
