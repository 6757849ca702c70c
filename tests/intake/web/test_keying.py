"""A held message is keyed by hand: it goes on as any other form, and every answer says who typed it."""

import pytest

from intake.domain.message import MessageId
from intake.domain.staff import Role
from tests.builders import mails
from tests.builders.pages import Pages, Visit
from tests.promises.post_bag import sent

TYPED = {
    "source": "body", "sheet": "sscp-2023", "reason": "a photograph the program could not read",
    "referrer__name": "Orla Example", "referrer__agency": "Greater Manchester Police", "referral__date": "13/11/2026",
    "child__name__1": "Tam Zqkeyed", "child__dob__1": "02/01/2020", "child__name__2": "Pip Zqkeyed",
    "incident__date": "12/11/2026", "incident__summary": "An invented incident.", "safety__current_risk": "No",
    "incident__harm": "Serious harm: neglect", "family__members": "Ann Madeup | Mother\n\n Bo Madeup | Uncle ",
    "qa__name": "Quinn Sample", "qa__date": "13/11/2026",
}  # fmt: skip


@pytest.fixture
def lost(pages: Pages) -> str:
    """Give a held message in which nobody but a person finds a form."""
    row = pages.home.take(sent(80, mails.Attachment("scan.pdf", b"%PDF-1.7\nbroken" * 40, "application/pdf")))
    assert row["stage"] == "held"
    return str(row["id"])


def keyed(visit: Visit, message: str, **change: str) -> int:
    """Return the status of keying."""
    at = f"/message/{message}/key"
    return visit.post(at, at=at, **{**TYPED, "children": "2", **change}).status_code


def test_a_keyed_form_becomes_a_case(pages: Pages, lost: str) -> None:
    """Checked and registered by the machine; its sender is told; each answer says who typed it, and whence."""
    visit = pages.visit(Role.REVIEWER, name="sam.sample")
    assert keyed(visit, lost) == 302
    assert pages.home.row(MessageId(lost))["why"] == "keyed-by-hand"
    assert pages.home.walk(MessageId(lost)).stage == "registered"
    case = next(row for row in pages.home.register() if row["message"] == lost)
    said = [(one["field"], one["child"], one["value"]) for one in case["readings"]]
    assert {("child.name", 1, "Tam Zqkeyed"), ("child.name", 2, "Pip Zqkeyed")} <= set(said)
    assert [value for field, _, value in said if field == "family.members"] == [
        "Ann Madeup | Mother",
        "Bo Madeup | Uncle",
    ]
    assert {str(one["certainty"]) for one in case["readings"]} == {"keyed"}
    assert "keyed by a person from the email&#39;s own words" in visit.get(f"/case/{case['reference']}").text
    assert any(case["reference"] in letter["Subject"] for letter in pages.home.letters().values())


def test_what_it_was_held_for_is_closed_in_their_name(pages: Pages, lost: str) -> None:
    """Nothing closes itself: the line says who; their reason is kept sealed."""
    before = [item for item in pages.home.records.exception_rows() if item["message"] == lost]
    assert before
    keyed(pages.visit(Role.REVIEWER, name="sam.sample"), lost)
    assert [item for item in pages.home.records.exception_rows() if item["message"] == lost] == []
    lines, _ = pages.home.records.trail(10)
    done = [(line["event"], line["details"]["by"]) for line in lines if line["event"] in {"keyed", "exception-closed"}]
    assert done == [("exception-closed", "sam.sample")] * len(before) + [("keyed", "sam.sample")]
    assert "photograph" not in str(lines)


def test_an_alert_is_not_closed_by_typing(pages: Pages) -> None:
    """A misdirected form whose child may be at risk still calls a person."""
    keyed(pages.visit(Role.REVIEWER), pages.held)
    grades = {item["severity"] for item in pages.home.records.exception_rows() if item["message"] == pages.held}
    assert "alert" in grades


REFUSED: list[dict[str, str]] = [
    {"source": "77"},
    {"sheet": "no-such"},
    {"reason": " "},
    {"incident__harm": "nothing of the list"},
    {"incident__place": "x" * 2_001},
    {name: "" for name in TYPED if "__" in name},
]


@pytest.mark.parametrize("change", REFUSED)
def test_what_cannot_be_is_said_and_nothing_is_changed(pages: Pages, lost: str, change: dict[str, str]) -> None:
    """No answer at all, a choice there is not, too many words, no reason."""
    assert keyed(pages.visit(Role.REVIEWER), lost, **change) == 400
    assert pages.home.row(MessageId(lost))["stage"] == "held"


def test_what_was_typed_comes_back_with_what_is_missing(pages: Pages, lost: str) -> None:
    """Nobody types a form twice."""
    visit, at = pages.visit(Role.REVIEWER), f"/message/{lost}/key"
    text = visit.post(at, at=at, **{**TYPED, "children": "2", "reason": ""}).text
    assert all(
        words in text
        for words in ("Tam Zqkeyed", "Pip Zqkeyed", "Ann Madeup | Mother", 'value="Serious harm: neglect" checked')
    )


def test_another_child_is_asked_for_without_losing_what_was_typed(pages: Pages, lost: str) -> None:
    """The page comes back with room for one more, all that was typed, and no fault."""
    visit, at = pages.visit(Role.REVIEWER), f"/message/{lost}/key"
    answer = visit.post(at, at=at, **{**TYPED, "children": "3", "more": "y"})
    assert answer.status_code == 200
    assert "There is a problem" not in answer.text
    assert all(said in answer.text for said in ("Tam Zqkeyed", "Pip Zqkeyed", 'name="child__name__3"'))
    assert pages.home.row(MessageId(lost))["stage"] == "held"


def test_only_what_waits_without_a_form_is_keyed(pages: Pages, lost: str) -> None:
    """A registered message, one keyed just now, none at all."""
    visit = pages.visit(Role.REVIEWER)
    assert keyed(visit, lost) == 302
    answers = [visit.get(f"/message/{one}/key").status_code for one in (lost, pages.registered, "none")]
    assert answers == [409, 409, 404]
    assert "by hand</a>" not in visit.get(f"/message/{pages.registered}").text
