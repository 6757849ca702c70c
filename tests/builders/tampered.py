"""A store in which something stands in every table, and the hands of somebody who owns its database."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from intake.domain.case import Reference
from intake.domain.case_file import LinkVerdict
from intake.domain.case_way import Step
from intake.domain.private import Private
from intake.domain.staff import Role
from intake.domain.stages import Stage
from intake.edges.keyring import KeyRing
from intake.edges.vault import FileVault
from intake.letters.london import LONDON
from intake.records import SqlRecords
from intake.records.store import make_engine
from intake.records.verification import verify_house
from tests.builders.messages import NOW
from tests.builders.records import Books, everything, moved, opened

ACT = ("orla", "an invented reason", NOW)
Found = list[tuple[str, str]]


@dataclass(frozen=True)
class House:
    """A store as files: the ids in it, to be copied and tampered with."""

    folder: Path
    case: str
    other: str
    mail: str
    aside: str

    def said(self, words: str) -> str:
        """Return a text with the ids in their places."""
        return words.format(case=self.case, other=self.other, mail=self.mail, aside=self.aside)


def filled(folder: Path) -> House:
    """Make a store in which something stands in every table, and which verifies."""
    with opened(f"sqlite:///{folder / 'intake.db'}", folder) as books:
        case, mail = registered(books)
        other, _ = registered(books)
        gone, _ = registered(books)
        aside = books.receive()
        books.records.commit(aside, moved(Stage.SET_ASIDE, linked=other), now=NOW)
        loose = books.receive()
        books.records.commit(loose, moved(Stage.SET_ASIDE), now=NOW)
        acted_on(books, case, other)
        books.records.erase_case(gone, *ACT)
        for message in books.records.erased():
            books.vault.erase(message)
        assert books.discrepancies() == []
        return House(folder, case, other, mail, loose.id)


def registered(books: Books) -> tuple[Reference, str]:
    """Register a case, send its letter, close its exceptions."""
    message = books.receive()
    outcome = everything(message)
    books.records.commit(message, outcome, now=NOW)
    for row in books.records.exception_rows():
        books.records.close_exception(row["id"], *ACT)
    for line in books.records.due_letters(NOW, 10):
        books.records.letter_attempt(line)
        books.records.letter_sent(line.id, "250 taken", NOW)
    return outcome.entries[0].reference, message.id


def acted_on(books: Books, case: Reference, other: Reference) -> None:
    """Leave a trace of everything that people do."""
    records = books.records
    records.record_step(case, Step.SENT_TO_PANEL, NOW.astimezone(LONDON).date(), "orla", NOW)
    for text in ("rang the school", "wrote to the panel"):
        records.add_note(case, Private(text), "orla", NOW)
    records.set_owner(case, "dot", "orla", NOW)
    records.key_value(case, 1, "incident.place", None, Private("a park"), "orla", "said so by telephone", NOW)
    records.place_hold(other, *ACT)
    records.place_hold(case, *ACT)
    records.lift_hold(case, *ACT)
    records.add_account("rae", [Role.AUDITOR], "x", "orla", NOW)
    for link in records.links_to_judge():
        records.judge_link(link.id, LinkVerdict.ACCEPTED, *ACT)


def verified(house: House, *heads: tuple[int, str]) -> Found:
    """Return what is found in a store."""
    ring, engine = KeyRing.load(house.folder / "keyring"), make_engine(f"sqlite:///{house.folder / 'intake.db'}")
    try:
        store = SqlRecords(engine, ring, house.folder / "intake-log.anchor").store
        return [(one.code, one.where) for one in verify_house(store, FileVault(house.folder / "vault", ring), heads)]
    finally:
        engine.dispose()


def changed(house: House, *statements: str) -> None:
    """Do as somebody who owns the database."""
    with closing(sqlite3.connect(house.folder / "intake.db", isolation_level=None)) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert database.execute(house.said(statement)).rowcount, statement
