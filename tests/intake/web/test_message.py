"""The page of an email: who it is from, for those who may know, and a word that a decision was taken."""

import pytest
from sqlalchemy import delete, update

from intake.domain.case import LetterState
from intake.domain.delivery import WITHDRAWN
from intake.domain.staff import Role
from intake.domain.stages import Stage
from intake.records.retention_tables import data_keys
from intake.records.schema import letters, messages
from tests.builders.pages import Pages

BANNER = "govuk-notification-banner"


def test_who_may_see_people_sees_the_address_and_the_look_is_written_down(pages: Pages) -> None:
    """Whoever audits sees the agency alone, and no look is noted of them."""
    at, records = f"/message/{pages.held}", pages.home.records
    assert "@gmp.example" in pages.visit(Role.REVIEWER, name="sam.sample").get(at).text
    assert "@gmp.example" not in pages.visit(Role.AUDITOR, name="ada.audit").get(at).text
    looks = [line["details"]["by"] for line in records.story(pages.held) if line["event"] == "looked"]
    assert looks == ["sam.sample"]


def test_a_spoof_is_not_said_to_be_the_agencys(looked_at: Pages) -> None:
    """Wherever its agency stands, it is what the email claims to be."""
    visit = looked_at.visit(Role.AUDITOR)
    for path in ("/", "/log?stage=quarantined", f"/message/{looked_at.quarantined}"):
        assert "Claims to be Greater Manchester Police" in visit.get(path).text, path


@pytest.mark.parametrize("which", ["held", "locked", "registered", "quarantined"])
@pytest.mark.parametrize("is_key_gone", [False, True], ids=["seal", "key"])
def test_an_email_whose_screening_does_not_open_can_still_be_decided_about(
    pages: Pages, which: str, *, is_key_gone: bool
) -> None:
    """Its page is there for those who may decide; what does not open is left out, and no look at it is noted."""
    message, records = getattr(pages, which), pages.home.records
    spoilt = delete(data_keys).where(data_keys.c.owner == f"message/{message}")
    if not is_key_gone:
        spoilt = update(messages).where(messages.c.id == message).values(screening=b"g" * 80)
    with records.store.writing() as connection:
        assert connection.execute(spoilt).rowcount == 1
    answer = pages.visit(Role.REVIEWER, name="sam.sample").get(f"/message/{message}")
    assert answer.status_code == 200
    assert "@gmp.example" not in answer.text
    assert [line for line in records.story(message) if line["why"] == "sender"] == []


def test_a_withdrawn_letter_asks_nobody_to_do_anything(pages: Pages) -> None:
    """It is said that a person decided so, not that it was lost."""
    with pages.home.records.store.writing() as connection:
        mine = update(letters).where(letters.c.message == pages.registered)
        connection.execute(mine.values(state=LetterState.ABANDONED.value, why=WITHDRAWN))
    text = pages.visit(Role.REVIEWER).get(f"/message/{pages.registered}").text
    assert "Acknowledgement: Withdrawn, a person decided that it never goes out" in text
    assert "Ring the agency and say" not in text


def test_a_decision_is_answered_once(pages: Pages) -> None:
    """The page it leads to says that it was kept; loaded again, it does not."""
    visit, at = pages.visit(Role.REVIEWER), f"/message/{pages.held}"
    assert BANNER not in visit.get(at).text
    visit.post(f"{at}/move", at=at, way=Stage.SET_ASIDE.value, reason="no referral")
    first, second = (visit.get(at).text for _ in range(2))
    assert "Your decision is kept." in first
    assert BANNER not in second


def test_a_decision_that_was_not_taken_is_not_said_to_be(pages: Pages) -> None:
    """Without a reason, the form comes back with what is wrong alone."""
    visit, at = pages.visit(Role.REVIEWER), f"/message/{pages.held}"
    answer = visit.post(f"{at}/move", at=at, way=Stage.SET_ASIDE.value, reason="")
    assert answer.status_code == 400
    assert BANNER not in answer.text + visit.get(at).text
