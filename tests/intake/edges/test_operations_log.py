"""The operations log holds codes, ids and counts; whatever else is put to it does not come through."""

import io
import json
import logging
import threading
import warnings

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.private import Private
from intake.edges import operations_log
from intake.edges.operations_log import REFUSED, configure, refuse_content
from intake.settings.program import Log

CANARY = "Quillfeather Examplechild"


@pytest.fixture
def lines() -> io.StringIO:
    """Give the log a place to write to, at its most talkative."""
    out = io.StringIO()
    configure(Log(level="debug", format="json"), out)
    return out


def test_codes_ids_and_counts_come_through(lines: io.StringIO) -> None:
    """What the programs log today is not refused."""
    said = {"message": "m-abcdefghijkl", "case": "SSCP-2026-7K4M2Q", "count": 3, "at": "post.py:12"}
    structlog.get_logger("post").info("letter-sent", **said)
    line = json.loads(lines.getvalue())
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "letter-sent", "level": "info", **said}


@pytest.mark.parametrize(
    "value",
    [
        CANARY,
        CANARY.upper(),
        "someone@agency.example",
        "a" * 201,
        CANARY.encode(),
        Private("x"),
        [CANARY],
        {"a": CANARY},
        OSError(CANARY),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_code_is_refused(value: object) -> None:
    """Words, addresses, long texts, bytes and objects are replaced, under any key, the event's own among them."""
    assert refuse_content(None, "", {"event": value, "what": value}) == {"event": REFUSED, "what": REFUSED}


@given(st.text())
def test_no_text_with_a_space_an_at_or_a_capital_passes(text: str) -> None:
    """Whatever passes has the shape of a code, so a sentence, a name as people write it or an address never does."""
    kept = refuse_content(None, "", {"what": text})["what"]
    assert kept == REFUSED or not set(kept) & set(" @\n\t\x1b\"'<>") or kept == ""
    assert kept in {REFUSED, text}


def test_a_logged_exception_leaves_no_words(lines: io.StringIO) -> None:
    """log.exception tells that something failed, and quotes nothing of it."""
    try:
        int(CANARY)
    except ValueError:
        structlog.get_logger("advance").exception("leg-failed")
    assert "leg-failed" in lines.getvalue()
    assert "Quillfeather" not in lines.getvalue()


@pytest.mark.parametrize("name", [*operations_log.QUIET, "imapclient.imaplib", "sqlalchemy.engine.Engine"])
def test_libraries_that_can_quote_mail_say_nothing(name: str, lines: io.StringIO) -> None:
    """At no level does a word of theirs reach the log."""
    for level in (logging.DEBUG, logging.WARNING, logging.CRITICAL):
        logging.getLogger(name).log(level, "%s", CANARY)
    assert lines.getvalue() == ""


def test_of_any_other_library_is_told_only_that_it_spoke(lines: io.StringIO) -> None:
    """A warning of an unknown library is seen by name, without its words."""
    logging.getLogger("some.library").warning("cannot read %s", CANARY)
    assert json.loads(lines.getvalue())["library"] == "some.library"
    assert "Quillfeather" not in lines.getvalue()


def test_a_dying_thread_and_a_warning_are_told_without_their_words(lines: io.StringIO) -> None:
    """Python's own last words, which quote values, go through the same door."""

    def dies() -> None:
        raise ValueError(CANARY)

    thread = threading.Thread(target=dies)
    thread.start()
    thread.join()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = operations_log._warned
        warnings.warn(CANARY, stacklevel=1)
    events = [json.loads(line)["event"] for line in lines.getvalue().splitlines()]
    assert events == ["thread-died", "python-warned"]
    assert "Quillfeather" not in lines.getvalue()


def test_a_fault_is_told_by_type_and_our_own_place(lines: io.StringIO) -> None:
    """The code of the apology finds the line that says where it went wrong."""
    try:
        refuse_content(None, "", None)  # type: ignore[arg-type]  # the fault to be told
    except AttributeError as fault:
        code = operations_log.tell_fault("command-failed", fault)
    line = json.loads(lines.getvalue())
    assert (line["code"], line["fault"]) == (code, "AttributeError")
    assert line["at"].startswith("operations_log.py:")


def test_quieter_levels_are_left_out() -> None:
    """The configured level is the lowest that is written."""
    out = io.StringIO()
    configure(Log(level="warning", format="json"), out)
    structlog.get_logger("watch").info("polled")
    structlog.get_logger("watch").warning("server-away")
    assert [json.loads(line)["event"] for line in out.getvalue().splitlines()] == ["server-away"]
