"""Files that stand written into words: uuencoded blocks, and what a calendar's entry brings along in itself."""

import binascii
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from parsers.containers.as_mime import Enclosure
from parsers.containers.transfer import from_base64

MAX_INLINE: Final = 20
"""Files of one part that are taken out; what stands behind stays words."""
MAX_BEGINNINGS: Final = 500
"""Lines of one part that are tried as the beginning of a file; most parts have none."""
_BEGIN: Final = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,300})\r?\n", re.MULTILINE)
_FOLD: Final = re.compile(rb"\r?\n[ \t]")
_ATTACHED: Final = re.compile(rb"^ATTACH;([^:\r\n]{1,900}):([A-Za-z0-9+/= ]+)", re.MULTILINE | re.IGNORECASE)
"""RFC 5545 3.8.1.1, in base64; one that is only a link has no content here."""
_FILE_NAME: Final = re.compile(rb"(?:^|;)(?:X-)?FILENAME=\"?([^;\"]{1,300})", re.IGNORECASE)


def taken_out(data: bytes, *, calendar: bool) -> tuple[bytes, tuple[Enclosure, ...]]:
    """Return a part's words without the files that stand in them, and those files in order."""
    if calendar:
        return data, tuple(_of_calendar(data))
    kept: list[bytes] = []
    files: list[Enclosure] = []
    at = 0
    for begin in islice(_BEGIN.finditer(data), MAX_BEGINNINGS):
        if begin.start() < at or len(files) >= MAX_INLINE:
            continue
        content, end = _uudecoded(data, begin.end())
        if content:
            files.append(Enclosure(begin[1].decode("utf-8", "replace").strip(), content))
            kept.append(data[at : begin.start()])
            at = end
    return (b"".join((*kept, data[at:])), tuple(files)) if files else (data, ())


def _uudecoded(data: bytes, at: int) -> tuple[bytes, int]:
    """Decode line by line as far as it goes; return the content, and where the words go on."""
    pieces: list[bytes] = []
    while at < len(data):
        end = data.find(b"\n", at) + 1 or len(data)
        line = data[at:end].strip(b"\r\n")
        if line == b"end":
            return b"".join(pieces), end
        try:
            pieces.append(_line(line))
        except binascii.Error:
            break
        at = end
    return b"".join(pieces), at


def _line(line: bytes) -> bytes:
    """Decode one line; some programs let more follow than its first letter says."""
    if len(line) > 1 and not line.startswith(b"`"):
        line = line[: 1 + (((line[0] - 32) & 63) + 2) // 3 * 4]
    return binascii.a2b_uu(line)


def _of_calendar(data: bytes) -> Iterator[Enclosure]:
    for each in islice(_ATTACHED.finditer(_FOLD.sub(b"", data)), MAX_INLINE):
        if b"BASE64" in each[1].upper():
            name = _FILE_NAME.search(each[1])
            yield Enclosure(name[1].decode("utf-8", "replace") if name else "", from_base64(each[2])[0])
