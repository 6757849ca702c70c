"""``intake report``: every night, also an empty one, and tried again when it did not go."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from intake.domain.stages import Stage
from intake.edges.post_office import SmtpPostOffice
from intake.errors import Misconfigured, Unavailable
from intake.programs import report as program
from intake.programs.report import Desk, report, report_once
from intake.report.nightly import Health, Night
from tests.builders.letters import NOW
from tests.builders.settings import settings
from tests.servers import smtp
from tests.servers.smtp import Server


class Tokens:
    """Keyed codes for tests."""

    def token(self, purpose: str, text: str) -> str:
        """Return the one token there is."""
        return "abcdefghij2345672345"

    def is_token(self, purpose: str, text: str, token: str) -> bool:
        """Tell whether it is that one."""
        return token == self.token(purpose, text)


def night(at: datetime) -> Night:
    """Return an empty night."""
    return Night(at, (), 1, 1, {Stage.REGISTERED: 1}, Health({"sscp": at}, date(2028, 12, 31), None, 2, "7f3a"))


def desk(server: Server, folder: Path, **report_settings: object) -> Desk:
    """Return what makes the report and sends it to ``server``."""
    rules = settings(folder)
    post = rules.program.post.model_copy(update={"port": server.port, "timeout_seconds": 3.0})
    named = rules.program.report.model_copy(update=report_settings)
    rules = replace(rules, program=rules.program.model_copy(update={"post": post, "report": named}))
    return Desk(night, tuple, SmtpPostOffice(post, lambda: ""), Tokens(), rules, lambda: NOW)


def test_an_empty_night_is_sent(tmp_path: Path) -> None:
    """The business unit hears from the program every night."""
    with smtp.running() as server:
        text = report_once(desk(server, tmp_path))
    assert server.taken[0].recipients == ("business.unit@council.example",)
    assert "Nothing waits for a person" in text


def test_a_report_to_look_at_is_not_sent(tmp_path: Path) -> None:
    """``--print`` shows the same words and troubles no server, even where nobody is named."""
    with smtp.running() as server:
        text = report_once(desk(server, tmp_path, to=()), send=False)
    assert server.connections == 0
    assert "Nightly report, Tuesday 24 November 2026" in text


def test_nobody_to_send_to_is_a_fault_of_the_configuration(tmp_path: Path) -> None:
    """A report that would reach nobody is refused, not silently dropped."""
    with smtp.running() as server, pytest.raises(Misconfigured, match=r"report\.to"):
        report_once(desk(server, tmp_path, to=()))


@pytest.mark.parametrize("reply", ["550 5.7.1 no", "450 4.2.0 later"])
def test_a_refused_report_is_to_be_tried_again(tmp_path: Path, reply: str) -> None:
    """Whatever the server says, a report that did not go is an error the caller hears of."""
    with smtp.running() as server:
        server.answers["END"] = reply
        with pytest.raises(Unavailable, match="report-refused-"):
            report_once(desk(server, tmp_path))


def test_the_loop_sends_at_the_time_and_again_after_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Due once a day; what failed is tried some minutes later, and then not again before tomorrow."""
    monkeypatch.setattr(program, "LOOK_SECONDS", 0.0)
    stop = Event()
    minutes = iter(range(26 * 60))
    with smtp.running() as server:
        server.answers["END"] = "450 4.2.0 later"

        def clock() -> datetime:
            minute = next(minutes, None)
            if minute is None:
                stop.set()
            if server.commands.count("DATA") == 2:
                server.answers.clear()
            return NOW + timedelta(minutes=minute or 0)

        report(replace(desk(server, tmp_path, at="17:00"), clock=clock), stop=stop)
    assert server.commands.count("DATA") >= 3
    sent = [mail.mail["Date"] for mail in server.taken]
    assert len(sent) == 2


def test_without_anybody_named_the_loop_ends_and_says_so(tmp_path: Path) -> None:
    """``intake run`` goes on without a report, and the log says that nobody gets one."""
    with smtp.running() as server:
        report(desk(server, tmp_path, to=()), stop=Event())
    assert server.connections == 0
