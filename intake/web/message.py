"""One message: its story in plain words, what was found, and what a person may decide about it."""

from typing import Any

from flask import Blueprint, Response, abort, render_template, url_for
from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from intake.domain.delivery import LettersOrdered
from intake.domain.message import MessageId
from intake.domain.private import Private
from intake.domain.staff import Right
from intake.domain.stages import PEOPLES_WAYS, Stage
from intake.domain.verdict import Screening
from intake.errors import BrokenPromise
from intake.letters.permission import may_answer
from intake.web.access import page, visitor
from intake.web.answers import laid_out
from intake.web.decisions import Reason, done
from intake.web.office import office
from intake.web.passwords import LONGEST
from intake.web.proving import is_fresh, is_local, prove_again, proved
from intake.web.stories import Story, story_of

pages = Blueprint("message", __name__)
WAYS = {
    Stage.RECEIVED: "Try again from the beginning",
    Stage.SCREENED: "Release: it is harmless and may be read",
    Stage.PARSED: "Go on with what was read",
    Stage.SET_ASIDE: "Set aside: it is no referral",
}
AFTER_ALL = {
    Stage.HELD: "It was a referral after all: it waits here to be keyed by hand",
    Stage.RECEIVED: "Read it again from the beginning",
}
"""Where what was set aside may go: read again by the same rules, it may well be set aside again."""
SHUT = {
    "wrong-password": "That password opens nothing here.",
    "no-form-inside": "It opened, but there is no form of ours in it.",
    "unreadable": "It could not be read.",
}


class Move(Reason):
    """Where a message is to go."""

    way = RadioField("What should happen?", [InputRequired("Choose what should happen")])
    own_password = PasswordField("Your own password", [Length(max=LONGEST)])
    own_code = StringField("Code from your authenticator app, if you use one", [Length(max=10)])


class Password(FlaskForm):
    """The password of a locked file; used once, kept nowhere."""

    password = PasswordField("Password", [InputRequired("Enter the password"), Length(max=255)])


@page(pages, "/message/<identity>", Right.SEE_LOG)
def message(identity: str) -> Any:  # noqa: ANN401 - an answer
    """Show a message: no word of it, only what became of it."""
    return _shown(identity, Move(), Password())


@page(pages, "/message/<identity>/move", Right.DECIDE, methods=["POST"])
def move(identity: str) -> Any:  # noqa: ANN401 - an answer
    """Take a message another way, by name and reason."""
    here, form, row = office(), Move(), _row(identity)
    form.way.choices = {to.value: says for to, says in _ways(row)}
    if not form.validate_on_submit() or not _is_proved(form, row):
        return _shown(identity, form, Password()), 400
    try:
        to = Stage(form.way.data)
        here.records.move_by_person(MessageId(identity), to, visitor().name, form.words, here.clock())
    except BrokenPromise:
        abort(409)
    return done("Your decision is kept.", url_for("message.message", identity=identity))


@page(pages, "/message/<identity>/unlock", Right.DECIDE, methods=["POST"])
def unlock(identity: str) -> Any:  # noqa: ANN401 - an answer
    """Read a held message again with a password."""
    here, form, row = office(), Password(), _row(identity)
    if row["stage"] != Stage.HELD or not here.records.has_locked(MessageId(identity)):
        abort(409)
    if not form.validate_on_submit():
        return _shown(identity, Move(), form), 400
    if not here.unlocks.allows(visitor().name):
        abort(429)
    password = Private(form.password.data or "")
    shut = here.unlock(here.records.message(MessageId(identity)), password, visitor().name)
    if shut is not None:
        form.password.errors = [SHUT.get(shut, shut)]
        return _shown(identity, Move(), form), 400
    return done("It is open, and was read.", url_for("message.message", identity=identity))


