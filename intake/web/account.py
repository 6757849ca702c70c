"""One's own account: another password, and a second factor from an authenticator app; each needs the password."""

from typing import Any

import pyotp
import segno
from flask import Blueprint, redirect, render_template, session, url_for
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from intake.domain.private import Private
from intake.records.staff import Account
from intake.web.access import GIVEN, SIGNED_IN, page, visitor
from intake.web.office import office
from intake.web.passwords import LONGEST, fault_of, hash_of, step_with
from intake.web.proving import is_local, proved

pages = Blueprint("account", __name__)
ISSUER = "Referral intake"
NEW = "new-factor"
"""Where the session keeps a second factor's secret until its first code is typed."""
NO = "That is not right"


class Proving(FlaskForm):
    """The password of now, and the code of now where there is a second factor."""

    password = PasswordField("Your password now", [InputRequired("Enter your password"), Length(max=LONGEST)])
    code = StringField("Code from your authenticator app, if you use one", [Length(max=10)])


class Another(Proving):
    """Another password."""

    new = PasswordField("New password", [InputRequired("Enter a new password"), Length(max=LONGEST)])
    again = PasswordField("New password once more", [InputRequired("Enter it once more"), Length(max=LONGEST)])


class Factor(FlaskForm):
    """A second factor: that the app shows its code proves that it has it."""

    password = PasswordField("Your password", [InputRequired("Enter your password"), Length(max=LONGEST)])
    code = StringField("Code the app shows", [InputRequired("Enter the code"), Length(max=10)])


@page(pages, "/account", SIGNED_IN)
def account() -> Any:  # noqa: ANN401 - an answer
    """Show who one is here, and what one may change of it."""
    return render_template("account.html", account=_mine(), what_i_am=sorted(visitor().roles))


@page(pages, "/account/password", SIGNED_IN, methods=["GET", "POST"])
def password() -> Any:  # noqa: ANN401 - an answer
    """Take another password; every session ends, and one signs in with the new one."""
    mine, form = _mine(), Another()
    if mine is None:
        return _back()
    if not form.validate_on_submit() or not _is_proved(form, mine) or not _is_good(form, mine.name):
        shown = render_template("own_password.html", form=form, mine=mine, is_given=GIVEN in session)
        return shown, 400 if form.is_submitted() else 200
    office().records.set_password(mine.name, hash_of(Private(form.new.data or "")), mine.name, office().clock())
    return _out()


@page(pages, "/account/factor", SIGNED_IN, methods=["GET", "POST"])
def factor() -> Any:  # noqa: ANN401 - an answer
    """Set up a second factor; its secret is shown once, and kept only when the app's first code is right."""
    mine, form = _mine(), Factor()
    if mine is None or mine.totp is not None:
        return _back()
    secret = session.setdefault(NEW, pyotp.random_base32())
    step = _first_step(form, mine, Private(secret)) if form.validate_on_submit() else None
    if step is not None:
        office().records.set_totp(mine.name, Private(secret), mine.name, office().clock(), step)
        return _out()
    address = pyotp.TOTP(secret).provisioning_uri(name=mine.name, issuer_name=ISSUER)
    code = Markup(segno.make(address, error="m").svg_inline(scale=5, title="Code to scan"))  # noqa: S704 - of our own words
    shown = render_template("own_factor.html", form=form, picture=code, secret=secret)
    return shown, 400 if form.is_submitted() else 200


@page(pages, "/account/factor/remove", SIGNED_IN, methods=["GET", "POST"])
def no_factor() -> Any:  # noqa: ANN401 - an answer
    """Take the second factor away again."""
    mine, form = _mine(), Proving()
    if mine is None or mine.totp is None:
        return _back()
    if not form.validate_on_submit() or not _is_proved(form, mine):
        return render_template("no_factor.html", form=form), 400 if form.is_submitted() else 200
    office().records.remove_totp(mine.name, mine.name, office().clock())
    return _out()


def _mine() -> Account | None:
    """Return the local account of whoever asks; None for those whom the organisation knows."""
    return office().records.account(visitor().name) if is_local() else None


def _is_proved(form: Proving, mine: Account) -> bool:
    if proved(mine.name, form.password.data or "", form.code.data or "") is None:
        form.password.errors = [NO]
        return False
    return True


def _is_good(form: Another, name: str) -> bool:
    fault = fault_of(form.new.data or "", name)
    if fault:
        form.new.errors = [fault]
    elif form.new.data == form.password.data:
        form.new.errors = ["Use another than the one you have"]
    elif form.new.data != form.again.data:
        form.again.errors = ["The two are not the same"]
    return not form.errors


def _first_step(form: Factor, mine: Account, secret: Private) -> int | None:
    """Return the time step of the secret's code that the app shows; None where another than the owner asks, or of none.

    The code has now been used: it is not good a second time, for signing in.
    """
    step = step_with(secret, (form.code.data or "").strip(), office().clock())
    if step is None:
        form.code.errors = ["That is not the code the app should show now"]
    elif proved(mine.name, form.password.data or "", "") is None:
        form.password.errors = [NO]
    return None if form.errors else step


def _out() -> Response:
    """End the session here too: what was changed is tried by signing in with it."""
    session.clear()
    return redirect(url_for("signing_in.sign_in"))


def _back() -> Response:
    return redirect(url_for("account.account"))
