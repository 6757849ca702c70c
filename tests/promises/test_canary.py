"""The canary: nonsense words in every personal field, every journey run at DEBUG, and none of them to be seen."""

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from intake.domain.case import LetterKind
from intake.edges import operations_log
from intake.programs import report as reporting
from intake.programs.advance import advance_once
from intake.programs.night import gathered
from intake.programs.report import Desk
from intake.settings.program import Log
from tests.builders import mails
from tests.builders.forms import CHILD, FilledForm, marf_docx, to_docx, to_flat_pdf, to_pdf
from tests.builders.house import TestHouse, house
from tests.builders.mails import Attachment, docx_attachment, mail, pdf_attachment
from tests.builders.settings import AUTHSERV

CANARY = "zqxkanari"
"""Begins every planted word; no word of ours holds it."""
NUMBERS = ("9434765919", "07/08/2013", "2013-08-07", "M50 9ZZ")
"""Planted where a word would not be taken for an answer: NHS number, date of birth, postcode."""


def planted() -> FilledForm:
    """Return a form with a canary in every field that takes words."""
    form = FilledForm()
    kept = {"referrer.agency", "qa.agency"}
    values = {
        name: value if name in kept or "date" in name else f"{CANARY}{number} {CANARY}"
        for number, (name, value) in enumerate(form.values.items())
    }
    values["referrer.email"] = f"{CANARY}@gmp.example"
    child = {name: f"{CANARY}kid{number}" for number, name in enumerate(CHILD)}
    child |= {
        "child.dob": "07/08/2013",
        "child.nhs_number": "943 476 5919",
        "child.address": f"1 {CANARY} Road M50 9ZZ",
    }
    tables = {name: tuple(tuple(f"{CANARY}row" for _ in row) for row in rows) for name, rows in form.tables.items()}
    return replace(form, values=values, children=(child,), tables=tables, at_risk="Yes", action=f"{CANARY} action")


def every_kind() -> Iterator[bytes]:
    """Give mails of every way through the house, with canaries in names, subjects, addresses, bodies and file names."""
    form = planted()
    name = f"{CANARY}-{CANARY}.docx"
    files = [
        [docx_attachment(to_docx(form), name)],
        [docx_attachment(to_docx(replace(form, children=({**form.children[0], "child.dob": ""},))), name)],
        [pdf_attachment(to_pdf(form), f"{CANARY}.pdf")],
        [pdf_attachment(to_flat_pdf(form), f"{CANARY}.pdf")],
        [docx_attachment(marf_docx(), name)],
        [docx_attachment(mails.locked_docx(), name)],
        [docx_attachment(to_docx(form)[:9_000], name)],
        [Attachment(name, CANARY.encode() * 50, "application/octet-stream")],
        [],
    ]
    for number, attached in enumerate(files):
        for verdict in ("pass", "fail", ""):
            yield mail(
                f"{CANARY} is in immediate danger. Referral of {CANARY}, born 07/08/2013, M50 9ZZ.\r\n",
                *attached,
                sender=f"{CANARY} {CANARY} <{CANARY}@gmp.example>",
                subject=f"Referral {CANARY} 07/08/2013",
                message_id=f"<{CANARY}.{number}.{verdict}@gmp.example>",
                verdict=verdict,
                authserv=AUTHSERV,
            )
    yield mail(f"{CANARY}", sender=f"<{CANARY}@{CANARY}.example>", subject=CANARY, authserv=AUTHSERV)
    yield b"From: " + CANARY.encode() + b"\r\nSubject: " + CANARY.encode() + b"\r\n\r\n" + CANARY.encode()
    yield mails.out_of_office()


@pytest.fixture
def at_debug(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Log everything there is to log, ours and every library's, at DEBUG, into one place."""
    said = io.StringIO()
    monkeypatch.setattr("sys.stderr", said)
    operations_log.configure(Log(level="debug", format="json"))
    everything = logging.StreamHandler(said)
    everything.setLevel(logging.DEBUG)
    root = logging.getLogger()
    level = root.level
    root.addHandler(everything)
    root.setLevel(logging.DEBUG)
    yield said
    root.removeHandler(everything)
    root.setLevel(level)


def test_no_canary_is_seen_outside_a_seal(tmp_path: Path, at_debug: io.StringIO) -> None:
    """Of all that was planted nothing is in a log, a letter, a report, an unrevealed row, a file or its name."""
    with house(tmp_path) as home:
        for raw in every_kind():
            home.arrive(raw)
        advance_once(home.world, home.rules, lambda: home.now)
        _same_again_with_a_fault_in_every_leg(home)
        shown = {
            "log": at_debug.getvalue(),
            "letters": _letters(home),
            "records": repr([*home.records.log_rows(), *home.records.exception_rows(), *home.records.outbox_rows()]),
            "stories": repr([home.records.story(row["id"]) for row in home.records.log_rows()]),
            "register": repr(home.records.register_rows(reveal=False, by="test", now=home.now)),
            "report": _report(home),
            "rows": repr([home.records.message(row["id"]) for row in home.records.log_rows()]),
        }
    assert {row["stage"] for row in home.records.log_rows()} >= {"registered", "held", "quarantined", "set-aside"}
    shown |= {str(file.relative_to(tmp_path)): f"{file.name}\n{_bytes(file)}" for file in _files(tmp_path)}
    assert {place: _found(text) for place, text in shown.items() if _found(text)} == {}


def test_the_canary_would_be_found(tmp_path: Path) -> None:
    """The test above can fail: the canaries are in the originals and in the revealed register."""
    with house(tmp_path) as home:
        home.take(next(every_kind()))
        assert _found(repr(home.register()))
    assert _found(next(every_kind()).decode("latin-1"))


def _same_again_with_a_fault_in_every_leg(home: TestHouse) -> None:
    """Walk mails whose legs meet a fault that quotes them: not even the fault's own words may be seen."""

    class Broken:
        def survey(self, raw: bytes) -> None:
            raise ValueError(raw.decode("latin-1"))

        read = read_file = survey

    message = home.arrive(mail(CANARY, sender=f"{CANARY} <{CANARY}@gmp.example>", authserv=AUTHSERV))
    advance_once(replace(home.world, reader=Broken()), home.rules, lambda: home.now)
    assert home.row(message)["stage"] == "held"


def _letters(home: TestHouse) -> str:
    """Return every letter's headers and words, but the one address an answer is for."""
    letters = home.letters()
    assert {LetterKind.ACKNOWLEDGEMENT.value, LetterKind.SAFETY_ALERT.value} <= {key.split(".")[0] for key in letters}
    return "\n".join(_without_address(mail_.as_string()) for mail_ in letters.values())


def _without_address(letter: str) -> str:
    """Take out where the answer goes, and the thread it belongs to: the sender's own address and Message-ID."""
    return re.sub(r"(?m)^(?:To|In-Reply-To|References):.*\n(?:[ \t].*\n)*", "", letter)


def _report(home: TestHouse) -> str:
    desk = Desk(
        gather=partial(gathered, home.records, home.rules), items=home.records.open_items, office=None,
        keys=home.world.keys, rules=home.rules, clock=lambda: home.now,
    )  # fmt: skip
    return reporting.report_once(desk, send=False)


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def _bytes(file: Path) -> str:
    return file.read_bytes().decode("latin-1")


def _found(text: str) -> list[str]:
    """Return which planted things a text holds, as words or in the encodings mail uses."""
    flat = text.replace("=\n", "").lower()
    return [each for each in (CANARY, *NUMBERS) if each.lower() in flat]
