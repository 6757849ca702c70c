"""Records on a real database with a vault behind them, outcomes to commit, ways to die, and hands that tamper."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, event, insert, select, text, update

from intake.domain.case import Assessment, CaseEntry, DuplicateVerdict, Letter, LetterKind, ReferralType, Relation
from intake.domain.case import reference as drawn
from intake.domain.findings import ExceptionItem, Finding, Severity
from intake.domain.incident_date import UNKNOWN_DATE
from intake.domain.message import Arrival, Message, Place, new_message_id
from intake.domain.outcome import DocumentRecord, Outcome
from intake.domain.private import Private
from intake.domain.sign_off import QASignOff, QAStatus
from intake.domain.stages import Stage
from intake.domain.timeliness import Band, SubmissionTimeliness
from intake.edges.keyring import KeyRing
from intake.edges.vault import FileVault
from intake.errors import Unavailable
from intake.records import SqlRecords
from intake.records.schema import intake_log, log_head, metadata
from intake.records.store import MARKED_LATER, make_engine
from intake.records.upgrading import upgrade
from intake.records.verification import verify_house
from tests.builders.letters import screening
from tests.builders.messages import NOW, RECEIVED
from tests.builders.referrals import referral

ORIGINAL = b"From: rae.ferrer@gmp.example\r\n\r\nan invented mail\r\n"
Line = dict[str, Any]
NUMBERS = itertools.count(1)


@dataclass
class Books:
    """Records on one database, with a vault that holds every original received."""

    url: str
    folder: Path
    engine: Engine
    ring: KeyRing
    records: SqlRecords
    vault: FileVault
    cut: Callable[[], None] | None = None
    """Cuts every connection to the database, where it is a server."""

    @property
    def anchor(self) -> Path:
        """The file outside the database that keeps the log's heads."""
        return self.folder / "intake-log.anchor"

    def receive(self) -> Message:
        """Take in one mail."""
        number = next(NUMBERS)
        message = new_message_id(number)
        with self.vault.writer(message) as original:
            original.write(ORIGINAL + str(number).encode())
        arrival = Arrival(Place("sscp", "INBOX", 1, number), RECEIVED, original.bytes, original.sha256)
        assert self.records.receive(message, arrival, now=NOW)
        return self.records.message(message)

    @contextmanager
    def another_worker(self) -> Iterator[SqlRecords]:
        """Give records over connections of their own."""
        engine = make_engine(self.url)
        try:
            yield SqlRecords(engine, self.ring, self.anchor)
        finally:
            engine.dispose()

    def all_rows(self) -> Mapping[str, Sequence[tuple[Any, ...]]]:
        """Return every row of every table."""
        with self.engine.connect() as connection:
            return {t.name: sorted(map(tuple, connection.execute(select(t))), key=repr) for t in metadata.sorted_tables}

    def log(self) -> list[Line]:
        """Return the intake log."""
        with self.engine.connect() as connection:
            return [row._asdict() for row in connection.execute(select(intake_log).order_by(intake_log.c.seq))]

    def told(self) -> list[Line]:
        """Return the lines of the intake log that tell of more than rows."""
        return [line for line in self.log() if line["event"] != MARKED_LATER]

    def discrepancies(self) -> list[str]:
        """Return what verifying finds, as codes."""
        return [found.code for found in verify_house(self.records.store, self.vault)]


@contextmanager
def opened(url: str, folder: Path, cut: Callable[[], None] | None = None) -> Iterator[Books]:
    """Give empty records on the database at ``url``."""
    engine = make_engine(url)
    upgrade(engine)
    ring = KeyRing.create(folder / "keyring")
    records = SqlRecords(engine, ring, folder / "intake-log.anchor")
    try:
        yield Books(url, folder, engine, ring, records, FileVault(folder / "vault", ring), cut)
    finally:
        engine.dispose()


