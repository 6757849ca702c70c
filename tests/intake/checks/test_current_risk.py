"""Words that suggest a child may be at risk now: found wherever they stand, and not in standing advice."""

import pytest

from intake.checks.current_risk import AT_RISK, NOT_ANSWERED, SAID_ON_THE_FORM, alerts_in, alerts_of, ask
from intake.domain.private import Private
from intake.domain.referral import Remainder
from intake.settings import Settings
from tests.builders.referrals import context, referral


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The baby is in IMMEDIATE\n danger.", "immediate-danger"),
        ("Her two siblings remain at home with him", "living-with-suspect"),
        ("He is currently at risk, please ring", "at-risk-now"),
        ("The children aren\N{RIGHT SINGLE QUOTATION MARK}t safe tonight", "at-risk-now"),
        ("Mum and baby's whereabouts are unknown.", "missing-child"),
        ("She says she wants to die", "self-harm"),
        ("If he goes home he is at immediate risk", "immediate-danger"),
        ("Regards\nRae Ferrer\nIf you think a child is unsafe call 999.\n\nPS the baby is not safe", "at-risk-now"),
        ("> quoted\nThe child is missing", "missing-child"),
        ("He was not at immediate risk then; he is in immediate danger now", "immediate-danger"),
    ],
)
def test_words_of_risk_raise_their_alert(rules: Settings, text: str, code: str) -> None:
    """Case, marks and line ends do not hide them."""
    assert code in alerts_in(text, rules.safety)


@pytest.mark.parametrize(
    "text",
    [
        "", "Please find attached a referral.", "The danger was noted in 2019.", "She is not at immediate risk.",
        "There is no immediate danger.", "If you think a child is in immediate danger, call 999.",
        "Regards\nRae Ferrer\nIf you think a child is in immediate\ndanger, call 999",
        "If you are worried that a child is not safe ring the Bridge",
        "> He is in immediate danger", "  > still at risk",
        "The endangered species", "An unsafely parked car",
    ],
)  # fmt: skip
def test_other_words_do_not(rules: Settings, text: str) -> None:
    """Denials right before the words, advice to anybody, quoted lines and parts of words raise nothing."""
    assert alerts_in(text, rules.safety) == ()


def test_our_own_safety_block_coming_back_raises_nothing(rules: Settings) -> None:
    """An answer to our letter quotes the block, with or without marks of quotation."""
    block = [rules.safety.lead, *(f"{c.name}: {c.phone} {c.hours}" for c in rules.safety.channels)]
    assert alerts_in("\n".join(["Thank you.", *block]), rules.safety) == ()
    assert alerts_in(" ".join(["Thank you.", *block, "But he is still at risk"]), rules.safety) == ("at-risk-now",)


@pytest.mark.parametrize(
    "answer",
    [
        "No",
        "no",
        "NO.",
        "None known",
        "n/a",
        "No - both are with their grandmother",
        "No, all placed in foster care",
        "None (checked today)",
    ],
)
def test_a_plain_no_is_believed(rules: Settings, answer: str) -> None:
    """The referrer's plain no, with or without an explanation, is no alert."""
    assert alerts_of(referral({"safety.current_risk": answer}), rules.safety) == ()


@pytest.mark.parametrize(
    "answer",
    ["Yes", "yes - sister", "Not known", "No longer living with mother", "Possibly",
     "No, but his sister is still there",
     "?", "No - unsure about the baby", "Both siblings", "Strategy meeting booked"],
)  # fmt: skip
def test_anything_else_is_an_alert(rules: Settings, answer: str) -> None:
    """When in doubt a person is called."""
    assert SAID_ON_THE_FORM in alerts_of(referral({"safety.current_risk": answer}), rules.safety)


def test_action_taken_beside_a_plain_no_is_no_alert(rules: Settings) -> None:
    """The question has a second box for the action taken; a doubt or a yes in it counts."""
    asked = "safety.current_risk"
    assert alerts_of(referral({asked: ["No", "Children placed with grandparents"]}), rules.safety) == ()
    assert alerts_of(referral({asked: ["No", "Yes"]}), rules.safety) == (SAID_ON_THE_FORM,)
    assert alerts_of(referral({asked: ["No", "worried about the baby"]}), rules.safety) == (SAID_ON_THE_FORM,)


def test_words_anywhere_on_the_form_count(rules: Settings) -> None:
    """Narrative, late reasons and what stands under unknown labels are all looked at."""
    told = referral({"practice.concerns": "The siblings remain at home"})
    other = referral(unplaced=(Remainder(Private("Notes"), Private("still at risk"), Private("end")),))
    assert alerts_of(told, rules.safety) == ("living-with-suspect",)
    assert alerts_of(other, rules.safety) == ("at-risk-now",)


def test_the_finding_holds_codes_only(rules: Settings) -> None:
    """No word of the form goes into it."""
    (finding,) = ask(referral({"incident.summary": "He is still at risk"}), context(rules))
    assert (finding.code, finding.detail) == (AT_RISK, {"kinds": 1, "codes": "at-risk-now"})


def test_an_unanswered_question_is_a_finding_where_it_is_asked(rules: Settings) -> None:
    """A blank is no no; a sheet without the question is not blamed for it."""
    blank = {"safety.current_risk": None}
    assert [f.code for f in ask(referral(blank), context(rules))] == [NOT_ANSWERED]
    assert ask(referral(blank, sheet="sscp-seriously-good-outcome"), context(rules)) == ()
