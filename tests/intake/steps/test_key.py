"""Key: what a person typed becomes a form of its own, every answer by their name, none taken for a file's."""

from hypothesis import given
from hypothesis import strategies as st

from intake.domain.message import MessageId
from intake.domain.private import Private
from intake.domain.stages import Stage
from intake.steps.key import KEYED, Answer, Typed, decide
from parsers.contract import Certainty

ONE = MessageId("one")
NAME = Answer("child.name", 1, (Private("Tam Madeup"),))
HARM = Answer("incident.harm", None, (Private("Death"), Private("Serious harm: neglect")))


def test_every_answer_is_by_whoever_typed_it() -> None:
    """A choice's options each stand by themselves; the place says what it was typed from."""
    outcome = decide(ONE, Typed("orla", 2, "sscp-2023", (NAME, HARM)), [1, 2])
    (form,) = outcome.referrals
    assert (outcome.stage, outcome.why, form.sheet) == (Stage.PARSED, KEYED, "sscp-2023")
    assert [(one.field, one.child) for one in form.readings] == [
        ("child.name", 1), ("incident.harm", None), ("incident.harm", None),
    ]  # fmt: skip
    assert {(one.by, one.certainty, one.where.reveal()) for one in form.readings} == {
        ("orla", Certainty.KEYED, "keyed by a person from attachment 2")
    }


def test_the_emails_own_words_are_a_source_too() -> None:
    """There is not always an attachment."""
    (form,) = decide(ONE, Typed("orla", None, None, (NAME,)), []).referrals
    assert form.readings[0].where.reveal() == "keyed by a person from the email's own words"


@given(st.sets(st.integers(min_value=1, max_value=200)), st.text(min_size=1))
def test_a_typed_form_is_a_document_of_its_own(documents: set[int], words: str) -> None:
    """It takes no number that is taken, and its digest tells nothing of what was typed."""
    first = decide(ONE, Typed("orla", None, None, (Answer("child.name", 1, (Private(words),)),)), sorted(documents))
    other = decide(ONE, Typed("rae", 1, None, (NAME,)), sorted(documents))
    (record,) = first.documents
    assert record.index not in documents
    assert (record.sha256, first.referrals[0].document) == (other.documents[0].sha256, record.index)
    away = decide(MessageId("two"), Typed("orla", None, None, (NAME,)), sorted(documents))
    assert away.documents[0].sha256 != record.sha256
