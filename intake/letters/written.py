"""Reading a letter back from its final bytes: on the outside it says what was put there, and nothing besides.

The last proof before a letter is sealed, and independent of what wrote it: the head is taken apart byte by byte here.
"""

import re
from collections.abc import Iterator, Sequence
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import getaddresses

MIME = frozenset({"MIME-Version", "Content-Type", "Content-Language"})
"""What stands besides: of our own making, from no text that anybody chose."""
ADDRESSES = frozenset({"From", "To"})
LONE = re.compile(rb"\r(?!\n)|(?<!\r)\n")
"""Half a line end: some servers take it for a whole one (RFC 5321 2.3.8)."""
NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")

Headers = Sequence[tuple[str, str]]


def says(content: bytes, headers: Headers, *, recipients: int) -> bool:
    """Tell whether a letter holds ``headers`` just as they were put in, MIME's own once each, no lone CR or LF."""
    try:
        found = list(_read(content.partition(b"\r\n\r\n")[0]))
    except (ValueError, HeaderParseError, LookupError):
        return False
    ours = [header for header in found if header[0] not in MIME]
    theirs = [name for name, _ in found if name in MIME]
    if LONE.search(content) or sorted(theirs) != sorted(MIME) or len(ours) != len(headers):
        return False
    return all(map(_same, ours, headers)) and _count(ours, "To") == recipients and _count(ours, "From") == 1


def _same(found: tuple[str, str], put: tuple[str, str]) -> bool:
    """Tell whether a header came out as it went in; of addresses only the quoting may differ."""
    name, value = found
    if name in ADDRESSES:
        return name == put[0] and getaddresses([value]) == getaddresses([put[1]])
    return name == put[0] and value.strip() == put[1].strip()


def _count(headers: Headers, name: str) -> int:
    return sum(len(getaddresses([value])) for found, value in headers if found == name)


def _read(head: bytes) -> Iterator[tuple[str, str]]:
    """Give each header with its text, unfolded and decoded; ValueError where a line is neither header nor folded."""
    unfolded = re.sub(r"\r\n(?=[ \t])", "", head.decode("utf-8"))
    for line in unfolded.split("\r\n"):
        name, colon, value = line.partition(": ")
        if not colon or not NAME.fullmatch(name) or "\r" in value or "\n" in value:
            raise ValueError
        yield name, str(make_header(decode_header(value)))
