"""Ticks drawn with a symbol font: what the letter looks like on the page, not what it is in Unicode.

Source: the fonts' own tables (Wingdings, Wingdings 2, Webdings); Word writes the code bare or in the private area.
"""

import re

from parsers.document import TICKED, UNTICKED

_HEX = re.compile("[0-9A-Fa-f]{1,4}")
_PRIVATE_AREA = 0xF000
_TICKED = {
    "wingdings": (0xFB, 0xFC, 0xFD, 0xFE, 0x78),
    "wingdings 2": (0x4F, 0x50, 0x51, 0x52, 0x53, 0x54),
    "webdings": (0x61, 0x72),
}
_UNTICKED = {
    "wingdings": (0x6F, 0x70, 0x71, 0x72, 0xA8),
    "wingdings 2": (0x2A, 0x30, 0x35, 0xA3),
    "webdings": (0x63,),
}
FONTS = frozenset(_TICKED)
_MEANING = {(font, code): TICKED for font, codes in _TICKED.items() for code in codes} | {
    (font, code): UNTICKED for font, codes in _UNTICKED.items() for code in codes
}


def symbol(font: str, code: int) -> str:
    """Return ``☒`` or ``☐`` for a tick-box of a symbol font, nothing for any other of its drawings."""
    return _MEANING.get((font.casefold(), code - _PRIVATE_AREA if code >= _PRIVATE_AREA else code), "")


def symbols(font: str, text: str) -> str:
    """Return a text set in a symbol font as what is seen."""
    return "".join(letter if letter.isspace() else symbol(font, ord(letter)) for letter in text)


def drawn(font: str, code: str) -> str:
    """Return what ``w:sym`` draws: a tick-box of a symbol font, or any font's own letter; ``code`` is hexadecimal."""
    if not _HEX.fullmatch(code):
        return ""
    number = int(code, 16)
    if font.casefold() in FONTS or number >= _PRIVATE_AREA:
        return symbol(font, number)
    return chr(number) if chr(number).isprintable() else ""
