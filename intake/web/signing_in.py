"""Signing in and out with a local account: one sentence for every failure, so that nobody learns who has one."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from intake.domain.private import Private
from intake.records.staff import Account
from intake.web.access import OPEN, page
from intake.web.office import office
from intake.web.passwords import LONGEST, is_password, step_of
from intake.web.sessions import renew

pages = Blueprint("signing_in", __name__)
NO = "That name, password or code is not right, or the account is resting after too many tries."


class SignIn(FlaskForm):
    """Name, password, and the code of the second factor where the account has one."""

    name = StringField("Name", [InputRequired("Enter your name"), Length(max=100)])
    password = PasswordField("Password", [InputRequired("Enter your password"), Length(max=LONGEST)])
    code = StringField("Code from your authenticator app, if you use one", [Length(max=10)])


@page(pages, "/sign-in", OPEN, methods=["GET", "POST"])
def sign_in() -> Any:  # noqa: ANN401 - an answer
    """Ask for name and password; a good answer begins a fresh session."""
    form = SignIn()
    if not form.validate_on_submit():
        return _shown(form, None)
    if not office().tries.allows(request.remote_addr or ""):
        abort(429)
    account = _let_in(form)
    if account is None:
        return _shown(form, NO), 403
    renew(session)
    session.update(name=account.name, roles=sorted(account.roles))
    return redirect(url_for("today.today"))


@page(pages, "/sign-out", OPEN, methods=["POST"])
def sign_out() -> Any:  # noqa: ANN401 - an answer
    """End the session."""
    session.clear()
    return redirect(url_for("signing_in.sign_in"))


def _shown(form: SignIn, no: str | None) -> str:
    return render_template("sign_in.html", form=form, no=no, sign_on=office().sign_on is not None)


def _let_in(form: SignIn) -> Account | None:
    """Return the account that name, password and code open; a failure is counted, and takes as long as a success."""
    here = office()
    now, name = here.clock(), (form.name.data or "").strip().lower()
    account = here.records.account(name)
    is_right = is_password(account, Private(form.password.data or ""))
    if account is None or account.disabled_at or (account.locked_until and now < account.locked_until):
        return None
    step = step_of(account, (form.code.data or "").strip(), now)
    if not is_right or (account.totp is not None and step is None) or not here.records.signed_in(name, step, now):
        here.records.sign_in_failed(name, now)
        return None
    return account
