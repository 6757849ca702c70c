"""Which marked rows a transaction writes, seen at its statements: no act can forget to say what it changed."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, CursorResult, Delete, Engine, Insert, Update, event

from intake.records.marks import MARKED, Content, Identity, Marked, contents, mark
from intake.records.ring import Ring

WRITES = "marked_writes"
"""The option of a connection that has a transaction's :class:`Writes`."""


class Writes:
    """The places a transaction has written to since its last line, each with what was there before, where known."""

    def __init__(self) -> None:
        """Begin with none."""
        self._places: dict[str, dict[Identity, Content | None]] = {}

    def touched(self, marked: Marked, identity: Identity, before: Content | None) -> None:
        """Note a place; the first word on what was there before holds."""
        self._places.setdefault(marked.table.name, {}).setdefault(identity, before)

    def marks(self, ring: Ring, connection: Connection) -> list[str]:
        """Return the marks of all places that hold something else than before, and begin anew."""
        places, self._places = self._places, {}
        return sorted(said for table, mine in places.items() for said in _marks(ring, connection, MARKED[table], mine))


def watch(engine: Engine) -> None:
    """See every statement of connections that have :data:`WRITES` among their options."""
    event.listen(engine, "before_execute", _before)
    event.listen(engine, "after_execute", _after)


def writes_of(connection: Connection) -> Writes | None:
    """Return the writes of a connection's transaction; None where nobody counts them."""
    writes: Writes | None = connection.get_execution_options().get(WRITES)
    return writes


def _marks(ring: Ring, connection: Connection, marked: Marked, places: dict[Identity, Content | None]) -> Iterator[str]:
    for identity, content in contents(connection, marked, list(places)).items():
        if content != places[identity]:
            yield mark(ring, marked.place(identity), content)


def _before(connection: Connection, statement: object, *_: object) -> None:
    """Look at the rows that a change is about to meet; afterwards they may not be found by the same words."""
    writes, marked = writes_of(connection), _marked(statement, Update | Delete)
    if writes is None or marked is None or not isinstance(statement, Update | Delete):
        return
    met = marked.rows().where(*([] if statement.whereclause is None else [statement.whereclause]))
    for identity, content in marked.places(connection.execute(met).mappings().all()):
        writes.touched(marked, identity, None if marked.is_grouped else content)


def _after(connection: Connection, statement: object, *rest: object) -> None:
    """Note the rows that were put in."""
    writes, marked = writes_of(connection), _marked(statement, Insert)
    result = rest[-1]
    if writes is None or marked is None or not isinstance(result, CursorResult):
        return
    for row in result.context.compiled_parameters:
        identity = tuple(_value(column.name, row, result) for column in marked.identity)
        writes.touched(marked, identity, None)


def _value(name: str, row: Mapping[str, Any], result: CursorResult[Any]) -> Any:  # noqa: ANN401 - a column's
    """Return a column of a row just put in; where the database counts it, there is one row."""
    if name in row:
        return row[name]
    key = result.inserted_primary_key
    return None if key is None else getattr(key, name)


def _marked(statement: object, kinds: Any) -> Marked | None:  # noqa: ANN401 - classes of statements
    return MARKED.get(statement.table.name) if isinstance(statement, kinds) else None
