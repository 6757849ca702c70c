"""Domain values to sealed bytes and back, exactly; Private words open themselves only here, inside a seal."""

from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from intake.domain.private import Private
from intake.errors import BrokenPromise

T = TypeVar("T")


def _opened(value: object) -> object:
    if isinstance(value, Private):
        return value.reveal()
    raise NotImplementedError


def _closed(kind: type, value: object) -> object:
    if kind is Private and isinstance(value, str):
        return Private(value)
    raise NotImplementedError


_encoder = msgspec.json.Encoder(enc_hook=_opened)


def encode(value: object) -> bytes:
    """Return ``value`` (a domain dataclass) as JSON; only ever to be sealed."""
    return _encoder.encode(value)


def decode(data: bytes, kind: type[T]) -> T:
    """Return the value; BrokenPromise("record-unreadable") when it is not one of ``kind``."""
    try:
        return msgspec.json.decode(data, type=kind, dec_hook=_closed)
    except msgspec.MsgspecError:
        raise BrokenPromise("record-unreadable") from None


def plain(value: object) -> str:
    """Return codes and counts as JSON text with sorted keys: what a log line is signed over."""
    return msgspec.json.encode(value, order="sorted").decode()


def stamp(moment: datetime) -> str:
    """Return an aware moment as UTC text that sorts."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(stamped: str) -> datetime:
    """Return the aware moment of a stamp."""
    return datetime.fromisoformat(stamped)
