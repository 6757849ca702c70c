"""The nightly report in words: the same in text and HTML, complete, and also on an empty night."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from intake.checks.current_risk import SAID_ON_THE_FORM
from intake.checks.roll import KINDS
from intake.domain.case import LetterKind, LetterState, Reference
from intake.domain.findings import Severity
from intake.domain.overview import OpenItem, OutboxLine
from intake.domain.stages import Stage
from intake.domain.way_deadlines import Clock, ClockState, Deadline, OpenWay
from intake.letters.parts import Body
from intake.report.nightly import Certificate, Health, Night, Whose, facts_of
from intake.report.render import MOST_ROWS, meaning_of, render
from tests.builders.letters import NOW, shipped_words, words_shown
from tests.builders.settings import settings

Clocks = tuple[tuple[OpenWay, Deadline], ...]
ITEMS = (
    OpenItem("child-at-risk-now", Severity.ALERT, "SSCP-2026-7K4M2Q", NOW - timedelta(hours=3)),
    OpenItem("locked", Severity.TODAY, "m-abcdefghij27", NOW - timedelta(days=400)),
    OpenItem("a-code-nobody-knows", Severity.NOTE, "m-bbbbbbbbbb22", NOW),
)
LETTERS = (
    OutboxLine(LetterKind.ACKNOWLEDGEMENT, LetterState.ABANDONED, "SSCP-2026-CCCCCC", NOW, 1, "550-5.1.1"),
    OutboxLine(LetterKind.RECEIPT, LetterState.WAITING, "m-cccccccccc22", NOW, 0, "unknown-sender"),
    OutboxLine(LetterKind.RECEIPT, LetterState.SENT, "m-dddddddddd22", NOW, 1, bounced=True),
)


CLOCKS = tuple(
    (
        OpenWay(Reference("SSCP-2026-EEEEEE"), "orla", NOW.date(), {}, ()),
        Deadline(clock, None, NOW.date(), 5, NOW.date(), None, 5, (), known=True, state=state),
    )
    for clock, state in ((Clock.TO_PANEL, ClockState.OVERDUE), (Clock.RAPID_REVIEW, ClockState.DUE_SOON))
)


def rendered(
    items: tuple[OpenItem, ...] = (), letters: tuple[OutboxLine, ...] = (), received: int = 2, clocks: Clocks = ()
) -> Body:
    """Render a night in the shipped words."""
    health = Health(
        {"sscp": NOW - timedelta(minutes=1)},
        date(2028, 12, 31),
        50_000_000_000,
        7,
        "7f3a91c2",
        certificates=(Certificate("sscp", Whose.APP, date(2027, 3, 1)),),
    )
    night = Night(NOW, letters, received, 1, {Stage.REGISTERED: 2, Stage.HELD: 0}, health, clocks)
    return render(facts_of(night, items, shipped_words().report), shipped_words())


def flat(text: str) -> str:
    """Return the text on one line."""
    return " ".join(text.split())


def test_every_item_and_letter_stands_in_text_and_html() -> None:
    """What waits is named by number and in words; a code that has none stands for itself."""
    body = rendered(ITEMS, LETTERS)
    for words in (flat(body.text), " ".join(words_shown(body.html))):
        for where in [item.where for item in ITEMS] + [line.where for line in LETTERS]:
            assert where in words
        assert KINDS["child-at-risk-now"].meaning in words
        assert "a-code-nobody-knows" in words
        assert "given up after 1 try: the mail server refused it (550-5.1.1)" in words
        assert "waits for your release: the sender belongs to no agency we know" in words
        assert "came back" in words
        assert "Certificate the program signs in with at mailbox sscp ends" in words
        assert "Monday 1 March 2027" in words


def test_deadlines_stand_in_it_with_their_day() -> None:
    """What is overdue and what is soon, by reference; a night with one is not quiet."""
    body = rendered(clocks=CLOCKS)
    for words in (flat(body.text), " ".join(words_shown(body.html))):
        assert "Overdue: Send to the Virtual Panel" in words
        assert "Due soon: Rapid review" in words
        assert "SSCP-2026-EEEEEE" in words
        assert "2 deadlines passed or near" in words
        assert "Nothing waits" not in words
        assert "orla" not in words


def test_emails_held_and_duplicates_are_counted_in_its_first_sentence() -> None:
    """One and several, each in its words; where there are none they are not spoken of."""
    health = Health({"sscp": NOW - timedelta(minutes=1)}, date(2028, 12, 31), 50_000_000_000, 7, "7f3a91c2")
    night = Night(NOW, (), 2, 1, {Stage.HELD: 2}, health, (), 1)
    text = flat(render(facts_of(night, (), shipped_words().report), shipped_words()).text)
    assert "2 emails waiting, 1 duplicate to decide." in text
    assert "duplicate" not in flat(rendered(ITEMS).text)


def test_text_and_html_hold_the_same_numbers() -> None:
    """No reference, count or time is in only one of them."""
    body = rendered(ITEMS, LETTERS, received=3, clocks=CLOCKS)
    in_text, in_html = (
        set(re.findall(r"[\w-]*\d[\w-]*", text)) for text in (body.text, " ".join(words_shown(body.html)))
    )
    assert in_text == in_html


def test_an_empty_night_still_says_so() -> None:
    """Silence must not look like success: the quiet report proves that everything was looked at."""
    text = flat(rendered().text)
    assert "Nothing waits for a person" in text
    assert "Received in all: 2" in text
    assert "Accounted for: all" in text
    assert "Intake log: 7 lines, ending 7f3a91c2" in text


def test_a_mail_that_is_not_accounted_for_is_told_at_the_top() -> None:
    """A lost mail is worst of all: before any list."""
    text = rendered(ITEMS, received=4).text
    assert text.index("cannot be accounted for") < text.index("Alerts nobody has acted on")


def test_alerts_stand_first_and_are_marked() -> None:
    """The first table is the alerts', and looks it."""
    html = rendered(ITEMS).html
    assert re.findall(r'<table class="([^"]*)">', html)[:2] == ["listing loud", "listing"]


