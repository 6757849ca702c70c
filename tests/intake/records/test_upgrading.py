"""What an older program wrote is carried over: a step changes tables and forgets no row."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from intake.records.store import make_engine
from intake.records.upgrading import MIGRATIONS, upgrade

AT = "2026-11-16T08:31:00.000000+00:00"
LATER = "2026-11-16T09:31:00.000000+00:00"
LETTER = (
    'INSERT INTO letters (id, message, kind, header_message_id, state, why, recipient, sealed, "references", attempts,'
    " next_try, ordered_at, ended_at, queue_code, bounced_at) VALUES ({id}, 'm-1', '{kind}', '{id}@salford.gov.uk',"
    " '{state}', {why}, 'r', {sealed}, '[]', 1, '{at}', '{at}', '{at}', {queue}, {back})"
)
ITEM = (
    "INSERT INTO exceptions (id, message, code, severity, opened_at, times_told) VALUES"
    " ({id}, '{message}', '{code}', 'today', '{at}', 0)"
)
MESSAGE = (
    "INSERT INTO messages (number, id, mailbox, folder, uidvalidity, uid, received_at, recorded_at, bytes, sha256,"
    " oversize, stage, why, attempts) VALUES ({n}, 'm-{n}', 'sscp', 'INBOX', 7, {n}, '{at}', '{at}', 9, '{n}', {no},"
    " 'set-aside', 'x', 0)"
)


def older(engine: Engine, *statements: str) -> None:
    """Make the tables as step 0008 left them, and fill them."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0008")
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_what_an_older_program_wrote_is_carried_over(url: str) -> None:
    """An item says which letter it is about, a child's entries stay, and what is missing among them is made anew."""
    engine = make_engine(url)
    sealed, no = ("X'00'", "0") if url.startswith("sqlite") else ("'\\x00'", "false")
    gone = {"kind": "receipt", "state": "abandoned", "why": "'550'", "queue": "NULL", "back": "NULL"}
    back = {"kind": "acknowledgement", "state": "sent", "why": "NULL", "queue": "'q'", "back": f"'{LATER}'"}
    try:
        older(
            engine,
            MESSAGE.format(n=1, at=AT, no=no),
            MESSAGE.format(n=2, at=AT, no=no),
            LETTER.format(id=5, at=AT, sealed=sealed, **gone),
            LETTER.format(id=6, at=AT, sealed=sealed, **back),
            ITEM.format(id=1, message="m-1", code="letter-abandoned", at=AT),
            ITEM.format(id=2, message="m-2", code="acknowledgement-bounced", at=LATER),
            ITEM.format(id=3, message="m-2", code="locked", at=LATER),
            "INSERT INTO subject_index (kind, digest, owner) VALUES ('name', 'd', 'message/m-1')",
            f"INSERT INTO health (name, value, at) VALUES ('subjects-indexed', '1', '{AT}')",  # noqa: S608 - our own
        )
        upgrade(engine)
        with engine.begin() as connection:
            about = connection.execute(text("SELECT id, letter FROM exceptions ORDER BY id")).all()
            assert [tuple(row) for row in about] == [(1, 5), (2, 6), (3, None)]
            kept = connection.execute(text("SELECT kind, digest, owner FROM subject_index")).all()
            assert [tuple(row) for row in kept] == [("name", "d", "message/m-1")]
            assert connection.execute(text("SELECT count(*) FROM health")).scalar_one() == 0
            connection.execute(text("INSERT INTO subject_index VALUES ('born', 'd', 'message/m-1')"))
    finally:
        engine.dispose()
