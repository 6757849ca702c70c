"""What is erased, against the lines by which people erased it: nothing is gone that nobody decided to let go."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from intake.records import seals
from intake.records.emptying import ERASED
from intake.records.log_lines import is_about
from intake.records.marks import PAGE
from intake.records.retention_tables import data_keys
from intake.records.schema import cases, intake_log, messages
from intake.records.verifying.discrepancy import Discrepancy

UNSAID = "erased-without-a-line"


def unsaid_erasures(connection: Connection) -> Iterator[Discrepancy]:
    """Give each message and case that stands as erased, and each key that is destroyed, without a line saying so."""
    gone = select(messages.c.id, messages.c.erased_at).where(messages.c.erased_at.is_not(None))
    for row in connection.execute(gone.execution_options(yield_per=PAGE)):
        if not _of_message(connection, row.id, row.erased_at):
            yield Discrepancy(UNSAID, f"messages/{row.id}")
    ended = select(cases.c.reference).where(cases.c.status == ERASED)
    for reference in connection.execute(ended.execution_options(yield_per=PAGE)).scalars():
        if not _of_case(connection, reference):
            yield Discrepancy(UNSAID, f"cases/{reference}")
    destroyed = select(data_keys.c.owner, data_keys.c.destroyed_at).where(data_keys.c.destroyed_at.is_not(None))
    for owner, at in connection.execute(destroyed.execution_options(yield_per=PAGE)):
        identity = owner.partition("/")[2]
        if owner == seals.of_message(identity):
            is_said = _of_message(connection, identity, at)
        else:
            is_said = _of_case(connection, identity)
        if not is_said:
            yield Discrepancy(UNSAID, f"data_keys/{owner}")


def _of_message(connection: Connection, message: str, at: str) -> bool:
    """Tell whether a line erases a message: its own, or that of a case erased at that very moment."""
    own = (intake_log.c.event == "message-erased", intake_log.c.message == message)
    with_case = (intake_log.c.event == "case-erased", intake_log.c.at == at)
    return any(
        connection.execute(select(intake_log.c.seq).where(*mine).limit(1)).first() is not None
        for mine in (own, with_case)
    )


def _of_case(connection: Connection, reference: str) -> bool:
    mine = (intake_log.c.event == "case-erased", is_about(connection, reference))
    return connection.execute(select(intake_log.c.seq).where(*mine).limit(1)).first() is not None
