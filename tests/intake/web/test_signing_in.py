"""Who may come in: one answer to every failure, a lock after five, a session that is new, ends and cannot be stolen."""

from datetime import timedelta
from hashlib import sha256

import pyotp
import pytest

from intake.domain.private import Private
from intake.domain.staff import Role
from intake.records.staff import LOCKED_FOR, MOST_FAILURES
from intake.records.staff_sessions import ABSOLUTE, IDLE
from intake.web.rates import Rate, place_of
from intake.web.signing_in import NO
from tests.builders.pages import HASHED, PASSWORD, Pages

WHO = "orla.example"


@pytest.fixture(autouse=True)
def _account(pages: Pages) -> None:
    pages.home.records.add_account(WHO, [Role.REVIEWER], HASHED, WHO, pages.home.now)


def tried(pages: Pages, name: str = WHO, password: str = PASSWORD, code: str = "") -> int:
    """Return the status of one try to sign in."""
    return pages.visit().post("/sign-in", at="/sign-in", name=name, password=password, code=code).status_code


def test_the_right_password_lets_in_and_any_other_does_not(pages: Pages) -> None:
    """Names are in any case; a wrong password, an unknown name and a closed account look exactly alike."""
    assert tried(pages, WHO.upper()) == 302
    answers = []
    for name, password in [(WHO, "wrong"), ("nobody", PASSWORD)]:
        answer = pages.visit().post("/sign-in", at="/sign-in", name=name, password=password)
        answers.append((answer.status_code, NO in answer.text))
    pages.home.records.disable_account(WHO, "test", pages.home.now)
    answer = pages.visit().post("/sign-in", at="/sign-in", name=WHO, password=PASSWORD)
    assert {*answers, (answer.status_code, NO in answer.text)} == {(403, True)}


def test_five_wrong_passwords_let_the_account_rest(pages: Pages) -> None:
    """The right one opens nothing until the time is over; then it does."""
    for _ in range(MOST_FAILURES):
        assert tried(pages, password="wrong") == 403
    assert tried(pages) == 403
    pages.home.now += LOCKED_FOR
    assert tried(pages) == 302


def test_many_tries_from_one_place_are_told_to_wait(pages: Pages) -> None:
    """Whatever names are tried."""
    now = 0.0
    rate = Rate(most=2, seconds=10.0, clock=lambda: now)
    assert [rate.allows("here"), rate.allows("here"), rate.allows("here"), rate.allows("there")] == [
        True, True, False, True,
    ]  # fmt: skip
    now = 11.0
    assert rate.allows("here")


def test_a_refused_try_makes_nobody_wait_longer() -> None:
    """Whoever goes on trying is let try again when the first tries are over."""
    rate = Rate(most=1, seconds=10.0, clock=iter((0.0, 4.0, 9.0, 10.5)).__next__)
    assert [rate.allows("here") for _ in range(4)] == [True, False, False, True]


def test_one_place_is_an_address_or_an_ipv6_network() -> None:
    """Whoever has a network of addresses has no more tries than others."""
    assert place_of("2001:db8::1") == place_of("2001:db8::ffff") != place_of("2001:db8:1::1")
    assert (place_of("192.0.2.1"), place_of("localhost"), place_of(None)) == ("192.0.2.1", "localhost", "")


def test_a_second_factor_is_asked_for_and_its_code_is_good_once(pages: Pages) -> None:
    """Without the code, with a wrong one, or with one that was used, nobody is let in."""
    secret = pyotp.random_base32()
    pages.home.records.set_totp(WHO, Private(secret), "test", pages.home.now)
    code = pyotp.TOTP(secret).at(pages.home.now)
    assert [tried(pages), tried(pages, code="000000"), tried(pages, code=code), tried(pages, code=code)] == [
        403, 403, 302, 403,
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["\u00e9", "\uff11\uff12\uff13\uff14\uff15\uff16", "123456\U0001f600"])
def test_a_code_in_other_characters_is_a_wrong_code(pages: Pages, code: str) -> None:
    """It is refused and counted as any other, so nobody learns who has a second factor."""
    pages.home.records.set_totp(WHO, Private(pyotp.random_base32()), "test", pages.home.now)
    assert [tried(pages, code=code), tried(pages, "nobody", code=code)] == [403, 403]
    lines, _ = pages.home.records.trail(1)
    assert [(one["event"], one["why"]) for one in lines] == [("sign-in-failed", "wrong-password")]


def test_signing_in_begins_a_fresh_session(pages: Pages) -> None:
    """A session number that was there before is worth nothing after; the records know it by its digest alone."""
    visit = pages.visit()
    visit.get("/sign-in")
    before = visit.client.get_cookie("intake")
    assert before is not None
    visit.post("/sign-in", at="/sign-in", name=WHO, password=PASSWORD)
    after = visit.client.get_cookie("intake")
    assert after is not None
    assert after.value != before.value
    now = pages.home.now
    assert pages.home.records.session(sha256(before.value.encode()).hexdigest(), now) is None
    assert pages.home.records.session(sha256(after.value.encode()).hexdigest(), now) is not None
    assert pages.home.records.session(after.value, now) is None


@pytest.mark.parametrize("rest", [IDLE, ABSOLUTE])
def test_a_session_ends_with_time(pages: Pages, rest: timedelta) -> None:
    """Half an hour without a look, or a working day in all, and one signs in again."""
    visit = pages.visit(Role.REVIEWER)
    step = rest if rest is IDLE else IDLE - timedelta(minutes=5)
    waited = timedelta()
    while waited < rest:
        assert visit.get("/").status_code == 200
        pages.home.now += step
        waited += step
    assert visit.get("/").status_code == 302


def test_signing_out_and_closing_the_account_end_sessions(pages: Pages) -> None:
    """The cookie that is left opens nothing."""
    visit, other = pages.visit(Role.REVIEWER), pages.visit(Role.REVIEWER)
    visit.post("/sign-out", at="/")
    assert visit.get("/").status_code == 302
    assert other.get("/").status_code == 200
    pages.home.records.disable_account("reviewer", "test", pages.home.now)
    assert other.get("/").status_code == 302


def test_every_sign_in_and_failure_is_on_record(pages: Pages) -> None:
    """By account and code; the password is nowhere."""
    tried(pages, password="wrong")
    tried(pages)
    lines, _ = pages.home.records.trail(5)
    assert [(one["event"], one["why"]) for one in lines[:2]] == [
        ("signed-in", "password"),
        ("sign-in-failed", "wrong-password"),
    ]
