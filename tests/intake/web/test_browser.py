"""The pages in a real browser: tasks by keyboard alone and without a script, nothing for axe to find, at any width."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from waitress.server import create_server

from intake.domain.message import MessageId
from intake.domain.staff import Role
from intake.web import access
from intake.web.proving import FRESH
from tests.builders.pages import PASSWORD, Pages
from tests.builders.pages import pages as made
from tests.servers import browser as real

WHO = "orla.example"
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (320, 768, 1280)
MOST_TABS = 200
LOOKED_AT = (
    "/", "/log", "/message/{held}", "/message/{locked}", "/case/{case}", "/case/{case}/print", "/case/{case}/step",
    "/case/{case}/note", "/case/{case}/owner", "/case/{case}/correct?field=incident.place&version=1", "/exceptions",
    "/exceptions/1/close", "/figures", "/trail", "/configuration", "/nowhere",
    "/message/{held}/key?children=2", "/message/{quarantined}", "/accounts", "/accounts/somebody",
    "/accounts/somebody/close", "/account", "/deadlines", "/exceptions/closed",
    "/account/password", "/account/factor",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give one browser to all tests here."""
    with real.running() as each:
        yield each


@contextmanager
def served(pages: Pages) -> Iterator[str]:
    """Serve the pages at a port of their own; give their address."""
    pages.home.records.add_account(WHO, [Role.MANAGER, Role.ADMINISTRATOR], pages.hashed, WHO, pages.home.now)
    server = create_server(pages.app, listen="127.0.0.1:0")
    threading.Thread(target=server.run, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Pages, str]]:
    """Give pages that are only looked at, and their address."""
    with made(tmp_path_factory.mktemp("browser")) as pages, served(pages) as address:
        yield pages, address


def signed_in(browser: Browser, address: str, *, scripts: bool = True, width: int = 1280) -> Page:
    """Sign in by keyboard."""
    page = browser.new_context(java_script_enabled=scripts, viewport={"width": width, "height": 900}).new_page()
    page.goto(f"{address}/sign-in")
    tab_to(page, "#name")
    page.keyboard.type(WHO)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    _enter(page)
    page.wait_for_url(f"{address}/")
    return page


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there, as somebody without a mouse does."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    pytest.fail(f"no way by keyboard to {selector}")


