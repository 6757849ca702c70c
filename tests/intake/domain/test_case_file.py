"""What people put beside a case, and which links wait for them."""

import pytest

from intake.domain.case import Reference
from intake.domain.case_file import CaseLink, Judgement, LinkVerdict
from intake.domain.message import MessageId
from tests.builders.messages import NOW


def link(kind: str, *said: LinkVerdict) -> CaseLink:
    """Return a link of which this was said."""
    judged = tuple(Judgement(each, "orla", NOW, None) for each in said)
    return CaseLink(1, Reference("SSCP-2026-7K4M2Q"), kind, MessageId("m-1"), 1, None, judged)


@pytest.mark.parametrize(
    ("kind", "waits"), [("resubmission", True), ("same-incident", True), ("reply", False), ("bounce", False)]
)
def test_only_what_is_suggested_waits_for_a_person(kind: str, waits: bool) -> None:
    """Until somebody has said something of it."""
    assert link(kind).waits is waits
    assert not link(kind, LinkVerdict.REFUSED).waits


def test_the_last_word_holds() -> None:
    """A link refused and later accepted is accepted."""
    assert link("same-incident", LinkVerdict.REFUSED, LinkVerdict.ACCEPTED).verdict is LinkVerdict.ACCEPTED
    assert link("same-incident").verdict is None
