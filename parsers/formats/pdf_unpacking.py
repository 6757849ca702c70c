"""How large a packed stream of a PDF is, found by unpacking it in pieces that are thrown away, up to a limit."""

import base64
import zlib
from collections.abc import Iterator
from typing import Any, Final

import pikepdf
import pypdf
from pypdf.errors import LimitReachedError
from pypdf.filters import LZWDecode

MAX_FILTERS: Final = 4
MAX_LZW: Final = 20_000_000
MOST: Final = 1_400
"""What a packed byte unpacks to at most, in one packing (RFC 1951: 1,032; LZW of twelve bits: 1,365)."""
_STEP: Final = 1 << 20
PLAIN: Final = frozenset({"/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode", "/Crypt"})
"""What packs pictures, and what does not unpack."""
_FLATE: Final = frozenset({"/FlateDecode", "/Fl"})
_LZW: Final = frozenset({"/LZWDecode", "/LZW"})
_RUNS: Final = frozenset({"/RunLengthDecode", "/RL"})
_TEXT_85: Final = frozenset({"/ASCII85Decode", "/A85"})
TEXTS: Final = _TEXT_85 | frozenset({"/ASCIIHexDecode", "/AHx"})


class TooHeavy(Exception):
    """A file unpacks to more than is looked at."""


def filters_of(stream: Any) -> list[str]:  # noqa: ANN401 - pikepdf's objects answer with any of their kinds
    """Return the names of a stream's packings, outermost first."""
    named = stream.get("/Filter")
    return [str(name) for name in (named if isinstance(named, pikepdf.Array) else () if named is None else (named,))]


def content_of(stream: Any, limit: int) -> bytes:  # noqa: ANN401 - as above
    """Return what a stream unpacks to, weighed before it is unpacked for good. Raises TooHeavy."""
    packed, filters = stream.read_raw_bytes(), filters_of(stream)
    if len(packed) > limit or (filters and filters[-1] not in PLAIN and unpacked_size(packed, filters, limit) > limit):
        raise TooHeavy
    return bytes(stream.read_bytes())


def head_of(stream: Any, size: int) -> bytes:  # noqa: ANN401 - as above
    """Return the first bytes of a stream that is not packed, or packed once as files are; nothing of any other."""
    filters, packed = filters_of(stream), bytes(stream.read_raw_bytes())
    if not filters:
        return packed[:size]
    try:
        return zlib.decompressobj().decompress(packed, size) if len(filters) == 1 and filters[0] in _FLATE else b""
    except zlib.error:
        return b""


def unpacked_size(packed: bytes, filters: list[str], limit: int) -> int:
    """Return the unpacked size; one kind of packing inside another is unpacked step by step. Raises TooHeavy."""
    if len(filters) > MAX_FILTERS:
        raise TooHeavy
    data = packed
    for name in filters[:-1]:
        data = _opened(data, name, limit)
    return _size(data, filters[-1], limit)


def _opened(data: bytes, name: str, limit: int) -> bytes:
    if name in TEXTS:
        return _plain(data, name, limit)
    if name in _FLATE:
        return b"".join(_inflated(data, limit))
    raise TooHeavy  # two of the rarer packings in one another: nobody honest does so


def _size(data: bytes, name: str, limit: int) -> int:
    if name in _FLATE:
        return sum(map(len, _inflated(data, limit)))
    if name in _LZW and len(data) * MOST > limit:
        return _lzw_size(data)
    most = MOST if name in _LZW else 64 if name in _RUNS else 4  # the letter z of ASCII85 stands for four bytes
    if most * len(data) > limit:
        raise TooHeavy
    return len(data) if name in _LZW else most * len(data)


def _lzw_size(data: bytes) -> int:
    """Unpack the rarest packing with pypdf, whose limit on it holds."""
    try:
        with pypdf.apply_configuration(pypdf.Configuration(lzw_maximum_output_length=MAX_LZW)):
            return len(LZWDecode.decode(data))
    except (LimitReachedError, ValueError, IndexError):
        raise TooHeavy from None


def _plain(data: bytes, name: str, limit: int) -> bytes:
    """Undo a packing as letters; white space and what ends it are left out."""
    if 4 * data.count(b"z") + len(data) > limit:
        raise TooHeavy
    words = b"".join(data.split()).removeprefix(b"<~")
    try:
        if name in _TEXT_85:
            return base64.a85decode(words.partition(b"~")[0])
        return bytes.fromhex(words.partition(b">")[0].decode("latin-1"))
    except ValueError:
        return b""


def _inflated(data: bytes, limit: int) -> Iterator[bytes]:
    """Walk the unpacked pieces of a stream; a broken one ends where it breaks."""
    opened = zlib.decompressobj()
    total = 0
    while data and not opened.eof:
        try:
            piece = opened.decompress(data, _STEP)
        except zlib.error:
            return
        data = opened.unconsumed_tail
        total += len(piece)
        if total > limit:
            raise TooHeavy
        yield piece
        if not piece and not data:
            return
