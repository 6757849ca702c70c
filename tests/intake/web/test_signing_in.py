"""Who may come in: one answer to every failure, a lock after five, a session that is new, ends and cannot be stolen."""

from datetime import timedelta
from hashlib import sha256
from urllib.parse import quote

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


@pytest.mark.parametrize("place", ["/message/{held}", "/case/{case}", "/exceptions", "/exceptions/1/close", "/log"])
def test_whoever_opened_a_link_is_led_to_it(pages: Pages, place: str) -> None:
    """After signing in, also at the second try."""
    at = place.format_map(vars(pages))
    visit = pages.visit()
    to_sign_in = visit.get(at).headers["Location"]
    assert visit.post(to_sign_in, at=to_sign_in, name=WHO, password="wrong").status_code == 403
    assert visit.post(to_sign_in, at=to_sign_in, name=WHO, password=PASSWORD).headers["Location"] == at


@pytest.mark.parametrize(
    "to",
    ["https://evil.example/", "//evil.example", "/sign-out", "/message/../log", "/log?find=x", "/log\n", "%2f/evil"],
)
def test_nobody_is_led_elsewhere(pages: Pages, to: str) -> None:
    """Another's link leads to the first page, as does what stands behind a question mark."""
    at = f"/sign-in?to={quote(to)}"
    assert pages.visit().post(at, at=at, name=WHO, password=PASSWORD).headers["Location"] == "/"


def test_a_filter_is_not_remembered(pages: Pages) -> None:
    """What was asked for in an address may be a word about somebody; only the page is."""
    assert pages.visit().get("/log?find=orla").headers["Location"] == "/sign-in?to=/log"


def test_every_sign_in_and_failure_is_on_record(pages: Pages) -> None:
    """By account and code, and signing out too; the password is nowhere."""
    tried(pages, password="wrong")
    visit = pages.visit()
    visit.post("/sign-in", at="/sign-in", name=WHO, password=PASSWORD)
    visit.post("/sign-out", at="/")
    lines, _ = pages.home.records.trail(5)
    assert [(one["event"], one["why"]) for one in lines[:3]] == [
        ("signed-out", "by-a-person"),
        ("signed-in", "password"),
        ("sign-in-failed", "wrong-password"),
    ]


def test_strangers_cannot_fill_the_log(pages: Pages) -> None:
    """Tries of unknown names leave no line, nor do those of an account that rests, as a closed one does too."""
    head = pages.home.records.log_head()[0]
    for _ in range(MOST_FAILURES + 3):
        tried(pages, "nobody")
    assert pages.home.records.log_head()[0] == head
    pages.home.records.disable_account(WHO, "test", pages.home.now)
    for _ in range(MOST_FAILURES + 3):
        tried(pages)
    lines, _ = pages.home.records.trail(20)
    failed = [one["why"] for one in lines if one["event"] == "sign-in-failed"]
    assert failed == ["locked", *["closed"] * (MOST_FAILURES - 1)]


def test_a_refusal_is_on_record_once_a_minute(pages: Pages) -> None:
    """By whom and of which page, however often it is tried; who is not signed in leaves nothing."""
    visit = pages.visit(Role.AUDITOR)
    for path in (f"/case/{pages.case}", "/case/NO-SUCH", f"/case/{pages.case}/note", "/accounts"):
        assert visit.get(path).status_code == 403
        pages.visit().get(path)
    lines, _ = pages.home.records.trail(20)
    refused = [(one["details"]["by"], one["why"]) for one in lines if one["event"] == "refused"]
    assert refused == [("auditor", "accounts.accounts"), ("auditor", "case_way.note"), ("auditor", "case.case")]
    shown = visit.get("/trail").text
    assert "Was refused a page: A case" in shown
