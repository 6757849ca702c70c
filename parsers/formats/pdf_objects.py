"""What is taken from the objects of a PDF file: texts and whole numbers, nothing for what is neither."""

from typing import Any, Final

import pikepdf

from parsers.formats.pdf_unpacking import content_of

MAX_VALUE: Final = 65_536
MAX_TEXT_STREAM: Final = 1_000_000
"""Of a text that is a stream, unpacked; what is longer is no answer, and the file over the limit."""
_TEXTS: Final = (pikepdf.String, pikepdf.Name, str)

Object = Any
"""pikepdf's objects answer with any of their kinds."""


def of(node: Object, key: str) -> Object:
    """Return what a dictionary of the file holds, or None; pikepdf's ``get`` alone is six times as slow at a miss."""
    return node.get(key) if key in node else None


def number_of(value: Object) -> int:
    """Return a whole number, 0 for what is none."""
    return value if isinstance(value, int) else 0


def text_of(value: Object) -> str:
    """Return a text of the file, from a stream too, with one kind of line end; nothing for what is no text."""
    if value is None:
        return ""
    if isinstance(value, _TEXTS):
        text = str(value)
    elif isinstance(value, pikepdf.Stream):
        content = content_of(value, MAX_TEXT_STREAM)[:MAX_VALUE]
        text = content.decode("utf-16" if content[:2] in {b"\xfe\xff", b"\xff\xfe"} else "latin-1", "replace")
    else:
        return ""
    return text if text.isprintable() else text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
