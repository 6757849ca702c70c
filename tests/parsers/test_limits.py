"""The gate of bytes, and the clock for one document."""

import time
from contextlib import suppress
from math import inf

import pytest

from parsers.limits import (
    MAX_HEADER_BLOCK_BYTES,
    MAX_HEADER_LINES,
    MAX_LINES,
    MAX_MAIL_BYTES,
    Allowance,
    OutOfTime,
    OverLimit,
    gate,
    header_end,
    within,
)


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_a_header_block_ends_at_the_first_blank_line_of_any_line_ending(end: bytes) -> None:
    """The header block ends before the first blank line, whatever ends the lines."""
    head = b"From: a@agency.example" + end + b"Subject: x"
    assert header_end(head + end + end + b"From: b@agency.example") == len(head)


def test_a_mail_without_a_blank_line_is_all_header() -> None:
    """A mail that never ends its headers has only headers."""
    raw = b"From: a@agency.example\r\nSubject: x"
    assert header_end(raw) == len(raw)


def test_a_mail_that_begins_with_a_blank_line_has_no_header() -> None:
    """A blank first line ends the headers before they begin."""
    assert header_end(b"\r\nFrom: a@agency.example\r\n\r\n") == 0


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (bytes(MAX_MAIL_BYTES + 1), "mail-too-large"),
        (b"X: y\r\n\r\n" + b"\n" * MAX_LINES, "too-many-lines"),
        (b"X: y\r\r" + b"\r" * MAX_LINES, "too-many-lines"),
        (b"X: " + b"y" * MAX_HEADER_BLOCK_BYTES + b"\r\n\r\nbody", "headers-too-large"),
        (b"X: y\r\n" * (MAX_HEADER_LINES + 2) + b"\r\nbody", "too-many-headers"),
        (b"X: y\r" * (MAX_HEADER_LINES + 2) + b"\rbody", "too-many-headers"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_beyond_the_gate_is_refused_unparsed(raw: bytes, code: str) -> None:
    """Too large, too many lines, too much header: each refused by counting bytes."""
    with pytest.raises(OverLimit) as refused:
        gate(raw)
    assert refused.value.code == code


def test_a_large_honest_mail_passes_the_gate() -> None:
    """Forty megabytes of base64 behind ordinary headers pass."""
    gate(b"From: a@agency.example\r\n\r\n" + (b"A" * 76 + b"\r\n") * 500_000)


def test_an_allowance_is_spent_over_all_containers_together() -> None:
    """Nodes, leaves and bytes each run out by themselves."""
    for spend in (Allowance(nodes=0).node, Allowance(leaves=0).leaf, lambda: Allowance(unpacked=1).unpack(2)):
        with pytest.raises(OverLimit):
            spend()


def looping() -> None:
    """Never come back, and catch every Exception on the way, as a library might."""
    while True:
        try:
            time.sleep(1)
        except Exception:  # noqa: BLE001, S112 - the point of the test
            continue


def looping_twice() -> None:
    """Be stopped at first by a clock of its own."""
    with suppress(OutOfTime), within(0.02):
        looping()
    looping()


def test_a_document_that_loops_is_stopped_within_its_share() -> None:
    """A reader that never comes back is interrupted, even if it catches every Exception."""
    with pytest.raises(OutOfTime), within(0.05):
        looping()


def test_the_clock_of_one_document_does_not_ring_in_the_next() -> None:
    """When the share is not used up, nothing rings later."""
    with within(0.05):
        pass
    time.sleep(0.08)


def test_a_clock_within_a_clock_ends_with_the_outer_one() -> None:
    """Who asks for more time than there is gets what there is, and the outer clock goes on after an inner one."""
    with pytest.raises(OutOfTime), within(0.05), within(60):
        looping()
    with pytest.raises(OutOfTime), within(0.1):
        looping_twice()


def test_time_without_end_rings_no_clock() -> None:
    """A task without a limit is none that ends at once."""
    with within(inf):
        time.sleep(0.01)
