"""Whatever goes wrong on the line to either mail server, at whatever command: nothing is lost and nothing is double.

The default run takes every command and every way of going wrong, paired by chance; ``make network`` takes all pairs.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.programs.opening import House
from tests.promises.network import COMMANDS, Case, Lines, both_lines, house_of, judged, put_through, some_cases
from tests.servers.fault_proxy import Imap, Smtp


@pytest.fixture(scope="module")
def lines() -> Iterator[Lines]:
    """Give both lines, undisturbed."""
    with both_lines() as running:
        yield running


@pytest.fixture(scope="module")
def first_house(lines: Lines, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Give a house whose reader all others borrow: starting one takes longer than a fault."""
    with house_of(tmp_path_factory.mktemp("first"), lines, "nobody") as (house, _):
        yield house


@pytest.mark.parametrize("case", some_cases(), ids=str)
def test_a_fault_on_the_line_loses_and_doubles_nothing(
    case: Case, tmp_path: Path, lines: Lines, first_house: House
) -> None:
    """One exchange goes wrong; then each mail is on record once, in its folder, and its letter was sent once."""
    judged(case, tmp_path, lines, first_house)


def test_the_commands_tried_are_those_spoken(tmp_path: Path, lines: Lines, first_house: House) -> None:
    """An undisturbed run speaks no command that no fault is tried at."""
    put_through(None, tmp_path, lines, first_house)
    assert set(lines.imap.seen) - {"(more)"} <= set(COMMANDS[Imap])
    assert set(lines.post.seen) - {"(more)"} <= set(COMMANDS[Smtp])
