"""The pictures of figures: whole XML that any policy lets be, with every count in it, whatever agencies are called."""

import re
from datetime import date
from itertools import count, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml.html import fragment_fromstring

from intake.domain import reported
from intake.domain.figure_facts import Facts, MessageFact, Period, ReferralFact
from intake.domain.figures import Dimension, Drawing, Figure, Hidden, Role
from intake.domain.small_numbers import fit_to_leave
from intake.web.charts import SHORT, chart
from intake.web.figure_words import cell_in_words, column_name, title
from intake.web.fills import PATTERNS
from intake.web.svg import SOFT, WIDTH
from tests.builders.figures import CLOCKS, PERIOD, alert, form_mail, letter, mails, misdirected, referral, referrals

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "defs", "pattern", "rect", "path", "line", "text"}
HOSTILE = '</text><script>alert(1)</script>" onload="x\' &amp;\x00\x01\ud800<!--'
NAMES = {Dimension.AGENCY: {"gmp": HOSTILE, "salford-council": "Salford City Council"}}
LATE = referral(
    days=9,
    missing=("summary", "child"),
    notified_on=date(2026, 11, 17),
    reviewed_on=date(2026, 12, 1),
    decided_on=date(2026, 11, 30),
)


def every_figure() -> tuple[Figure, ...]:
    """Return one of each figure there is, made of a few facts."""
    facts = [referral(), LATE, LATE, referral(None, 9), referral("salford-council", 10)]
    post = (
        [misdirected()],
        [alert()],
        [form_mail(), form_mail(is_read_whole=False)],
        [letter(), letter(has_bounced=True)],
    )
    return reported.figures(Facts(facts, *post), PERIOD, CLOCKS)


FIGURES = (*every_figure(), *fit_to_leave(every_figure()))
NAMED = [f"{figure.code}-{number}" for figure, number in zip(FIGURES, count(), strict=False)]


def parsed(figure: Figure) -> etree._Element:
    """Return a picture as XML; not well formed, it fails."""
    return etree.fromstring(str(chart(figure, NAMES)))


def texts(figure: Figure) -> list[str]:
    """Return the texts that are drawn."""
    return [element.text or "" for element in parsed(figure).iter(f"{SVG}text")]


def numbers(drawn: list[str]) -> list[str]:
    """Return the numbers and marks among texts, sorted; the foot's total and what explains marks are other texts."""
    return sorted(text.removeprefix("Total ") for text in drawn if re.fullmatch(r"(Total )?(\d+|<5|\*)", text))


@pytest.mark.parametrize("figure", FIGURES, ids=NAMED)
def test_every_count_is_drawn(figure: Figure) -> None:
    """Each count of each row with any and of the total stands there as often as in the table, hidden ones as such."""
    places = [place for place, column in enumerate(figure.columns) if column.role is not Role.STATISTIC]
    is_whole = figure.drawing is Drawing.DISTRIBUTION
    rows = [row for row in figure.rows if is_whole or row.cells[figure.whole] != 0]
    cells = [row.cells[place] for row in (*rows, figure.total) for place in places]
    said = [one for one in texts(figure) if one.endswith("left out here")]
    assert len(said) == (len(rows) < len(figure.rows))
    assert numbers(texts(figure)) == sorted(SHORT[cell] if isinstance(cell, Hidden) else str(cell) for cell in cells)