def moved(stage: Stage, **more: Any) -> Outcome:
    """Return an outcome that moves a message, and what else it writes."""
    return Outcome(stage, "decided", **more)


def everything(message: Message) -> Outcome:
    """Return an outcome that writes into every table a leg can write to."""
    form, case = referral(), drawn(2026, next(NUMBERS))
    found = Assessment(
        document=form.document,
        agency="gmp",
        referral_type=ReferralType.MUST,
        children=1,
        timeliness=SubmissionTimeliness(UNKNOWN_DATE, None, None, Band.CANNOT_SAY, "no-incident-date"),
        qa=QASignOff(QAStatus.CONFIRMED, Private("Orla Example"), None, ()),
        missing=("qa",),
        alerts=(),
        duplicate=DuplicateVerdict(Relation.NEW),
        findings=(Finding("late-submission", form.document),),
    )
    kind = LetterKind.ACKNOWLEDGEMENT
    return moved(
        Stage.REGISTERED,
        screening=screening(),
        content_sha256=message.arrival.sha256,
        documents=(DocumentRecord(form.document, "docx", 9, form.sha256, "read", None, "ours", "sscp-2023"),),
        referrals=(form,),
        assessments=(found,),
        exceptions=(ExceptionItem("letter-waits-for-release", Severity.TODAY, case),),
        entries=(CaseEntry(case, form, found, (ExceptionItem("late-submission", Severity.ATTENTION, case, 1),)),),
        letters=(Letter(kind, (Private("rae.ferrer@gmp.example"),), f"{message.id}@salford.gov.uk", b"A letter."),),
    )


class Killed(BaseException):
    """The process dies here."""


def dies_at(books: Books, number: int, die: Callable[[], None], act: Callable[[], object]) -> bool:
    """Run ``act`` and die just before its ``number``-th statement or its commit; tell whether it came to that."""
    left = itertools.count(number - 1, -1)
    died = []

    def step(*_: Any) -> None:
        if next(left) == 0:
            died.append(True)
            die()

    event.listen(books.engine, "before_cursor_execute", step)
    event.listen(books.engine, "commit", step)
    try:
        act()
    except (Killed, Unavailable):
        assert died
    finally:
        event.remove(books.engine, "before_cursor_execute", step)
        event.remove(books.engine, "commit", step)
    return bool(died)


def kill() -> None:
    """Die as by ``kill -9``: no cleaning up of ours sees it coming."""
    raise Killed


def without_guard(connection: Connection) -> None:
    """Be somebody who owns the database: take the triggers away."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE intake_log DISABLE TRIGGER USER"))
        return
    for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
        connection.execute(text(f"DROP TRIGGER {name}"))


def rewrite(books: Books, lines: Sequence[Line]) -> None:
    """Put other lines in the log's place, and a head that agrees with the last of them."""
    with books.engine.begin() as connection:
        connection.execute(delete(intake_log))
        connection.execute(insert(intake_log), list(lines))
        connection.execute(update(log_head).values(seq=lines[-1]["seq"], mac=lines[-1]["mac"]))


def _other(value: Any) -> Any:
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:] if value else b"x"
    if isinstance(value, int):
        return value + 1_000_000
    return f"{value}x" if isinstance(value, str) else "x"


def tampered(lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Give every single change of every line, and the log without, with exchanged, and cut at, each line."""
    for at, line in enumerate(lines):
        for name, value in line.items():
            yield f"{name} of line {at + 1}", [*lines[:at], {**line, name: _other(value)}, *lines[at + 1 :]]
        if len(lines) > 1:
            yield f"without line {at + 1}", lines[:at] + lines[at + 1 :]
        if at:
            yield f"cut before line {at + 1}", lines[:at]
            one, two = lines[at - 1], line
            exchanged = [{**two, "seq": one["seq"]}, {**one, "seq": two["seq"]}]
            yield f"lines {at} and {at + 1} exchanged", [*lines[: at - 1], *exchanged, *lines[at + 1 :]]
