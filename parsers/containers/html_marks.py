"""What a page's elements say beside their words: left out, a tick-box, a merged cell."""

import re
from typing import Final

from lxml import etree

from parsers.document import TICKED, UNTICKED

_UNSEEN: Final = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "svg"})
_STRUCK: Final = frozenset({"s", "strike", "del"})
_STYLED_AWAY: Final = re.compile(
    r"text-decoration[a-z-]{0,20}+\s{0,9}+:[^;]{0,80}line-through|display\s{0,9}+:\s{0,9}+none"
    r"|visibility\s{0,9}+:\s{0,9}+hidden|mso-hide\s{0,9}+:\s{0,9}+all"
    r"|font-size\s{0,9}+:\s{0,9}+0{1,9}+(?:\.0{1,9}+)?+(?:px|pt|em|%)?+\s{0,9}+(?:;|!|$)",
    re.IGNORECASE,
)
_BOLD: Final = re.compile(r"font-weight\s{0,9}:\s{0,9}(?:bold|[6-9]00)", re.IGNORECASE)
_BOXES: Final = str.maketrans(
    dict.fromkeys("☑🗹🗷⊠\uf0fe\uf0fd\uf078", TICKED) | dict.fromkeys("□▢◻⬜❏❑\uf0a8\uf06f\uf071\uf072", UNTICKED)
)
_DRAWN: Final = {
    "wingdings": dict.fromkeys("ûüýþx", TICKED) | dict.fromkeys("opqr¨", UNTICKED),
    "wingdings 2": dict.fromkeys("OPQRST", TICKED) | dict.fromkeys("*05£", UNTICKED),
}
"""What the letters of a symbol font look like (the fonts' own tables); its other drawings are no words."""
_FONT: Final = re.compile(
    r"(?:font-family\s{0,9}:|\Aface:)\s{0,9}[\"']?(wingdings(?: 2)?)\s{0,9}(?:[\"',;!]|$)", re.IGNORECASE
)


def is_left_out(tag: str, element: etree._Element) -> bool:
    """Tell an element nobody is meant to read: code, struck or hidden words, an option not taken."""
    if tag in _UNSEEN or tag in _STRUCK or element.get("hidden") is not None:
        return True
    if tag == "option" and element.get("selected") is None:
        return True
    return _STYLED_AWAY.search(element.get("style") or "") is not None


def is_bold(tag: str, element: etree._Element) -> bool:
    """Tell an element that prints its words bold."""
    return tag in {"b", "strong"} or _BOLD.search(element.get("style") or "") is not None


def control(tag: str, element: etree._Element) -> str:
    """Return what a form's control shows: its box, or the text typed into it."""
    if tag != "input":
        return ""
    kind = (element.get("type") or "text").lower()
    if kind in {"checkbox", "radio"}:
        return UNTICKED if element.get("checked") is None else TICKED
    return (element.get("value") or "") if kind in {"text", "date", "email", "tel", "number"} else ""


def ticks(text: str, element: etree._Element) -> str:
    """Return words with boxes of any make as ours; letters are boxes only where their own element says Wingdings."""
    found = _FONT.search(f"face:{element.get('face') or ''};{element.get('style') or ''}")
    if found:
        drawn = _DRAWN[found[1].lower()]
        text = "".join(drawn.get(letter, letter if letter.isspace() or letter > "\xff" else "") for letter in text)
    return text.translate(_BOXES)


def span(element: etree._Element, name: str, most: int) -> int:
    """Return how many columns or rows a cell covers, from 1 to ``most``."""
    text = (element.get(name) or "").strip()
    return max(1, min(int(text[:4]), most)) if text.isascii() and text.isdigit() else 1