@pytest.mark.parametrize("figure", FIGURES, ids=NAMED)
def test_it_is_named_and_described(figure: Figure) -> None:
    """A screen reader meets one picture with a title and a description; ids are the figure's own."""
    svg = parsed(figure)
    assert svg.get("role") == "img"
    said = {element.get("id"): element.text for element in svg if element.get("id")}
    assert svg.get("aria-labelledby", "").split() == list(said)
    assert next(iter(said.values())) == title(figure) != figure.code
    assert all(said.values())
    ids = [element.get("id") for element in svg.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    assert all(identity.startswith(figure.code) for identity in ids)


@pytest.mark.parametrize("figure", FIGURES, ids=NAMED)
def test_the_strictest_policy_lets_it_be(figure: Figure) -> None:
    """No style, no script, no link, no handler: only shapes and texts by their own attributes."""
    for element in parsed(figure).iter():
        assert str(element.tag).removeprefix(SVG) in ALLOWED
        assert not [name for name in element.attrib if name.startswith("on") or name in {"style", "href", "src"}]


@pytest.mark.parametrize("figure", FIGURES, ids=NAMED)
def test_nothing_stands_outside_the_picture(figure: Figure) -> None:
    """Bars and feet of texts lie within its box, on a telephone as on a desk."""
    svg = parsed(figure)
    height = float(svg.get("viewBox", "").split()[3])
    for element in svg.iter(f"{SVG}rect", f"{SVG}text"):
        if element.getparent() is not None and element.getparent().tag == f"{SVG}pattern":
            continue
        x, y = float(element.get("x", "0")), float(element.get("y", "0"))
        assert x >= 0
        assert x + float(element.get("width", "0")) <= WIDTH
        assert y >= 0
        assert y + float(element.get("height", "0")) <= height


@settings(max_examples=30)
@given(st.text(max_size=60), st.lists(referrals(), max_size=8))
def test_whatever_an_agency_is_called_it_is_only_text(name: str, facts: list[ReferralFact]) -> None:
    """Browser and XML reader agree on a picture of our own elements, whatever stands in a name."""
    for figure in reported.figures(Facts(facts), PERIOD, CLOCKS):
        made = str(chart(figure, {Dimension.AGENCY: {"gmp": name}, Dimension.SECTION: {"summary": name}}))
        svg = etree.fromstring(made)
        assert {str(element.tag).removeprefix(SVG) for element in svg.iter()} <= ALLOWED
        in_a_page = fragment_fromstring(made)
        assert {str(element.tag).rpartition("}")[2] for element in in_a_page.iter()} <= ALLOWED


def test_a_hostile_name_is_shown_as_it_is_written() -> None:
    """Nothing of it is lost but what XML cannot hold."""
    shown = " ".join(texts(reported.by_agency([referral()], PERIOD)))
    assert "".join(HOSTILE.split()).replace("\x00\x01\ud800", "\ufffd" * 3) in "".join(shown.split())


def test_bars_are_as_long_as_their_numbers() -> None:
    """Twice the number is twice the bar."""
    figure = reported.days_to_referral([referral(days=1), referral(days=1), referral(days=3)], PERIOD, 5)
    assert figure.drawing is Drawing.DISTRIBUTION
    widths = [float(bar.get("width", "0")) for bar in parsed(figure).iter(f"{SVG}rect")]
    assert len(widths) == 2
    assert widths[0] == pytest.approx(2 * widths[1])


def test_the_line_of_five_days_stands_between_five_and_six() -> None:
    """It is dashed, labelled in words, under all that came within it and above all that came later."""
    svg = parsed(reported.days_to_referral([referral(days=3)], PERIOD, 5))
    (line,) = [float(one.get("y1", "")) for one in svg.iter(f"{SVG}line") if one.get("stroke-dasharray") != "none"]
    at = {one.text: float(one.get("y", "")) for one in svg.iter(f"{SVG}text") if one.get("text-anchor") == "start"}
    assert at["5 days"] < line < at["6 to 10 days"]


def test_a_year_of_months_fits() -> None:
    """Twelve months have twelve bars, and months are named where there is room for it."""
    year = Period(date(2026, 1, 1), date(2026, 12, 31))
    figure = reported.by_agency([referral(month=month) for month in range(1, 13)], year)
    named = [
        float(one.get("x", ""))
        for one in parsed(figure).iter(f"{SVG}text")
        if re.match("[A-Z][a-z]{2} 2", one.text or "")
    ]
    assert len(named) == 2 * 4
    assert all(right - left >= 64 for left, right in pairwise(named) if right > left)


@pytest.mark.parametrize("colour", [*(colour for colour, _ in PATTERNS), SOFT])
def test_colours_stand_out_from_the_page(colour: str) -> None:
    """At least 3 to 1 against white (WCAG 1.4.11)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 3


def test_no_two_parts_look_alike() -> None:
    """Of each figure every part has a pattern of its own, and a name."""
    for figure in FIGURES:
        if figure.drawing is Drawing.STACKS:
            assert len(figure.parts) <= len({path for _, path in PATTERNS})
            assert [column_name(column) for column in figure.columns if column_name(column) == column.code] == []


@given(st.lists(mails(), max_size=10))
@settings(max_examples=20)
def test_an_empty_picture_is_one_too(some: list[MessageFact]) -> None:
    """Without any referral there is still a picture, with noughts."""
    for figure in reported.figures(Facts((), some), PERIOD, CLOCKS):
        total = figure.total.cells[figure.whole]
        assert cell_in_words(total, figure.columns[figure.whole].unit) in numbers(texts(figure))