@pytest.mark.parametrize(("width", "styles"), [*((width, access.GOVUK) for width in WIDTHS), (320, access.PLAIN)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser, shown: tuple[Pages, str], monkeypatch: pytest.MonkeyPatch, width: int, styles: str
) -> None:
    """WCAG 2.2 AA on every page, with GOV.UK's styles (where they were built in) and with our own; no script ran."""
    pages, address = shown
    monkeypatch.setattr(access, "GOVUK", styles)
    page = signed_in(browser, address, width=width)
    for path in LOOKED_AT:
        page.goto(address + path.format_map(vars(pages)))
        found = Axe().run(page, options=WCAG).response["violations"]
        assert [(path, one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.locator("script").count() == 0
    page.context.close()


def test_the_sign_in_page_is_as_sound(browser: Browser, shown: tuple[Pages, str]) -> None:
    """Also with its faults told."""
    page = browser.new_page()
    for _ in range(2):
        page.goto(f"{shown[1]}/sign-in")
        page.keyboard.press("Enter")
        assert Axe().run(page, options=WCAG).response["violations"] == []
        page.locator("button").click()
    assert "There is a problem" in page.inner_text("body")
    assert Axe().run(page, options=WCAG).response["violations"] == []
    page.context.close()


def test_a_morning_by_keyboard_without_scripts(browser: Browser, tmp_path: Path) -> None:
    """Close an alert, set a message aside, correct an answer, record a step, note something, sign out: keys alone."""
    with made(tmp_path) as pages, served(pages) as address:
        page = signed_in(browser, address, scripts=False)
        tab_to(page, "a[href*='/close']")
        page.keyboard.press("Enter")
        _say(page, "Rang the Bridge Partnership")
        page.wait_for_url("**/exceptions")
        page.goto(f"{address}/message/{pages.held}")
        tab_to(page, "input[name=way]")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Space")
        _say(page, "Not for us")
        page.goto(f"{address}/case/{pages.case}")
        tab_to(page, "a[href*='/correct']")
        page.keyboard.press("Enter")
        tab_to(page, "#value")
        page.keyboard.type(" corrected")
        _say(page, "The form says so")
        page.wait_for_url(f"**/case/{pages.case}")
        tab_to(page, "a[href$='/note']")
        page.keyboard.press("Enter")
        tab_to(page, "#text")
        page.keyboard.type("Rang the school")
        tab_to(page, "main button")
        _enter(page)
        page.wait_for_url(f"**/case/{pages.case}")
        text = page.inner_text("main")
        assert "Rang the school" in text
        assert "Keyed by a person" in text
        tab_to(page, "header button")
        _enter(page)
        page.wait_for_url("**/sign-in")
        page.context.close()
        assert pages.home.row(MessageId(pages.held))["stage"] in {"set-aside", "received", "parsed"}


def test_an_afternoon_by_keyboard_without_scripts(browser: Browser, tmp_path: Path) -> None:
    """Key a form, let one out of quarantine, try a password, record a step, name an owner, find a child: keys alone."""
    with made(tmp_path) as pages, served(pages) as address:
        page = signed_in(browser, address, scripts=False)
        page.goto(f"{address}/message/{pages.held}")
        _go(page, "a[href$='/key']")
        _choose(page, "#source")
        _choose(page, "#sheet")
        _type(page, "#child__name__1", "Pip Zqkeyed")
        _type(page, "#incident__date", "12/11/2026")
        _say(page, "A photograph")
        page.wait_for_url(f"**/message/{pages.held}")
        assert pages.home.row(MessageId(pages.held))["why"] == "keyed-by-hand"
        pages.home.now += FRESH
        page.goto(f"{address}/message/{pages.quarantined}")
        _choose(page, "#way")
        _type(page, "#own_password", PASSWORD)
        _say(page, "They rang: it is theirs")
        assert pages.home.row(MessageId(pages.quarantined))["stage"] == "screened"
        page.goto(f"{address}/message/{pages.locked}")
        _type(page, "#password", "wrong")
        _enter(page)
        assert "That password opens nothing here" in page.inner_text("main")
        page.goto(f"{address}/case/{pages.case}")
        _go(page, "a[href$='/owner']")
        _type(page, "#owner", "Sam Sample")
        _enter(page)
        page.wait_for_url(f"**/case/{pages.case}")
        _go(page, "a[href$='/step']")
        _choose(page, "#step")
        _type(page, "#day", "11162026")
        _go(page, "main button")
        page.wait_for_url(f"**/case/{pages.case}")
        assert "Sent to the Virtual Panel" in page.inner_text("main")
        page.goto(f"{address}/log")
        _type(page, "#name", "Zqkeyed")
        _type(page, "#born", "02/01/2020")
        _enter(page)
        assert "Zqkeyed" not in page.url
        page.context.close()


def test_accounts_and_a_second_factor_by_keyboard_without_scripts(browser: Browser, tmp_path: Path) -> None:
    """Let somebody in, close an account, set one's own second factor up, and come in with it."""
    with made(tmp_path) as pages, served(pages) as address:
        page = signed_in(browser, address, scripts=False)
        page.goto(f"{address}/accounts")
        _type(page, "#name", "pat.example")
        _choose(page, "#roles")
        _type(page, "#password", PASSWORD)
        _enter(page)
        assert "pat.example" in page.inner_text("table")
        _go(page, "a[href$='/accounts/somebody']")
        _go(page, "a[href$='/close']")
        _go(page, "button:has-text('Close the account')")
        assert "Closed" in page.inner_text("table")
        _go(page, ".staff-header__who")
        _go(page, "a[href$='/factor']")
        app = pyotp.TOTP(page.inner_text("main .staff-value"))
        _type(page, "#code", app.at(pages.home.now))
        _type(page, "#password", PASSWORD)
        _enter(page)
        page.wait_for_url("**/sign-in")
        later = app.at(int(pages.home.now.timestamp()) + 30)
        for selector, words in (("#name", WHO), ("#password", PASSWORD), ("#code", later)):
            _type(page, selector, words)
        _enter(page)
        page.wait_for_url(f"{address}/")
        page.context.close()


def _enter(page: Page) -> None:
    """Press Enter, and wait for the page it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _go(page: Page, selector: str) -> None:
    """Follow a link or press a button."""
    tab_to(page, selector)
    _enter(page)


def _type(page: Page, selector: str, words: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(words)


def _choose(page: Page, selector: str) -> None:
    """Choose the first option."""
    tab_to(page, selector)
    page.keyboard.press("Space")


def _say(page: Page, reason: str) -> None:
    tab_to(page, "#reason")
    page.keyboard.type(reason)
    tab_to(page, "main button")
    _enter(page)
