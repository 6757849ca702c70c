"""What people do about a case after intake: its steps and clocks, its owner, notes, and links to judge; by name."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from intake.domain.case import Reference
from intake.domain.case_file import LinkVerdict
from intake.domain.case_way import Decision, Step
from intake.domain.private import Private
from intake.domain.staff import Right
from intake.errors import BrokenPromise
from intake.web.access import page, visitor
from intake.web.decisions import MOST_WORDS, Reason, done
from intake.web.office import office
from intake.web.way_words import DECISIONS, REFUSED, STEPS

pages = Blueprint("case_way", __name__)


class Taken(FlaskForm):
    """A step that was taken, or was recorded by mistake."""

    step = RadioField(
        "Step", [InputRequired("Choose a step")], choices={step.value: says for step, says in STEPS.items()}
    )
    day = DateField(  # type: ignore[call-arg]  # its types do not know the message
        "The day it was taken",
        [Optional()],
        format=["%Y-%m-%d", "%d %m %Y", "%d/%m/%Y"],
        invalid_value_message="Enter a whole day, for example 27 3 2026",
    )
    decision = SelectField(
        "Decision, if the panel has decided",
        [Optional()],
        choices={"": "", **{decision.value: says for decision, says in DECISIONS.items()}},
    )
    words = TextAreaField("Rationale, outcome or reason", [Length(max=MOST_WORDS * 5)])
    mistake = BooleanField("This step was recorded by mistake: take it back")


class Noted(FlaskForm):
    """A note."""

    text = TextAreaField("Note", [DataRequired("Write something"), Length(max=MOST_WORDS * 5)])


class Owned(FlaskForm):
    """Whose case it is; nobody's where it is empty."""

    owner = StringField("Who looks after it", [Length(max=100)])


class Judged(Reason):
    """Whether a suggested link holds."""

    verdict = RadioField(
        "Is it so?", [InputRequired("Choose one")],
        choices={LinkVerdict.ACCEPTED.value: "Yes: they belong together", LinkVerdict.REFUSED.value: "No"},
    )  # fmt: skip


@page(pages, "/case/<reference>/step", Right.DECIDE, methods=["GET", "POST"])
def step(reference: str) -> Any:  # noqa: ANN401 - an answer
    """Record that a step was taken, correct its day, or take back what was recorded by mistake."""
    form = Taken()
    _must_be(reference)
    if not form.validate_on_submit():
        return _asked("step.html", form, reference)
    if not form.mistake.data and form.day.data is None:
        form.day.errors = ["Enter the day it was taken"]
        return _asked("step.html", form, reference)
    refused = _recorded(Reference(reference), form)
    if refused is None:
        return _to(reference, "The step is taken back." if form.mistake.data else "The step is recorded.")
    field = form.decision if "decision" in refused else form.words if refused == "needs-words" else form.day
    field.errors = [REFUSED.get(refused, refused)]
    return render_template("step.html", form=form, reference=reference), 400


@page(pages, "/case/<reference>/note", Right.DECIDE, methods=["GET", "POST"])
def note(reference: str) -> Any:  # noqa: ANN401 - an answer
    """Add a note; none is ever changed."""
    here, form = office(), Noted()
    _must_be(reference)
    if not form.validate_on_submit():
        return _asked("note.html", form, reference)
    _done(
        here.records.add_note,
        Reference(reference),
        Private((form.text.data or "").strip()),
        visitor().name,
        here.clock(),
    )
    return _to(reference, "The note is kept.")


@page(pages, "/case/<reference>/owner", Right.DECIDE, methods=["GET", "POST"])
def owner(reference: str) -> Any:  # noqa: ANN401 - an answer
    """Say whose case it is."""
    here, form = office(), Owned()
    _must_be(reference)
    if not form.validate_on_submit():
        return _asked("owner.html", form, reference)
    _done(
        here.records.set_owner,
        Reference(reference),
        (form.owner.data or "").strip() or None,
        visitor().name,
        here.clock(),
    )
    return _to(reference, "It is written down who looks after the case.")


@page(pages, "/case/<reference>/links/<int:link>", Right.DECIDE, methods=["GET", "POST"])
def judge(reference: str, link: int) -> Any:  # noqa: ANN401 - an answer
    """Accept or refuse a link the program suggests; a later word holds, the earlier stay."""
    here, form = office(), Judged()
    _must_be(reference)
    found = next((one for one in here.records.links_of(Reference(reference)) if one.id == link), None)
    if found is None:
        abort(404)
    if not form.validate_on_submit():
        answer = render_template("judge.html", form=form, reference=reference, link=found)
        return answer, 400 if form.is_submitted() else 200
    _done(here.records.judge_link, link, LinkVerdict(form.verdict.data), visitor().name, form.words, here.clock())
    return _to(reference, "Your decision is kept.")


def _recorded(reference: Reference, form: Taken) -> str | None:
    """Write the entry; return why it cannot be, as a code."""
    here, words = office(), (form.words.data or "").strip()
    try:
        if form.mistake.data or form.day.data is None:
            here.records.take_back_step(reference, Step(form.step.data), visitor().name, words, here.clock())
        else:
            decision = Decision(form.decision.data) if form.decision.data else None
            here.records.record_step(
                reference, Step(form.step.data), form.day.data, visitor().name, here.clock(),
                decision=decision, words=Private(words) if words else None,
            )  # fmt: skip
    except BrokenPromise as refused:
        return refused.promise
    return None


def _done(act: Any, *given: Any) -> None:  # noqa: ANN401 - an act of the records
    try:
        act(*given)
    except BrokenPromise:
        abort(409)


def _asked(template: str, form: FlaskForm, reference: str) -> Any:  # noqa: ANN401 - an answer
    return render_template(template, form=form, reference=reference), 400 if request.method == "POST" else 200


def _must_be(reference: str) -> None:
    if not office().records.is_case(reference):
        abort(404)


def _to(reference: str, says: str) -> Response:
    return done(says, url_for("case.case", reference=reference))
