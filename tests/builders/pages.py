"""The staff pages over a house with mails of every sort in it, and people who may sign in."""

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from intake.domain.message import Message
from intake.domain.private import Private
from intake.domain.staff import Role
from intake.programs.night import gathered
from intake.programs.serve import checked
from intake.settings.loading import load
from intake.settings.places import digest
from intake.web.app import make_app
from intake.web.office import Office
from intake.web.rates import Rate
from tests.builders import forms, mails
from tests.builders.house import TestHouse, house
from tests.builders.settings import write_config
from tests.promises.post_bag import sent, word

PASSWORD = "an invented sentence of words"
HASHED = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""Of a cheap kind: who signs in a thousand times in tests need not wait a thousand times as long as anybody should."""
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Pages:
    """The application, the house behind it, and the ids of what lies in it."""

    app: Flask
    home: TestHouse
    case: str
    registered: str
    held: str
    locked: str
    quarantined: str
    password_typed: list[str]
    hashed: str = HASHED

    def visit(self, *roles: Role, name: str = "") -> "Visit":
        """Sign somebody in with these roles; nobody where there are none."""
        client = self.app.test_client()
        visit = Visit(client)
        if roles:
            who = name or "-".join(roles)
            if self.home.records.account(who) is None:
                self.home.records.add_account(who, roles, HASHED, who, self.home.now)
            answer = visit.post("/sign-in", at="/sign-in", name=who, password=PASSWORD)
            assert answer.status_code == 302
            visit.first = answer.headers["Location"]
        return visit


@dataclass
class Visit:
    """One browser's session."""

    client: FlaskClient
    first: str = ""
    """Where it was led when it had signed in."""

    def get(self, path: str, query: Mapping[str, str] | None = None) -> TestResponse:
        """Load a page."""
        return self.client.get(path, query_string=query)

    def post(self, path: str, *, at: str, **fields: str) -> TestResponse:
        """Send a form that stands on the page ``at``, with its token."""
        found = TOKEN.search(self.get(at).text)
        assert found, f"no form at {at}"
        return self.client.post(path, data={**fields, "csrf_token": found.group(1)})


@contextmanager
def pages(folder: Path, database: str = "") -> Iterator[Pages]:
    """Give the pages over a house with a mail of each sort; its records lie in a file, or in the database named."""
    with house(folder, load(write_config(folder / "config", database=database), {}) if database else None) as home:
        typed: list[str] = []

        def unlock(message: Message, password: Private, who: str) -> str | None:
            typed.append(f"{message.id} {who}")
            return "wrong-password" if password.reveal() == "wrong" else None

        office = Office(
            settings=home.rules,
            records=home.records,
            clock=lambda: home.now,
            original=home.vault.open,
            unlock=unlock,
            night=lambda now: gathered(home.records, home.rules, now),
            checked=partial(checked, home.rules, digest(home.rules.file), lambda: home.now),
            secret="invented",
            tries=Rate(most=10_000, seconds=1.0, clock=time.monotonic),
        )
        home.records.add_account("somebody", [Role.REVIEWER], HASHED, "somebody", home.now)
        registered = home.take(sent(1, word(1)))
        yield Pages(
            app=make_app(office),
            home=home,
            case=registered["cases"][0],
            registered=registered["id"],
            held=home.take(sent(2, mails.docx_attachment(forms.marf_docx())))["id"],
            locked=home.take(sent(3, mails.docx_attachment(mails.locked_docx())))["id"],
            quarantined=home.take(sent(4, word(4), verdict="fail"))["id"],
            password_typed=typed,
        )
