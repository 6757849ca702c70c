"""Local accounts: who may come in and as what; kept by administrators, and nobody keeps their own."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from intake.domain.private import Private
from intake.domain.staff import Right, Role
from intake.errors import BrokenPromise
from intake.records.staff import Account
from intake.web.access import page, visitor
from intake.web.decisions import done
from intake.web.office import office
from intake.web.passwords import LONGEST, fault_of, fault_of_name, hash_of
from intake.web.words import ROLES

pages = Blueprint("accounts", __name__)


class Renewed(FlaskForm):
    """What an account's owner is, and a new password where it is not empty."""

    roles = SelectMultipleField("Roles", [InputRequired("Choose at least one role")], choices=dict(ROLES))
    password = PasswordField("New password, if it is to change", [Length(max=LONGEST)])


class Sure(FlaskForm):
    """That somebody is sure: nothing but its token."""


class Added(Renewed):
    """A new account."""

    name = StringField("Name", [InputRequired("Enter a name"), Length(max=100)])
    password = PasswordField("First password", [InputRequired("Enter a first password"), Length(max=LONGEST)])


@page(pages, "/accounts", Right.KEEP_ACCOUNTS, methods=["GET", "POST"])
def accounts() -> Any:  # noqa: ANN401 - an answer
    """Show who may come in; add somebody."""
    here, form = office(), Added()
    if not form.validate_on_submit() or not _is_good(form, name := (form.name.data or "").strip().lower()):
        shown = render_template("accounts.html", accounts=here.records.accounts(), form=form, now=here.clock())
        return shown, 400 if request.method == "POST" else 200
    hashed = hash_of(Private(form.password.data or ""))
    try:
        here.records.add_account(name, _roles(form), hashed, visitor().name, here.clock())
    except BrokenPromise:
        form.name.errors = ["There is an account of this name already"]
        return render_template("accounts.html", accounts=here.records.accounts(), form=form, now=here.clock()), 400
    return _back(f"{name} can come in.")


@page(pages, "/accounts/<name>", Right.KEEP_ACCOUNTS, methods=["GET", "POST"])
def one(name: str) -> Any:  # noqa: ANN401 - an answer
    """Change what somebody is, or give them another password; either ends their sessions."""
    here, account, form = office(), _another(name), Renewed()
    if not form.is_submitted():
        form.roles.data = sorted(account.roles)
    elif form.validate() and (not form.password.data or _is_good(form, name)):
        if form.password.data:
            here.records.set_password(name, hash_of(Private(form.password.data)), visitor().name, here.clock())
        if _roles(form) != account.roles:
            here.records.set_roles(name, _roles(form), visitor().name, here.clock())
        is_changed = bool(form.password.data) or _roles(form) != account.roles
        return _back(f"The account {name} is changed." if is_changed else "Nothing was changed.")
    return render_template("one_account.html", account=account, form=form), 400 if form.is_submitted() else 200


@page(pages, "/accounts/<name>/factor", Right.KEEP_ACCOUNTS, methods=["GET", "POST"])
def factor(name: str) -> Any:  # noqa: ANN401 - an answer
    """Ask once more, then take away a second factor that its owner has lost."""
    here, account, form = office(), _another(name), Sure()
    if account.totp is None:
        return _back(f"{name} has no second factor. Nothing was changed.")
    if not form.validate_on_submit():
        return render_template("sure_of_factor.html", account=account, form=form)
    here.records.remove_totp(name, visitor().name, here.clock())
    return _back(f"The second factor of {name} is taken away.")


@page(pages, "/accounts/<name>/close", Right.KEEP_ACCOUNTS, methods=["GET", "POST"])
def close(name: str) -> Any:  # noqa: ANN401 - an answer
    """Ask once more, then let somebody in no more; one that is closed stays as it is."""
    here, account, form = office(), _another(name), Sure()
    if account.disabled_at is not None:
        return _back(f"The account {name} was closed already. Nothing was changed.")
    if not form.validate_on_submit():
        return render_template("sure_of_closing.html", account=account, form=form)
    here.records.disable_account(name, visitor().name, here.clock())
    return _back(f"The account {name} is closed.")


@page(pages, "/accounts/<name>/open", Right.KEEP_ACCOUNTS, methods=["POST"])
def reopen(name: str) -> Response:
    """Let somebody in again by an account that was closed; one that is open stays as it is."""
    here, account = office(), _another(name)
    if account.disabled_at is not None:
        here.records.open_account(name, visitor().name, here.clock())
    return _back(f"The account {name} is open again.")


def _another(name: str) -> Account:
    """Return somebody else's account: whoever changes their own could shut everybody out, or let themselves in."""
    account = office().records.account(name)
    if account is None:
        abort(404)
    if account.name == visitor().name:
        abort(403)
    return account


def _is_good(form: Renewed, name: str) -> bool:
    """Tell whether name and password are such as we take; what is wrong stands at its field."""
    fault, fault_of_it = fault_of_name(name), fault_of(form.password.data or "", name)
    if fault and isinstance(form, Added):
        form.name.errors = [fault]
    elif fault_of_it:
        form.password.errors = [fault_of_it]
    return not form.errors


def _roles(form: Renewed) -> frozenset[Role]:
    return frozenset(map(Role, form.roles.data or ()))


def _back(says: str) -> Response:
    return done(says, url_for("accounts.accounts"))
