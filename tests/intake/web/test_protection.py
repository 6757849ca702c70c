"""What protects the pages: headers, tokens, cookies, hosts; strangers' words are text, and none is in an address."""

import re

import pytest

from intake.domain.staff import Role
from intake.web.headers import ALWAYS
from tests.builders import mails
from tests.builders.forms import FilledForm, to_docx
from tests.builders.pages import Pages
from tests.promises.post_bag import sent

SCRIPT = "<script>alert(1)</script>"
POSTS = [
    "/message/{held}/move", "/message/{held}/key",
    "/message/{locked}/unlock", "/message/{held}/original", "/case/{case}/correct",
    "/case/{case}/step", "/case/{case}/note", "/case/{case}/owner", "/exceptions/1/close", "/letters/1/release",
    "/find-a-child", "/figures/sheet", "/log/sheet", "/sign-out", "/account/password",
    "/account/factor", "/account/factor/remove",
]  # fmt: skip


@pytest.mark.parametrize("path", ["/", "/sign-in", "/log", "/nowhere", "/case/{case}", "/health"])
def test_every_answer_carries_the_headers(looked_at: Pages, path: str) -> None:
    """No script, no frame, no cache, no referrer, whatever is answered."""
    answer = looked_at.visit(Role.MANAGER).get(path.format_map(vars(looked_at)))
    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS


@pytest.mark.parametrize("path", POSTS)
def test_no_change_without_the_token_of_the_session(looked_at: Pages, path: str) -> None:
    """A form sent from elsewhere does nothing, and says so."""
    answer = looked_at.visit(Role.MANAGER).client.post(path.format_map(vars(looked_at)), data={"reason": "x"})
    assert answer.status_code == 400
    assert "too old" in answer.text


def test_the_cookie_is_for_these_pages_alone(looked_at: Pages) -> None:
    """No script reads it, no other site sends it."""
    answer = looked_at.visit().get("/sign-in")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))


def test_another_hosts_name_is_not_answered(looked_at: Pages) -> None:
    """A name that leads here by somebody else's will (DNS rebinding) gets no page."""
    answer = looked_at.visit().client.get("/sign-in", headers={"Host": "evil.example"})
    assert answer.status_code == 400


def test_a_strangers_words_are_shown_as_text(pages: Pages) -> None:
    """A field's value full of markup changes no page it is shown on."""
    form = FilledForm().but(incident__summary=SCRIPT, incident__place='"><img src=x onerror=alert(1)>')
    row = pages.home.take(sent(90, mails.docx_attachment(to_docx(form))))
    visit = pages.visit(Role.MANAGER)
    for path in (f"/case/{row['cases'][0]}", f"/case/{row['cases'][0]}/print"):
        text = visit.get(path).text
        assert "&lt;script&gt;" in text
        assert SCRIPT not in text
        assert "<img" not in text


@pytest.mark.parametrize("path", ["/case/%3Cscript%3E", "/message/%3Cscript%3E", "/log?find=%3Cscript%3E&stage=%22%3E"])
def test_what_an_address_says_is_text_too(looked_at: Pages, path: str) -> None:
    """Nothing of it comes back as markup."""
    assert "<script>" not in looked_at.visit(Role.MANAGER).get(path).text


def test_a_childs_name_is_in_no_address_and_no_title(pages: Pages) -> None:
    """Searching goes by a body; titles hold references; the log says that somebody searched, not for whom."""
    visit = pages.visit(Role.REVIEWER)
    child = pages.home.register()[0]["readings"]
    said = {one["field"]: one["value"] for one in child}
    answer = visit.post("/find-a-child", at="/log", name=said["child.name"], born=said["child.dob"])
    assert pages.case in answer.text
    assert said["child.name"] in visit.get(f"/case/{pages.case}").text
    for page in (visit.get(f"/case/{pages.case}"), answer):
        title = re.search(r"<title>(.*?)</title>", page.text, re.DOTALL)
        assert title
        assert said["child.name"] not in title.group(1)
    lines, _ = pages.home.records.trail(10)
    assert said["child.name"] not in str(lines)
    assert "searched" in {one["event"] for one in lines}


def test_a_fault_of_ours_shows_no_word_of_it(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception's text, which could be a stranger's, is on no page and in no log."""

    def broken(*_: object) -> None:
        raise ValueError("zqxkanari")

    monkeypatch.setattr(type(pages.home.records), "log_page", broken)
    answer = pages.visit(Role.REVIEWER).get("/log")
    assert answer.status_code == 500
    assert "zqxkanari" not in answer.text