@page(pages, "/message/<identity>/original", Right.SEE_CHILDREN, methods=["POST"])
def original(identity: str) -> Response:
    """Give the original as a file to keep, never to look at here; that it was given is written down first."""
    here, row = office(), _row(identity)
    if row["erased_at"] is not None:
        abort(404)
    here.records.note_act("downloaded", "original", visitor().name, here.clock(), message=identity)
    answer = Response(here.original(MessageId(identity)), mimetype="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{row["id"]}.eml"'
    return answer


def _is_proved(form: Move, row: dict[str, Any]) -> bool:
    """Tell whether who decides is who they were just now: asked for letting out what was judged hostile."""
    if row["stage"] != Stage.QUARANTINED or form.way.data != Stage.SCREENED or is_fresh():
        return True
    if not is_local():
        form.way.errors = ["Sign in again first: the link stands below"]
    elif proved(visitor().name, form.own_password.data or "", form.own_code.data or "") is None:
        form.own_password.errors = ["Enter your own password: this lets out what was judged hostile"]
    else:
        prove_again()
    return not form.errors


def _shown(identity: str, move: Move, password: Password) -> str:
    here, row = office(), _row(identity)
    move.way.choices = {to.value: says for to, says in _ways(row)}
    offers, screening = _offers(row), _screening(row)
    story = story_of(row["id"], message=row["id"])
    return render_template(
        "message.html", row=row, story=story, move=move, password=password, never=_why_never(screening, story),
        items=here.records.exceptions_about(message=row["id"]), letters=here.records.letters_of(row["id"]),
        may_key=_may_be_keyed(row), offers=offers, sent_from=_sent_from(row, screening),
        is_locked=row["stage"] == Stage.HELD and here.records.has_locked(MessageId(row["id"])),
        is_to_prove=row["stage"] == Stage.QUARANTINED and not is_fresh(), is_local=is_local(),
    )  # fmt: skip


def _offers(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what was read of forms that wait to be compared, to whoever may see it; the look is written down."""
    here, identity = office(), MessageId(row["id"])
    if row["stage"] != Stage.HELD or row["erased_at"] is not None or not visitor().may(Right.SEE_CHILDREN):
        return []
    if not here.records.referrals(identity):
        return []
    here.records.note_act("looked", "offer", visitor().name, here.clock(), message=identity)
    library = here.settings.library
    return [one | {"parts": laid_out(one, library)} for one in here.records.offered_forms(identity)]


def _screening(row: dict[str, Any]) -> Screening | None:
    """Return what was found of its sender; None where nothing was, or it does not open (an item says so)."""
    if row["sender_trust"] is None or row["erased_at"] is not None:
        return None
    try:
        return office().records.screening(MessageId(row["id"]))
    except BrokenPromise:
        return None


def _sent_from(row: dict[str, Any], screening: Screening | None) -> str:
    """Return the address it claims to be from, to whoever may see people (the look is written down); else nothing."""
    here = office()
    if screening is None or screening.sender.address is None or not visitor().may(Right.SEE_CHILDREN):
        return ""
    here.records.note_act("looked", "sender", visitor().name, here.clock(), message=MessageId(row["id"]))
    return screening.sender.address.reveal()


def _why_never(screening: Screening | None, story: Story) -> str | None:
    """Return why the program never answers what is or was in quarantine, as a code; None where it does, or may."""
    was_there = any(Stage.QUARANTINED in {line["from"], line["to"]} for line in story.lines)
    if not was_there or screening is None:
        return None
    program = office().settings.program
    answer = may_answer(screening, LettersOrdered(), program.post, program.own_addresses)
    return answer.why if answer.never else None


def _row(identity: str) -> dict[str, Any]:
    row = office().records.message_row(MessageId(identity))
    if row is None:
        abort(404)
    return row


def _may_be_keyed(row: dict[str, Any]) -> bool:
    """Tell whether a person may type its form: it waits, and none was read of it."""
    waits = row["stage"] == Stage.HELD and row["erased_at"] is None
    return waits and not office().records.referrals(MessageId(row["id"]))


def _ways(row: dict[str, Any]) -> list[tuple[Stage, str]]:
    """Return where a person may send it; on with what was read only where a form was."""
    here = office()
    if row["erased_at"] is not None:
        return []
    ways = PEOPLES_WAYS.get(Stage(row["stage"]), frozenset())
    if Stage.PARSED in ways and not here.records.referrals(MessageId(row["id"])):
        ways -= {Stage.PARSED}
    words = AFTER_ALL if row["stage"] == Stage.SET_ASIDE else WAYS
    return [(to, says) for to, says in words.items() if to in ways]
