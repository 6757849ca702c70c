"""The post's round against a real SMTP server: every letter ends sent, put off or given up, and alerts go first."""

import socket
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from structlog.testing import capture_logs

from intake.domain.case import Letter, LetterKind, Reference
from intake.domain.delivery import DueLetter, UnactedAlert
from intake.domain.message import MessageId
from intake.domain.private import Private
from intake.edges.operations_log import refuse_content
from intake.edges.post_office import SmtpPostOffice
from intake.errors import Overtaken, Unavailable
from intake.letters.envelope import Envelope, sealed
from intake.letters.parts import Body
from intake.programs import post as program
from intake.programs.post import Dispatch, PostSummary, post, post_once
from tests.builders.letters import NOW
from tests.builders.settings import settings
from tests.servers import smtp
from tests.servers.smtp import LOOPBACK, Server


class Rows:
    """An outbox in memory that keeps what was done to it, in order."""

    def __init__(self, *letters: Letter, ordered_at: datetime = NOW) -> None:
        self.due = {n: DueLetter(n, letter, 0, ordered_at) for n, letter in enumerate(letters, 1)}
        self.done: list[tuple[str, int, str]] = []
        self.next_tries: list[datetime] = []
        self.alerts: tuple[UnactedAlert, ...] = ()
        self.asked_before: list[datetime] = []
        self.repeated: list[MessageId] = []
        self.away = False

    def due_letters(self, now: datetime, limit: int) -> Sequence[DueLetter]:
        """Return what nothing was done to yet."""
        if self.away:
            raise Unavailable("database", "locked")
        return tuple(self.due.values())[:limit]

    def letter_attempt(self, due: DueLetter) -> None:
        """Keep that an attempt was counted, unless another counted one since."""
        if due.id not in self.due or self.due[due.id].attempts != due.attempts:
            raise Overtaken
        self.due[due.id] = replace(due, attempts=due.attempts + 1, letter=replace(due.letter, why="sending"))
        self.done.append(("attempt", due.id, ""))

    def letter_sent(self, letter: int, queue_code: str, now: datetime) -> None:
        """Keep that it was sent."""
        self._end("sent", letter, queue_code)

    def letter_found(self, letter: int, now: datetime) -> None:
        """Keep that it was found."""
        self._end("found", letter, "")

    def letter_failed(self, letter: int, code: str, next_try: datetime, now: datetime) -> None:
        """Keep until when it was put off."""
        self.next_tries.append(next_try)
        self._end("failed", letter, code)

    def letter_abandoned(self, letter: int, code: str, now: datetime) -> None:
        """Keep that it was given up."""
        self._end("abandoned", letter, code)

    def unacted_alerts(self, told_before: datetime) -> Sequence[UnactedAlert]:
        """Return the alerts of the test."""
        self.asked_before.append(told_before)
        return self.alerts

    def alert_repeated(self, message: MessageId, now: datetime) -> None:
        """Keep that somebody was told."""
        self.repeated.append(message)

    def _end(self, what: str, letter: int, code: str) -> None:
        del self.due[letter]
        self.done.append((what, letter, code))


class Tokens:
    """Keyed codes for tests."""

    def token(self, purpose: str, text: str) -> str:
        """Return the one token there is."""
        return "abcdefghij2345672345"

    def is_token(self, purpose: str, text: str, token: str) -> bool:
        """Tell whether it is that one."""
        return token == self.token(purpose, text)


def letter(to: str = "orla@agency.example", kind: LetterKind = LetterKind.ACKNOWLEDGEMENT) -> Letter:
    """Return a small letter."""
    envelope = Envelope(kind, "sscp@salford.gov.uk", (Private(to),), kind.value, "one@salford.gov.uk", NOW)
    return sealed(envelope, Body("Words.\n", "<p>Words.</p>\n"))


