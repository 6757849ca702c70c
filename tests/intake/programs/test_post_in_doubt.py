"""A letter nobody knows the fate of is looked for where the server keeps what it sent, before it goes again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from intake.domain.delivery import DueLetter
from intake.edges.sent_folder import ImapSentFolder
from intake.errors import Unavailable
from intake.ports import SentFolder
from intake.programs.post import Dispatch, post_once
from intake.settings.program import Mailbox, Security
from tests.builders.letters import NOW
from tests.intake.programs.test_post import Rows, dispatch, letter
from tests.servers import dovecot as real
from tests.servers import smtp
from tests.servers.fault_smtp import SmtpTalk
from tests.servers.faulty_line import Fault, before

SENT = "Sent Items"
GIVEN = timedelta(seconds=120)
"""What ``post.sent_wait_seconds`` is where nothing else is written."""


class Sent:
    """A folder that holds these Message-IDs, or cannot be looked into."""

    def __init__(self, *held: str, away: bool = False) -> None:
        self.held, self.away = held, away

    def holds(self, header_message_id: str) -> bool:
        """Tell whether it was given."""
        if self.away:
            raise Unavailable("imap", "timeout")
        return header_message_id in self.held


@pytest.fixture
def server() -> Iterator[smtp.Server]:
    """Run a mail server."""
    with smtp.running() as running:
        yield running


def doubtful(why: str = "sending") -> Rows:
    """Return an outbox with one letter whose first attempt nobody knows the end of."""
    rows = Rows(letter())
    rows.due = {1: DueLetter(1, replace(letter(), why=why), 1, NOW)}
    return rows


def round_of(rows: Rows, server: smtp.Server, folder: Path, sent: SentFolder | None, port: int = 0) -> Dispatch:
    """Return what a round works with; ``port`` is that of a proxy before the server."""
    return replace(dispatch(rows, port or server, folder), sent=sent)


@pytest.mark.parametrize("why", ["sending", "in-doubt"])
def test_what_is_found_is_not_sent_again(tmp_path: Path, server: smtp.Server, why: str) -> None:
    """A letter that lies among what was sent is sent; the server gets no second one."""
    rows = doubtful(why)
    post_once(round_of(rows, server, tmp_path, Sent(letter().header_message_id)))
    assert rows.done == [("found", 1, "")]
    assert server.taken == []


def test_after_a_crash_the_server_is_given_time(tmp_path: Path, server: smtp.Server) -> None:
    """Not found right after the program died, it is looked for once more, later."""
    rows = doubtful()
    post_once(round_of(rows, server, tmp_path, Sent()))
    assert rows.done == [("failed", 1, "in-doubt")]
    assert rows.next_tries == [NOW + GIVEN]
    assert server.taken == []


@pytest.mark.parametrize("away", [False, True])
def test_after_a_broken_line_the_server_is_given_time_too(tmp_path: Path, server: smtp.Server, away: bool) -> None:
    """A letter whose answer was lost is not tried again before its copy could be there, however soon others are."""
    rows = doubtful() if away else Rows(letter())
    server.cut_after_data = True
    work = round_of(rows, server, tmp_path, Sent(away=away))
    waits = work.rules.program.post.model_copy(update={"sent_wait_seconds": 3600.0})
    program = work.rules.program.model_copy(update={"post": waits})
    post_once(replace(work, rules=replace(work.rules, program=program)))
    assert rows.done[-1] == ("failed", 1, "in-doubt")
    assert rows.next_tries == [NOW + timedelta(hours=1)]


def test_a_letter_old_when_the_program_died_is_still_looked_for_and_sent(tmp_path: Path, server: smtp.Server) -> None:
    """Days of standstill give no letter up that may go today."""
    rows = doubtful()
    work = replace(round_of(rows, server, tmp_path, Sent()), clock=lambda: NOW + timedelta(days=5))
    post_once(work)
    assert rows.done == [("failed", 1, "in-doubt")]


@pytest.mark.parametrize("what", ["lost-answer", "garbage", "silence"])
def test_an_answer_lost_on_the_line_makes_no_second_letter(
    tmp_path: Path, server: smtp.Server, dovecot: real.Dovecot, user: str, what: str
) -> None:
    """The server took the letter and keeps a copy: it is found there, and is sent, though nobody heard the 250."""
    rows = Rows(letter())
    with before(server.port, SmtpTalk) as proxy:
        proxy.begin(Fault("DOT", what))
        post_once(round_of(rows, server, tmp_path, None, port=proxy.port))
        (taken,) = server.taken
        with dovecot.client(user) as client:
            client.create(f'"{SENT}"')
            client.append(f'"{SENT}"', None, None, taken.content)  # type: ignore[arg-type]  # typeshed wants a date
        mailbox = Mailbox(name="sscp", host="127.0.0.1", port=dovecot.plain, security=Security.INSECURE, username=user)
        rows.due = {1: DueLetter(1, replace(letter(), why=rows.done[-1][2]), 1, NOW)}
        sent = ImapSentFolder(mailbox, SENT, lambda: real.PASSWORD)
        post_once(round_of(rows, server, tmp_path, sent, port=proxy.port))
    assert rows.done == [("attempt", 1, ""), ("failed", 1, "in-doubt"), ("found", 1, "")]
    assert len(server.taken) == 1


def test_what_is_not_found_in_time_is_sent_again(tmp_path: Path, server: smtp.Server) -> None:
    """Waited for and not there, it goes again: the very same letter."""
    rows = doubtful("in-doubt")
    post_once(round_of(rows, server, tmp_path, Sent()))
    assert [done[0] for done in rows.done] == ["attempt", "sent"]
    assert [taken.content for taken in server.taken] == [letter().content]


def test_while_nobody_can_look_it_waits(tmp_path: Path, server: smtp.Server) -> None:
    """With the mailbox away the letter waits, and the other letters go."""
    rows = doubtful("in-doubt")
    rows.due[2] = DueLetter(2, letter("rae@agency.example"), 0, NOW)
    post_once(round_of(rows, server, tmp_path, Sent(away=True)))
    assert ("failed", 1, "in-doubt") in rows.done
    assert [taken.recipients for taken in server.taken] == [("rae@agency.example",)]


def test_where_no_copies_are_kept_it_is_sent_again(tmp_path: Path, server: smtp.Server) -> None:
    """Without such a folder a letter in doubt goes again at once, under its fixed Message-ID."""
    rows = doubtful()
    post_once(round_of(rows, server, tmp_path, None))
    assert [done[0] for done in rows.done] == ["attempt", "sent"]


@pytest.fixture
def folder(dovecot: real.Dovecot, user: str) -> ImapSentFolder:
    """Give the folder of a real mailbox that holds one letter of ours."""
    with dovecot.client(user) as client:
        client.create(f'"{SENT}"')
        client.append(f'"{SENT}"', None, None, letter().content)  # type: ignore[arg-type]  # typeshed wants a date
    mailbox = Mailbox(name="sscp", host="127.0.0.1", port=dovecot.plain, security=Security.INSECURE, username=user)
    return ImapSentFolder(mailbox, SENT, lambda: real.PASSWORD)


def test_a_letter_is_found_by_its_message_id(folder: ImapSentFolder) -> None:
    """At a real server: the one that is there, and no other."""
    assert folder.holds(letter().header_message_id)
    assert not folder.holds("two@salford.gov.uk")


def test_a_folder_that_is_not_there_is_told(folder: ImapSentFolder, dovecot: real.Dovecot, user: str) -> None:
    """A wrong name is away, not empty: nothing is sent twice for it."""
    mailbox = Mailbox(name="sscp", host="127.0.0.1", port=dovecot.plain, security=Security.INSECURE, username=user)
    with pytest.raises(Unavailable, match="folder-refused"):
        ImapSentFolder(mailbox, "Nowhere", lambda: real.PASSWORD).holds("one@salford.gov.uk")
