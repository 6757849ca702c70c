"""Judging a form anew after a correction: what follows, what stays, and what is never done."""

from dataclasses import replace

from intake.domain.findings import Severity
from intake.domain.message import MessageId
from intake.domain.private import Private
from intake.domain.rereading import Correction, Rereading
from intake.steps import rejudge
from tests.builders.forms import to_docx
from tests.builders.house import TestHouse
from tests.builders.mails import docx_attachment
from tests.builders.posted import form, sent


def judged(home: TestHouse, message: str, field: str, value: str) -> Rereading:
    """Return what follows from correcting an answer of a registered message's one form."""
    seen = home.records.standing(MessageId(message))
    (standing,) = seen.forms
    one = rejudge.Corrected(seen.message, standing, Correction(field, None, (Private(value),), "orla"))
    return rejudge.decide(one, rejudge.collect(one, home.records), home.rules, home.now)


def test_a_later_day_of_the_incident_is_another_judgement(at_home: TestHouse) -> None:
    """The same reading, judged anew; what is new is opened, and the version stays the one it was."""
    row = at_home.take(sent(docx_attachment(to_docx(form()))))
    result = judged(at_home, row["id"], "incident.date", "01/09/2026")
    (again,) = result.forms
    assert again.read == again.before.read
    assert again.assessment is not None
    assert again.before.assessment is not None
    assert again.assessment.duplicate == again.before.assessment.duplicate
    assert again.assessment.timeliness.band == "late"
    assert "late-submission" in {item.code for item in result.exceptions}


def test_what_makes_no_difference_writes_nothing(at_home: TestHouse) -> None:
    """A street spelt better changes no judgement."""
    row = at_home.take(sent(docx_attachment(to_docx(form()))))
    assert not judged(at_home, row["id"], "incident.place", "2 Made-Up Street, Salford")


def test_a_risk_that_was_keyed_raises_the_alarm(at_home: TestHouse) -> None:
    """A person who keys that a child is at risk now has an alert opened on the case."""
    row = at_home.take(sent(docx_attachment(to_docx(form()))))
    result = judged(at_home, row["id"], "safety.current_risk", "Yes, a sibling is at home")
    assert [item.code for item in result.exceptions if item.severity is Severity.ALERT] == ["child-at-risk-now"]


def test_a_correction_makes_no_case_of_two(at_home: TestHouse) -> None:
    """Corrected into another case's child and day, it stays its own case, and both are shown side by side."""
    first = at_home.take(sent(docx_attachment(to_docx(form()))))
    second = at_home.take(sent(docx_attachment(to_docx(form(1, child__name="Pip Madeup"))), number=2))
    assert first["cases"] != second["cases"]
    seen = at_home.records.standing(MessageId(second["id"]))
    (standing,) = seen.forms
    (other,) = at_home.records.referrals(MessageId(first["id"]))
    said = {one.field: one.text for one in other.readings}
    name, born = said["child.name"], said["child.dob"]
    corrected = replace(standing, corrections=(Correction("child.dob", 1, (born,), "orla"),))
    one = rejudge.Corrected(seen.message, corrected, Correction("child.name", 1, (name,), "orla"))
    (again,) = rejudge.decide(one, rejudge.collect(one, at_home.records), at_home.rules, at_home.now).forms
    assert again.assessment is not None
    assert again.before.assessment is not None
    assert again.assessment.duplicate.relation == again.before.assessment.duplicate.relation
    assert again.assessment.duplicate.suggested == tuple(first["cases"])