def dispatch(rows: Rows, server: Server | int, folder: Path, now: datetime = NOW) -> Dispatch:
    """Return what a round over ``rows`` to ``server`` works with."""
    rules = settings(folder)
    port = server if isinstance(server, int) else server.port
    where = rules.program.post.model_copy(update={"port": port, "timeout_seconds": 3.0})
    rules = replace(rules, program=rules.program.model_copy(update={"post": where}))
    return Dispatch(rows, SmtpPostOffice(where, lambda: ""), Tokens(), rules, lambda: now, jitter=lambda: 0.0)


def closed_port() -> int:
    """Return a port nobody listens at."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def test_every_letter_is_counted_then_sent(tmp_path: Path) -> None:
    """Each attempt is durable before it is made, and sent is written only with the server's queue code."""
    rows = Rows(letter(), letter())
    with smtp.running() as server:
        assert post_once(dispatch(rows, server, tmp_path)) == PostSummary(sent=2)
    assert rows.done == [("attempt", 1, ""), ("sent", 1, "T0001"), ("attempt", 2, ""), ("sent", 2, "T0002")]
    assert server.connections == 1


def test_alerts_go_before_all_others(tmp_path: Path) -> None:
    """A child who may be at risk does not wait behind acknowledgements."""
    rows = Rows(letter(), letter(kind=LetterKind.SAFETY_ALERT), letter())
    with smtp.running() as server:
        post_once(dispatch(rows, server, tmp_path))
    assert server.taken[0].mail["Subject"] == "safety-alert"


def test_one_refused_letter_does_not_stop_the_next(tmp_path: Path) -> None:
    """A 5xx gives that letter up, a 4xx puts that letter off, and the others go."""
    rows = Rows(letter("gone@agency.example"), letter("later@agency.example"), letter())
    with smtp.running() as server:
        server.refused_recipients |= {"gone@agency.example": "550 5.1.1 no", "later@agency.example": "451 4.7.1 wait"}
        assert post_once(dispatch(rows, server, tmp_path)) == PostSummary(sent=1, later=1, abandoned=1)
    ended = [done for done in rows.done if done[0] != "attempt"]
    assert ended == [("abandoned", 1, "550-5.1.1"), ("failed", 2, "451-4.7.1"), ("sent", 3, "T0001")]
    assert rows.next_tries == [NOW + timedelta(minutes=1)]


def test_a_letter_put_off_for_days_is_given_up(tmp_path: Path) -> None:
    """After the configured hours the next failure is the last."""
    rows = Rows(letter("later@agency.example"))
    with smtp.running() as server:
        server.refused_recipients["later@agency.example"] = "451 4.7.1 wait"
        post_once(dispatch(rows, server, tmp_path, now=NOW + timedelta(hours=72)))
    assert rows.done[-1] == ("abandoned", 1, "gave-up-451-4.7.1")


def test_a_server_away_is_held_against_no_letter(tmp_path: Path) -> None:
    """Nothing is counted while nobody listens, however long; the round says why it ended."""
    rows = Rows(letter(), letter())
    summary = post_once(dispatch(rows, closed_port(), tmp_path, now=NOW + timedelta(days=30)))
    assert summary == PostSummary(away="connection-refused")
    assert rows.done == []


def test_a_letter_in_doubt_is_put_off_and_the_round_ends(tmp_path: Path) -> None:
    """Cut before the answer: tried again later, the others in the next round."""
    rows = Rows(letter(), letter())
    with smtp.running() as server:
        server.cut_after_data = True
        assert post_once(dispatch(rows, server, tmp_path)).away == "in-doubt"
        assert rows.done == [("attempt", 1, ""), ("failed", 1, "in-doubt")]
        server.cut_after_data = False
        assert post_once(dispatch(rows, server, tmp_path)).sent == 1


def test_without_letters_the_server_is_left_in_peace(tmp_path: Path) -> None:
    """An empty outbox makes no connection."""
    assert post_once(dispatch(Rows(), closed_port(), tmp_path)) == PostSummary()


def test_records_away_is_no_summary(tmp_path: Path) -> None:
    """The records being away is the caller's to tell."""
    rows = Rows()
    rows.away = True
    with pytest.raises(Unavailable, match="database"):
        post_once(dispatch(rows, closed_port(), tmp_path))


