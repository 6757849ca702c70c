"""Small pieces of SVG: every word and attribute escaped, no style and no script, so the strictest policy lets it be."""

from collections.abc import Iterable
from html import escape

from markupsafe import Markup

INK, SOFT = "#0b0c0c", "#505a5f"
WIDTH = 320
"""Units: on the narrowest screen one is nearly a pixel, so type of 14 is legible there."""
TYPE = 14
SHOWN = 1.4
"""Where there is room: type as large as the page's own."""


def element(name: str, *inside: Markup, **attributes: str | float) -> Markup:
    """Return an element; attributes' ``_`` stand for ``-``, one at the end for nothing."""
    said = "".join(f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items())
    return Markup(f"<{name}{said}>{''.join(inside)}</{name}>")  # noqa: S704 - every part is escaped or ours


def words(text: str) -> Markup:
    """Return a text, escaped, without what XML cannot hold."""
    return Markup(escape("".join(char if _may_stand(char) else "\ufffd" for char in text)))  # noqa: S704 - escaped here


def label(x: float, y: float, text: str, anchor: str = "start", *, weight: str = "normal", fill: str = INK) -> Markup:
    """Return a text at a place, its line's foot at ``y``."""
    written = words(text)
    return element("text", written, x=x, y=y, text_anchor=anchor, font_weight=weight, font_size=TYPE, fill=fill)


def bar(x: float, y: float, width: float, height: float, fill: str, *, tip: str = "") -> Markup:
    """Return a bar with an edge in ink, so that what it is filled with need not be told by its colour."""
    inside = (element("title", words(tip)),) if tip else ()
    return element("rect", *inside, x=x, y=y, width=width, height=height, fill=fill, stroke=INK, stroke_width=1)


def rule(x1: float, y1: float, x2: float, y2: float, *, dashes: str = "none", width: float = 1) -> Markup:
    """Return a straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=INK, stroke_width=width, stroke_dasharray=dashes)


def picture(code: str, title: str, says: str, height: float, inside: Iterable[Markup]) -> Markup:
    """Return the whole picture, which a screen reader names by its title and describes by ``says``."""
    named, described = f"{code}-title", f"{code}-says"
    return element(
        "svg",
        element("title", words(title), id=named),
        element("desc", words(says), id=described),
        *inside,
        xmlns="http://www.w3.org/2000/svg", class_="staff-chart", role="img", aria_labelledby=f"{named} {described}",
        viewBox=f"0 0 {WIDTH} {_value(height)}", width=WIDTH * SHOWN, height=height * SHOWN,
        font_family="arial, sans-serif",
    )  # fmt: skip


def lines(text: str, most: int) -> list[str]:
    """Return a text cut into lines of at most so many characters, between words where it can be."""
    found = [""]
    for word in text.split():
        if found[-1] and len(found[-1]) + 1 + len(word) > most:
            found.append("")
        found[-1] = f"{found[-1]} {word}".strip()
    return [part for line in found for part in ([line[at : at + most] for at in range(0, len(line), most)] or [""])]


def _value(value: str | float) -> str:
    return str(words(value)) if isinstance(value, str) else f"{value:g}"


def _may_stand(char: str) -> bool:
    """Tell whether XML 1.0 has the character (2.2)."""
    code = ord(char)
    return char in "\t\n\r" or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
