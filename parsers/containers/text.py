"""Bytes to text whatever a stranger says of their charset, and HTML to the words a person would see."""

import re
from typing import Final

from lxml import etree, html

from parsers.limits import MAX_ATTRIBUTES, MAX_BODY_BYTES

_ALIASES: Final = {
    "": "utf-8",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "ansi_x3.4-1968": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "utf8": "utf-8",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "ansi": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "ks_c_5601-1987": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
"""What writers say and mean: Latin-1 is read as Windows-1252, as every browser does (WHATWG encoding standard)."""

_KNOWN: Final = frozenset(
    {"utf-8", "utf-16", "utf-16le", "utf-16be", "utf-16-le", "utf-16-be", "koi8-r", "koi8-u", "macintosh", "cp949"}
    | {"gb18030", "big5", "euc-kr", "euc-jp", "shift_jis", "iso-2022-jp", "tis-620", "cp437", "cp850"}
    | {f"iso-8859-{number}" for number in range(2, 17) if number != 12}
    | {f"windows-{number}" for number in range(1250, 1259)}
    | {f"cp{number}" for number in range(1250, 1259)}
)
"""A closed list: Python's own registry also knows ``idna``, ``zip`` and ``undefined`` (security.md 33)."""

_UNSEEN: Final = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "svg"})
_CELLS: Final = frozenset({"td", "th"})
_LINES: Final = frozenset(
    {"p", "div", "br", "tr", "table", "li", "ul", "ol", "dl", "dt", "dd", "hr", "pre", "blockquote", "section", "form"}
    | {f"h{level}" for level in range(1, 7)}
)
_BLANKS: Final = re.compile(r"[ \xa0\r\n\f\v]+")
_QUOTED: Final = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')")
_OPENED: Final = re.compile(r"<[a-zA-Z][^<>]*")
_TAG: Final = re.compile(r"<[^<>]*>")
_BLANK_LINES: Final = re.compile(r"\n{3,}")


def clean(text: str, limit: int) -> str:
    """Return at most ``limit`` characters that UTF-8 can carry: halves of surrogate pairs become U+FFFD."""
    return text[:limit].encode("utf-8", "surrogatepass").decode("utf-8", "replace")[:limit]


def decode(data: bytes, label: str) -> tuple[str, bool]:
    """Decode by the claimed charset, else by UTF-8, else by Windows-1252; tell whether the claim was good.

    Never raises, whatever the label: empty, misspelt, not a text encoding, with NUL in it.
    """
    name = label.strip().strip("\"'").lower()
    name = _ALIASES.get(name, name)
    if name in _KNOWN:
        text = _strictly(data, name)
        if text is not None:
            return text, True
    text = _strictly(data, "utf-8")
    if text is None:
        text = data.decode("cp1252", "replace")
    return text, False


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):
        return None


def words_of_html(markup: str) -> str:
    """Return the words of a page: blocks on lines, cells of a row parted by tabs; whatever stands between tags else."""
    root = page_of(markup)
    return _tidy(_TAG.sub("\n", markup[:MAX_BODY_BYTES]) if root is None else "".join(_walk(root)))


def page_of(markup: str) -> etree._Element | None:
    """Return a page's tree of at most MAX_BODY_BYTES; None where it cannot be read to its end.

    That is where it is 2,048 elements deep, or an element has more than MAX_ATTRIBUTES.
    """
    if len(markup) > MAX_ATTRIBUTES and _has_too_many_attributes(markup[:MAX_BODY_BYTES]):
        return None
    data = markup.encode("utf-8", "replace")[:MAX_BODY_BYTES]
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return None if any(fault.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for fault in parser.error_log) else root


def _has_too_many_attributes(markup: str) -> bool:
    bare = _QUOTED.sub("=", markup)
    return any(len(tag) > MAX_ATTRIBUTES and len(tag.split()) > MAX_ATTRIBUTES + 1 for tag in _OPENED.findall(bare))


def _walk(root: etree._Element) -> list[str]:
    """Collect text and tails in order, without recursion: a page may be nested as deep as it likes."""
    pieces: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            unseen += tag in _UNSEEN
            pieces.append("\n" if tag in _LINES and tag != "br" else "")
            pieces.append("" if unseen else _BLANKS.sub(" ", element.text or ""))
        else:
            unseen -= tag in _UNSEEN
            pieces.append("\t" if tag in _CELLS else "\n" if tag in _LINES else "")
            pieces.append("" if unseen else _BLANKS.sub(" ", element.tail or ""))
    return pieces


def _tidy(text: str) -> str:
    return _BLANK_LINES.sub("\n\n", "\n".join(line.strip(" \t") for line in text.split("\n"))).strip()