def test_an_alert_nobody_acted_on_is_told_again(tmp_path: Path) -> None:
    """Its reminder goes to the duty channel with a Message-ID of its own, and is noted."""
    rows = Rows()
    rows.alerts = (UnactedAlert(MessageId("m-abcdefghij27"), Reference("SSCP-2026-7K4M2Q"), ("wrong-form",), NOW, 2),)
    with smtp.running() as server:
        assert post_once(dispatch(rows, server, tmp_path)) == PostSummary(reminded=1)
    mail = server.taken[0].mail
    assert server.taken[0].recipients == ("duty@council.example",)
    assert "reminder 2" in mail["Subject"]
    assert mail["Message-ID"] == "<reminder2.safety-alert.abcdefghij2345672345.m-abcdefghij27@salford.gov.uk>"
    assert rows.repeated == [MessageId("m-abcdefghij27")]
    assert rows.asked_before == [NOW - timedelta(minutes=60)]


def test_a_reminder_that_did_not_go_stays_due(tmp_path: Path) -> None:
    """Only what the server took, or refused for good, is noted as told."""
    rows = Rows()
    rows.alerts = (UnactedAlert(MessageId("m-abcdefghij27"), None, ("wrong-form",), NOW, 1),)
    assert post_once(dispatch(rows, closed_port(), tmp_path)).away == "connection-refused"
    assert rows.repeated == []
    for answer, noted in (("451 4.7.1 greylisted", 0), ("550 5.1.1 nobody", 1)):
        with smtp.running() as server:
            server.answers["RCPT"] = answer
            assert post_once(dispatch(rows, server, tmp_path)).reminded == 0
        assert len(rows.repeated) == noted


def test_a_server_away_is_one_line_and_its_return_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The loop tells once that the server is away, not at every round, and once that it is back."""
    monkeypatch.setattr(program, "TICK_SECONDS", 0.0)
    stop = Event()
    with smtp.running() as server:
        server.answers["EHLO"] = server.answers["MAIL"] = "451 4.3.0 not now"
        rows = Rows(*[letter() for _ in range(4)])
        loop = dispatch(rows, server, tmp_path)
        rounds: list[int] = []

        def now() -> datetime:
            rounds.append(1)
            if len(rounds) > 8:
                server.answers.clear()
            if not rows.due:
                stop.set()
            return NOW

        with capture_logs() as lines:
            post(replace(loop, clock=now), stop=stop, woken=Event())
    told = [line["event"] for line in lines if line["event"].startswith("mail-server")]
    assert told == ["mail-server-away", "mail-server-back"]


def test_no_log_line_holds_an_address_or_a_word(tmp_path: Path) -> None:
    """Whatever becomes of a letter, its address and subject stay out of the log, and nothing told is refused there."""
    rows = Rows(letter("gone@agency.example"), letter("later@agency.example"), letter())
    with smtp.running() as server, capture_logs() as lines:
        server.refused_recipients |= {
            "gone@agency.example": "550 5.1.1 <gone@agency.example> unknown",
            "later@agency.example": "451 4.7.1 later@agency.example greylisted",
        }
        post_once(dispatch(rows, server, tmp_path))
    assert len(lines) == 3
    assert "@" not in repr(lines)
    assert [dict(refuse_content(None, "", dict(line))) for line in lines] == lines


def test_a_fault_of_ours_with_one_letter_does_not_keep_back_the_next(tmp_path: Path) -> None:
    """Whatever goes wrong with a letter, it is put off, told by place alone, and the others go."""
    broken = replace(letter(), content="no bytes at all")  # type: ignore[arg-type]  # the fault
    rows = Rows(broken, letter())
    with smtp.running() as server, capture_logs() as lines:
        assert post_once(dispatch(rows, server, tmp_path)) == PostSummary(sent=1, later=1)
    assert ("failed", 1, "fault-of-ours") in rows.done
    assert "no bytes" not in repr(lines)
