"""``intake release``: what a person accepts by name and reason goes on, and is registered exactly once."""

from pathlib import Path

import pytest

from intake.__main__ import main
from intake.domain.message import MessageId
from intake.domain.outcome import DocumentRecord
from intake.domain.stages import Stage
from intake.programs.advance import advance_once
from intake.programs.opening import opened
from intake.settings.loading import load
from tests.builders.lived_in import RECEIVED, SENDER, lived_in
from tests.builders.mails import mail
from tests.builders.messages import NOW
from tests.builders.records import moved
from tests.builders.referrals import referral

MESSAGE = MessageId("m-1")
HELD_WITHOUT_FORM = mail("We would like to make a referral.", sender=SENDER)
NAMED = ["--by", "orla", "--reason", "compared with the page"]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Give records with a mail that is held without a form."""
    return lived_in(tmp_path, [HELD_WITHOUT_FORM])


def offer(config: Path) -> None:
    """Hold the message again with a form on offer, as one read from a picture is."""
    form = referral()
    with opened(load(config, {}), lambda: RECEIVED) as house:
        message = house.records.message(MESSAGE)
        document = DocumentRecord(form.document, "pdf", 9, form.sha256, "read", None, "ours", form.sheet)
        outcome = moved(Stage.HELD, documents=(document,), referrals=(form,))
        house.records.commit(message, outcome, now=NOW)


def cases(config: Path) -> int:
    """Walk as far as the machine may; return how many cases there are."""
    with opened(load(config, {}), lambda: RECEIVED) as house:
        advance_once(house.world(), house.settings, lambda: RECEIVED)
        return len(house.records.register_rows(reveal=False, by="test", now=RECEIVED))


def test_an_offered_form_is_registered_exactly_once_when_accepted(config: Path) -> None:
    """Nothing before a person says so; one case after; and to accept it again is refused."""
    offer(config)
    assert cases(config) == 0
    assert main(["release", "m-1", *NAMED, "--config", str(config)]) == 0
    assert cases(config) == 1
    assert main(["release", "m-1", *NAMED, "--config", str(config)]) == 2
    assert cases(config) == 1


@pytest.mark.parametrize("named", [[], ["--by", "orla"], ["--reason", "why"], ["--by", " ", "--reason", "why"]])
def test_nobody_accepts_without_name_and_reason(config: Path, named: list[str]) -> None:
    """Either missing, nothing moves."""
    offer(config)
    assert main(["release", "m-1", *named, "--config", str(config)]) == 2
    assert cases(config) == 0


def test_what_offers_no_form_cannot_go_on_but_be_set_aside(config: Path) -> None:
    """Without a form there is nothing to register; another way for people is open."""
    assert main(["release", "m-1", *NAMED, "--config", str(config)]) == 2
    assert main(["release", "m-1", "--to", "set-aside", *NAMED, "--config", str(config)]) == 0
    assert main(["release", "m-9", *NAMED, "--config", str(config)]) == 2
