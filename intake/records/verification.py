"""Is everything as it was written? The log, its anchors, every row it speaks of, every seal, every original."""

from collections.abc import Iterator, Sequence

from intake.records.store import Store
from intake.records.verifying.discrepancy import Discrepancy
from intake.records.verifying.erasures import unsaid_erasures
from intake.records.verifying.heads import broken_anchors
from intake.records.verifying.lines import Head, broken_lines, unmet_heads
from intake.records.verifying.mails import Originals, broken_mails, broken_originals, unknown_originals
from intake.records.verifying.rows import broken_rows, missing_cases
from intake.records.verifying.said import Said
from intake.records.verifying.seals import broken_seals


def verify(store: Store, vault: Originals, heads: Sequence[Head] = ()) -> Iterator[Discrepancy]:
    """Give every discrepancy found, the log's first; ``heads`` are such as nightly reports printed.

    The records are seen as they are at one moment, a page at a time; the originals are read afterwards. Raises
    Unavailable where something is away.
    """
    with Said() as said:
        with store.reading() as connection:
            yield from broken_lines(store, connection, said)
            yield from unmet_heads(connection, heads)
            yield from broken_mails(connection, said)
            yield from missing_cases(connection, said)
            yield from broken_rows(store, connection, said)
            yield from unsaid_erasures(connection)
            yield from broken_seals(store, connection)
        yield from broken_anchors(store)
    yield from broken_originals(store, vault)


def verify_house(store: Store, vault: Originals, heads: Sequence[Head] = ()) -> Iterator[Discrepancy]:
    """Verify records with a vault that is theirs alone: no original may be in it that they know nothing of."""
    yield from verify(store, vault, heads)
    yield from unknown_originals(store, vault)