def test_an_old_item_shows_its_year() -> None:
    """A time without a year is of this year."""
    text = flat(rendered(ITEMS).text)
    assert "Tue 20 Oct 2025" not in text
    assert "Mon 20 Oct 2025, 5:05pm" in text
    assert "Tue 24 Nov, 1:05pm" in text


def test_a_flood_is_cut_and_counted() -> None:
    """A mail program can still show the report of a bad night, which says how much it leaves out."""
    body = rendered(tuple(OpenItem("locked", Severity.TODAY, f"m-{n:012}", NOW) for n in range(MOST_ROWS + 7)))
    assert "and 7 more" in body.text
    assert f"({MOST_ROWS + 7})" in body.text
    assert body.text.count("m-0000") == MOST_ROWS


@pytest.mark.parametrize("code", ["unopened-purview", "locked", "late-submission", "letter-abandoned", "wrong-form"])
def test_a_known_code_is_said_in_words(code: str) -> None:
    """By its own words, its check's, or its family's."""
    assert " " in meaning_of(code, shipped_words().report.meanings)


def test_every_alert_the_shipped_configuration_can_raise_has_words(tmp_path: Path) -> None:
    """The duty channel never has to guess what a code means."""
    codes = {*settings(tmp_path).safety.phrases, SAID_ON_THE_FORM, "wrong-form"}
    assert codes <= set(shipped_words().common.alert_codes)


MARKUP = (
    "<script>alert(1)</script>",
    "<a href='https://evil.example'>x</a>",
    "https://evil.example",
    '"><img src=x>',
    "&lt;",
)


@pytest.mark.parametrize("words", MARKUP)
def test_markup_in_what_is_told_stays_words(words: str) -> None:
    """Whatever stood where a code or a number should, the report's page has no element and no link of it."""
    items = (OpenItem(words, Severity.TODAY, words, NOW),)
    letters = (OutboxLine(LetterKind.RECEIPT, LetterState.ABANDONED, words, NOW, 1, words),)
    body, plain = rendered(items, letters), rendered(ITEMS, LETTERS)
    assert words in " ".join(words_shown(body.html)).replace("\n", " ")
    for element in ("<script", "<img", "<a "):
        assert body.html.lower().count(element) == plain.html.lower().count(element)
