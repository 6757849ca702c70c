"""The page of an email: who it is from, for those who may know, and a word that a decision was taken."""

from intake.domain.staff import Role
from intake.domain.stages import Stage
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
