"""Signing in and out with a local account: one sentence for every failure, so that nobody learns who has one."""

from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, session, url_for
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from intake.web.access import OPEN, home, page
from intake.web.addresses import way_back
from intake.web.office import office
from intake.web.passwords import LONGEST
from intake.web.proving import let_in, proved
from intake.web.rates import place_of

pages = Blueprint("signing_in", __name__)
NO = "That name, password or code is not right, or the account is resting after too many tries."


class SignIn(FlaskForm):
    """Name, password, and the code of the second factor where the account has one."""

    name = StringField("Name", [InputRequired("Enter your name"), Length(max=100)])
    password = PasswordField("Password", [InputRequired("Enter your password"), Length(max=LONGEST)])
    code = StringField("Code from your authenticator app, if you use one", [Length(max=10)])


@page(pages, "/sign-in", OPEN, methods=["GET", "POST"])
def sign_in() -> Any:  # noqa: ANN401 - an answer
    """Ask for name and password; a good answer begins a fresh session, and leads where somebody wanted to go."""
    form = SignIn()
    if not form.validate_on_submit():
        return _shown(form, None)
    if not office().tries.allows(place_of(request.remote_addr)):
        abort(429)
    account = proved(form.name.data or "", form.password.data or "", form.code.data or "")
    if account is None:
        return _shown(form, NO), 403
    let_in(account)
    return redirect(way_back(request.args.get("to", "")) or home())


@page(pages, "/sign-out", OPEN, methods=["POST"])
def sign_out() -> Any:  # noqa: ANN401 - an answer
    """End the session."""
    if g.visitor is not None:
        office().records.note_act("signed-out", "by-a-person", g.visitor.name, office().clock())
    session.clear()
    return redirect(url_for("signing_in.sign_in"))


def _shown(form: SignIn, no: str | None) -> str:
    to = way_back(request.args.get("to", "")) or None
    return render_template("sign_in.html", form=form, no=no, to=to, sign_on=office().sign_on is not None)
