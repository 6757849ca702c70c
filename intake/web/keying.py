"""Keying by hand: a person types what a form says that the program could not read, with the form beside them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from wtforms import Field as FormField
from wtforms import RadioField
from wtforms.validators import InputRequired

from intake.domain.message import Message, MessageId
from intake.domain.staff import Right
from intake.domain.stages import Stage
from intake.errors import BrokenPromise
from intake.steps import key as keying
from intake.steps.key import Answer, Typed
from intake.web.access import page, visitor
from intake.web.asking import asked, values
from intake.web.decisions import Reason, done
from intake.web.office import office
from intake.web.words import label
from parsers.template import Field

pages = Blueprint("keying", __name__)
Place = tuple[Field, int | None]
MOST_CHILDREN = 12
MOST_BYTES = 512 * 1024
NONE_OF_OURS = "none"
BODY = "body"
EMPTY = "Type at least one answer: a form without any is no referral"


class Keying(Reason):
    """What a form was typed from, and which form it is; its answers come to it one by one."""

    source = RadioField("What is it typed from?", [InputRequired("Choose what it is typed from")])
    sheet = RadioField("Which form is it?", [InputRequired("Choose which form it is")])


@page(pages, "/message/<identity>/key", Right.DECIDE, methods=["GET", "POST"])
def key(identity: str) -> Any:  # noqa: ANN401 - an answer
    """Ask for the answers of a held message's form, and let it go on with them."""
    request.max_content_length = MOST_BYTES
    message, children = _held(identity), _children(request.values.get("children", ""))
    form, places = _form(message, children)
    is_asked_anew = "more" in request.form
    if is_asked_anew or not form.validate_on_submit() or not _has_any(form, places):
        status = 400 if form.is_submitted() and not is_asked_anew else 200
        shown = {"parts_of_form": list(_parts(form, places)), "message": message, "children": children}
        return render_template("key.html", form=form, **shown), status
    _write(message, form, places)
    return done("Your answers are kept; it goes on with them.", url_for("message.message", identity=identity))


def _write(message: Message, form: Keying, places: Mapping[str, Place]) -> None:
    here, who = office(), visitor().name
    sheet = None if form.sheet.data == NONE_OF_OURS else str(form.sheet.data)
    attachment = None if form.source.data == BODY else int(form.source.data)
    typed = Typed(who, attachment, sheet, tuple(_answers(form, places)))
    outcome = keying.decide(message.id, typed, [one["index"] for one in _documents(message)])
    try:
        here.records.keyed(message, outcome, who, form.words, here.clock())
    except BrokenPromise:
        abort(409)


def _held(identity: str) -> Message:
    """Return a message that waits with no form read: one that offers a form goes on with that, and is corrected."""
    here = office()
    row = here.records.message_row(MessageId(identity))
    if row is None:
        abort(404)
    if row["stage"] != Stage.HELD or row["erased_at"] is not None or here.records.referrals(MessageId(identity)):
        abort(409)
    return here.records.message(MessageId(identity))


def _form(message: Message, children: int) -> tuple[Keying, Mapping[str, Place]]:
    """Build the form for so many children, and say which of its fields is which answer."""
    fields = office().settings.library.fields
    places = {
        f"{one.name.replace('.', '__')}{f'__{child}' if child else ''}": (one, child)
        for one in fields
        for child in (range(1, children + 1) if one.per_child else (None,))
    }
    shape: type[Keying] = type("KeyingAll", (Keying,), {name: _of(*place) for name, place in places.items()})
    form = shape()
    attachments = {str(one["index"]): f"Attachment {one['index']}, {one['kind']}" for one in _documents(message)}
    form.source.choices = {**attachments, BODY: "The email's own words"}
    sheets = {sheet.key: f"{sheet.title} ({sheet.edition})" for sheet in office().settings.library.sheets}
    form.sheet.choices = {**sheets, NONE_OF_OURS: "None of these"}
    return form, places


def _of(field: Field, child: int | None) -> FormField:
    return asked(field, label(field.name) + (f", child {child}" if child else ""))


def _parts(
    form: Keying, places: Mapping[str, Place]
) -> Iterator[tuple[str, int | None, Sequence[tuple[FormField, Field]]]]:
    """Give the form's fields by part and child, in the order of the fields' list."""
    groups: dict[tuple[str, int | None], list[tuple[FormField, Field]]] = {}
    for name, (field, child) in places.items():
        groups.setdefault((field.name.partition(".")[0], child), []).append((form[name], field))
    for (part, child), mine in groups.items():
        yield part, child, mine


def _answers(form: Keying, places: Mapping[str, Place]) -> Iterator[Answer]:
    """Give what was typed: a table's rows line by line, and nothing of what was left empty."""
    for name, (field, child) in places.items():
        kept = values(field, form[name].data)
        if kept:
            yield Answer(field.name, child, kept)


def _has_any(form: Keying, places: Mapping[str, Place]) -> bool:
    if not any(_answers(form, places)):
        form.source.errors = [EMPTY]
    return not form.errors


def _documents(message: Message) -> Sequence[Mapping[str, Any]]:
    row = office().records.message_row(message.id)
    return () if row is None else row["documents"]


def _children(written: str) -> int:
    return min(max(int(written), 1), MOST_CHILDREN) if written.isdecimal() and len(written) < 4 else 1
