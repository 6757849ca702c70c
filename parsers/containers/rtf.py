"""The body Outlook keeps as compressed RTF ([MS-OXRTFCP]), and the page or words it was made from ([MS-OXRTFEX])."""

import re
from dataclasses import dataclass, replace
from typing import Final

MAX_BYTES: Final = 2 * 1024 * 1024
"""Of the RTF, which is up to three times its page."""
_HEAD: Final = 16
_COMPRESSED, _PLAIN = b"LZFu", b"MELA"
_WINDOW: Final = 4096
_BEGUN: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
"""What the window holds at first ([MS-OXRTFCP] 2.1.2.1)."""
_TOKEN: Final = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,9})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z'])|([{}])|([^\\{}\r\n]+)|[\r\n]+", re.DOTALL
)
_ASIDE: Final = frozenset(
    {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"mhtmltag"}
)
_DRAWN: Final = {
    b"par": "\n", b"line": "\n", b"tab": "\t", b"cell": "\t", b"row": "\n", b"lquote": "\u2018", b"rquote": "\u2019",
    b"ldblquote": "\u201c", b"rdblquote": "\u201d", b"bullet": "\u2022", b"endash": "\u2013", b"emdash": "\u2014",
}  # fmt: skip
_SYMBOLS: Final = {b"~": "\xa0", b"_": "\u2011", b"{": "{", b"}": "}", b"\\": "\\"}


class BrokenRtf(Exception):
    """A compressed body that cannot be unpacked."""


@dataclass(frozen=True, slots=True)
class _Group:
    aside: bool = False
    markup: bool = False
    """In a page's own tag: written out for a page, passed over for words."""
    doubled: bool = False
    """In RTF that only repeats what a tag beside it says."""
    fallback: int = 1


def unpacked(data: bytes) -> bytes:
    """Return the RTF of a compressed body, at most MAX_BYTES of it; raises BrokenRtf."""
    kind, size = data[8:12], min(int.from_bytes(data[4:8], "little"), MAX_BYTES)
    if kind == _PLAIN:
        return data[_HEAD : _HEAD + size]
    if kind != _COMPRESSED:
        raise BrokenRtf
    history, at = bytearray(_BEGUN), _HEAD
    while at < len(data) and len(history) < len(_BEGUN) + size:
        flags, at = data[at], at + 1
        for bit in range(8):
            if flags >> bit & 1:
                token, at = int.from_bytes(data[at : at + 2], "big"), at + 2
                distance = (len(history) - (token >> 4)) % _WINDOW
                if at > len(data) or not 0 < distance <= len(history):  # the end is a step of no distance
                    return bytes(history[len(_BEGUN) :][:size])
                for _ in range((token & 15) + 2):
                    history.append(history[-distance])
            else:
                history += data[at : at + 1]
                at += 1
    return bytes(history[len(_BEGUN) :][:size])


def words_or_page(rtf: bytes) -> tuple[str, bool]:
    """Return what an RTF was made from, and whether that is a page (HTML) rather than plain words."""
    page = b"\\fromhtml" in rtf[:1024]
    codepage = re.search(rb"\\ansicpg(\d{3,5})", rtf[:1024])
    charset = f"cp{int(codepage[1])}" if codepage and int(codepage[1]) in range(1250, 1259) else "cp1252"
    return _Reader(charset, page=page).read(rtf), page


class _Reader:
    def __init__(self, charset: str, *, page: bool) -> None:
        self._charset = charset
        self._page = page
        self._out: list[str] = []
        self._raw = bytearray()
        self._groups = [_Group()]
        self._starred = False
        self._skip = 0

    def read(self, rtf: bytes) -> str:
        """Return the words in order."""
        for found in _TOKEN.finditer(rtf):
            word, number, code, symbol, brace, text = found.groups()
            if brace:
                self._brace(brace)
            elif word:
                self._word(word, int(number) if number else None)
            elif code:
                self._bytes(bytes.fromhex(code.decode("ascii")))
            elif symbol == b"*":
                self._starred = True
            elif symbol in _SYMBOLS:
                self._say(_SYMBOLS[symbol])
            elif text:
                self._bytes(text)
        self._flush()
        return "".join(self._out)

    @property
    def _now(self) -> _Group:
        return self._groups[-1]

    def _brace(self, brace: bytes) -> None:
        self._skip, self._starred = 0, False
        if brace == b"{":
            self._groups.append(self._now)
        elif len(self._groups) > 1:
            self._groups.pop()

    def _word(self, word: bytes, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if word == b"htmlrtf":
            self._groups[-1] = replace(self._now, doubled=number != 0)
        elif word == b"htmltag":
            self._groups[-1] = replace(self._now, markup=True, aside=not self._page)
        elif word in _ASIDE or starred:
            self._groups[-1] = replace(self._now, aside=True)
        elif word == b"uc":
            self._groups[-1] = replace(self._now, fallback=min(number or 0, 8))
        elif word == b"u" and number is not None:
            point = number % 65_536
            self._say(chr(point) if not 0xD800 <= point < 0xE000 else "\ufffd")
            self._skip = self._now.fallback
        elif word in _DRAWN:
            self._say(_DRAWN[word])

    def _bytes(self, data: bytes) -> None:
        passed = min(self._skip, len(data))
        self._skip -= passed
        if not (self._now.aside or self._now.doubled):
            self._raw += data[passed:]

    def _say(self, text: str) -> None:
        if not (self._now.aside or self._now.doubled):
            self._flush()
            self._out.append(text)

    def _flush(self) -> None:
        self._out.append(self._raw.decode(self._charset, "replace"))
        self._raw.clear()
