"""A letter nobody knows the fate of is looked for where the server keeps what it sent, before it goes again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from intake.domain.delivery import DueLetter
from intake.edges.sent_folder import ImapSentFolder
from intake.errors import Unavailable
from intake.programs.post import SENT_SECONDS, Dispatch, post_once
from intake.settings.program import Mailbox, Security
from tests.builders.letters import NOW
from tests.intake.programs.test_post import Rows, dispatch, letter
from tests.servers import dovecot as real
from tests.servers import smtp

SENT = "Sent Items"


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


def round_of(rows: Rows, server: smtp.Server, folder: Path, sent: Sent | None) -> Dispatch:
    """Return what a round works with."""
    return replace(dispatch(rows, server, folder), sent=sent)


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
    assert rows.next_tries == [NOW + timedelta(seconds=SENT_SECONDS)]
    assert server.taken == []


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
