"""Whatever goes wrong on the line to either mail server, at whatever command: nothing is lost and nothing is double.

The default run takes each command and each way of going wrong, paired by chance; ``make network`` takes all pairs.
"""

import random
from pathlib import Path

from tests.promises import network_idle, network_tls
from tests.promises.network import MAILBOX, OLD, OLD_MAILBOX, POST, all_tried, sample
from tests.promises.network_came import BROKEN
from tests.promises.network_rig import rigs

SEED = 20261123


def test_whatever_goes_wrong_at_whatever_command_nothing_is_lost_or_twice(tmp_path: Path) -> None:
    """The commands of a run are the ones listed here; with a fault at each, all is whole after the next good run."""
    with rigs(tmp_path, (frozenset(), OLD)) as made:
        assert set(made[0].imap.said) == set(MAILBOX)
        assert set(OLD_MAILBOX) <= set(made[1].imap.said) <= {*MAILBOX, *OLD_MAILBOX}
        assert set(made[0].smtp.said) == set(POST)
        came = all_tried(sample(random.Random(SEED)), made)  # noqa: S311 - the same faults each time, no secret
    assert [(case, end.why) for case, end in came.items() if end.word == BROKEN] == []


def test_a_line_that_is_not_secured_carries_nothing(tmp_path: Path) -> None:
    """STARTTLS refused or with a word smuggled in behind it, a broken handshake: no secret in the clear, no loss."""
    came = network_tls.all_tried(tmp_path, network_tls.SAMPLE)
    assert [(case, end.why) for case, end in came.items() if end.word == BROKEN] == []


def test_a_mail_after_whatever_happened_while_waiting_is_taken_in(tmp_path: Path) -> None:
    """A cut, a BYE or silence in IDLE: the watch begins anew and the next mail comes in once."""
    tried = network_idle.all_tried(tmp_path, network_idle.SAMPLE)
    assert tried == dict.fromkeys(network_idle.SAMPLE, network_idle.MAILS)
