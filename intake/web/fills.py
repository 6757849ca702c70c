"""What bars are filled with: a colour and a pattern each, either tells them apart; all at least 3:1 on white."""

from collections.abc import Sequence

from markupsafe import Markup

from intake.web.svg import element

BLUE, GREEN, PURPLE, RED, GREY = "#1d70b8", "#00703c", "#4c2c92", "#d4351c", "#505a5f"
STRIPES, DOTS, BARS, CROSSES = (
    "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4",
    "M4,1.5 v5 M1.5,4 h5",
    "M4,0 v8",
    "M0,0 l8,8 M8,0 l-8,8",
)
PATTERNS: Sequence[tuple[str, str]] = ((BLUE, ""), (GREEN, STRIPES), (RED, CROSSES), (PURPLE, BARS), (GREY, DOTS))
"""In the order of the parts; the first is solid."""


def fill(code: str, number: int) -> str:
    """Return what the bars of a figure's part are filled with, by its number from 0."""
    colour, path = PATTERNS[number % len(PATTERNS)]
    return f"url(#{code}-{number % len(PATTERNS)})" if path else colour


def definitions(code: str, count: int) -> Markup:
    """Return the patterns of a figure with so many parts, under names of its own."""
    made = [
        element(
            "pattern",
            element("rect", width=8, height=8, fill="#ffffff"),
            element("path", d=path, stroke=colour, stroke_width=2.5, fill="none"),
            id=f"{code}-{number}", width=8, height=8, patternUnits="userSpaceOnUse",
        )
        for number, (colour, path) in enumerate(PATTERNS[:count])
        if path
    ]  # fmt: skip
    return element("defs", *made)
