"""What an attached page, drawing or text would do when a person opens it (incident 73; security.md 2.1: 21, 26).

A mail's own words are never asked: no mail program runs what is in them. An attached page runs in a browser.
"""

import re
from collections.abc import Iterator
from typing import Final

MAX_BYTES: Final = 8 * 1024 * 1024
_PAGE_NAME: Final = re.compile(r"\.(?:x?html?|shtml?|xht|svgz?|xml|xsl|mht)[ .]*$", re.IGNORECASE)
_LOOK: Final = 4_096
_SHORTCUT: Final = re.compile(
    rb"\s*+(?:\[(?:internetshortcut|shell|\.shellclassinfo|autorun)\]|web\r?\n1\r?\n|id;p|regedit4\b"
    rb"|windows registry editor version|(?:[a-z][a-z ]{2,40}:[sib]:[^\r\n]{0,300}\r?\n){0,80}full address:s:"
    rb"|(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--.{0,500}?-->\s*+)*+<(?:searchconnectordescription|librarydescription|persistedquery"
    rb"|pcsettings|scriptlet\b|(?:package|job|component)\b.{0,2000}?<script\b))",
    re.IGNORECASE | re.DOTALL,
)
"""Shortcuts, queries, searches and connections elsewhere, keys for the registry, Windows' own scripts in XML."""
_APPLICATION: Final = re.compile(rb"<hta:application\b", re.IGNORECASE)
_DRAWING: Final = re.compile(rb"<(?:[a-z]{1,20}:)?svg\b", re.IGNORECASE)
_IN_A_PAGE: Final = re.compile(rb"<(?:html|head|body|div|table|p|span|center)\b", re.IGNORECASE)
_SCRIPT: Final = re.compile(
    rb"<(?:[a-z]{1,20}:)?script\b|(?:java|vb)script\s*:|\bsrcdoc\s*=|[\"'=]\s*data:(?:text/html|image/svg)"
    rb"|[\s\"'/]on(?:load\w{0,10}|unload|error|click|dblclick|mouse\w{2,6}|key\w{2,5}|focus\w{0,3}|blur|change|submit"
    rb"|toggle|begin|end|repeat|resize|scroll|wheel|pointer\w{2,7}|touch\w{3,6}|animation\w{3,9}|transition\w{3,6}"
    rb"|before\w{4,12}|pageshow|hashchange|popstate|readystatechange|drag\w{0,5}|drop|copy|cut|paste)\s*=\s*[\"'a-z]",
    re.IGNORECASE,
)
_CODED: Final = re.compile(
    rb"\batob\b|\bunescape\s*\(\s*[\"'][^\"']{200}|(?<!value=)[\"'`][A-Za-z0-9+/=%\\]{1500}"
    rb"|(?:\b(?:0x[0-9a-f]{1,2}|\d{1,3})\s*,\s*){400}"
    rb"|(?:\\x[0-9a-f]{2}){200}",
    re.IGNORECASE,
)
"""What unpacks words into bytes, and what is so packed."""
_HANDED_OUT: Final = re.compile(
    rb"\bblob\b|createobjecturl|mssave|\bsaveas\b|\bdownload\b|document\s*\.\s*write|\beval\b|\bfunction\s*\(\s*[\"']"
    rb"|\blocation\b|\binnerhtml\b|srcdoc|\.click\s*\(|fromcharcode",
    re.IGNORECASE,
)
"""What makes a file, a page or a script of them."""
_FORMULA: Final = re.compile(rb"(?:^|[,;\t\"\r\n])[ \t]{0,20}[=+\-@][A-Za-z0-9_.+\-]{1,40}\|\s*'", re.MULTILINE)
"""A cell that asks another program for its value (DDE)."""


def has_page_name(name: str) -> bool:
    """Tell whether a browser opens what bears this name, and runs what is in it."""
    return _PAGE_NAME.search(name) is not None


def is_shortcut(head: bytes) -> bool:
    """Tell whether plain words are what a double click runs or connects by, whatever they are called."""
    words = _plain(head[:_LOOK])
    return _SHORTCUT.match(words) is not None or _APPLICATION.search(words) is not None


def carried_by(data: bytes, name: str, *, is_page: bool) -> tuple[str, ...]:
    """Return what a file of words would do when it is opened; what begins as a page or is called one is one too.

    ``script-bait``: no drawing has need of a script, a page that builds a file hides it from the mail's border, and a
    cell that starts a program is no figure. ``page-script``: any other script.
    """
    words = _plain(data[:MAX_BYTES])
    return tuple(_told(words, is_page=is_page or words[:_LOOK].lstrip()[:1] == b"<" or has_page_name(name)))


def _told(words: bytes, *, is_page: bool) -> Iterator[str]:
    if not is_page:
        if _FORMULA.search(words):
            yield "script-bait"
        return
    if not _SCRIPT.search(words):
        return
    drawing = _DRAWING.search(words[:_LOOK])
    drawn = drawing is not None and not _IN_A_PAGE.search(words[: drawing.start()])
    builds = _CODED.search(words) and _HANDED_OUT.search(words)
    yield "script-bait" if drawn or builds else "page-script"


def _plain(data: bytes) -> bytes:
    """Return the words as ASCII has them: those in UTF-16 without the bytes that are nothing."""
    return data.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
