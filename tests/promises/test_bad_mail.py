"""One bad mail among good ones: it stands alone, with its reason, and nobody waits for it."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from intake.edges.doors import ChildDoor
from intake.edges.reader import WalledReader
from intake.ports import Reader
from intake.programs.advance import advance_once
from parsers.contract import Front, Harvest, Refusal, Survey
from tests.builders.forms import library
from tests.builders.house import TestHouse, house
from tests.builders.mails import Attachment
from tests.promises.post_bag import sent, word

DEADLY, ENDLESS = b"this ends whoever reads it", b"this is never read to its end"
HOSTILE_TO_READERS = f"""
import ctypes
import parsers.__main__ as walled
from parsers import read
honest = read.answer
def answer(task, data, library, seconds):
    if {DEADLY!r} in data:
        ctypes.string_at(0)
    while {ENDLESS!r} in data:
        pass
    return honest(task, data, library, seconds)
read.answer = answer
walled.main([])
"""
"""The real walled program with a flaw: two byte strings that crash it and that hang it."""


@pytest.fixture
def at_home(tmp_path: Path) -> Iterator[TestHouse]:
    """Give a house of the test's own."""
    with house(tmp_path) as opened:
        yield opened


def walk_among_good_ones(at_home: TestHouse, raw: bytes, reader: Reader) -> list[Mapping[str, Any]]:
    """Take in a bad mail between two good ones, walk all, and return their rows in that order."""
    ids = [at_home.arrive(one) for one in (sent(1, word(1)), raw, sent(2, word(2)))]
    advance_once(replace(at_home.world, reader=reader), at_home.rules, lambda: at_home.now)
    return [at_home.row(message) for message in ids]


@pytest.mark.parametrize(("bytes_", "why"), [(DEADLY, "killed"), (ENDLESS, "time")])
def test_a_document_that_ends_or_hangs_its_reader_stops_no_other(at_home: TestHouse, bytes_: bytes, why: str) -> None:
    """A mail that crashes or hangs the walled process is held with that reason; the others are registered."""
    raw = sent(3, Attachment("referral.bin", b"plain", "text/plain"), text=bytes_.decode())
    program = (sys.executable, "-s", "-X", "utf8", "-c", HOSTILE_TO_READERS)
    with WalledReader(library(), seconds=4, door=ChildDoor(program)) as reader:
        before, bad, after = walk_among_good_ones(at_home, raw, reader)
    assert (before["stage"], after["stage"]) == ("registered", "registered")
    assert (bad["stage"], bad["why"]) == ("held", f"unreadable-mail-{why}")
    assert [(item["code"], item["message"]) for item in at_home.records.exception_rows()] == [
        ("unreadable-mail", bad["id"])
    ]


class Stumbling:
    """A reader with a fault of ours: at one mail it raises what nobody expects."""

    def __init__(self, honest: Reader, raw: bytes) -> None:
        self._honest, self._raw = honest, raw
        self.stumbled = 0

    def survey(self, raw: bytes) -> Survey | Refusal:
        """Take a mail apart."""
        return self._honest.survey(raw)

    def front(self, raw: bytes) -> Front | Refusal:
        """Hand out its headers."""
        return self._honest.front(raw)

    def read(self, raw: bytes) -> Harvest | Refusal:
        """Read its forms, or stumble."""
        if raw == self._raw:
            self.stumbled += 1
            raise ZeroDivisionError
        return self._honest.read(raw)

    def read_file(self, data: bytes) -> Harvest | Refusal:
        """Read one file."""
        return self._honest.read_file(data)


def test_a_fault_of_ours_at_one_mail_holds_that_mail_alone(at_home: TestHouse) -> None:
    """A leg that fails unexpectedly is tried as often as configured, then held for a person; the others go on."""
    raw = sent(3, word(3))
    reader = Stumbling(at_home.world.reader, raw)
    before, bad, after = walk_among_good_ones(at_home, raw, reader)
    assert (before["stage"], after["stage"]) == ("registered", "registered")
    assert (bad["stage"], bad["why"]) == ("held", "gave-up-at-parse")
    assert reader.stumbled == at_home.rules.program.work.attempts
    assert "could-not-be-processed" in [item["code"] for item in at_home.records.exception_rows()]
