"""No hole in what may cross the wall: every string has its length or pattern, every list its length; one door."""

from collections.abc import Iterator

import msgspec.inspect as look

from parsers import contract
from parsers.contract import Answer, Task

TOLD = frozenset(
    {"where", "edition", "choices"}
    | {"reply_to", "authentication_results", "received", "returned_message_ids"}
    | {"password", "record"}
)
"""Free text that is not called untrusted: places, which are sealed as they come; what the trusted side compares with
its own library; headers, which are a stranger's throughout; what the trusted side itself says."""


def fields(kind: look.Type, name: str = "", seen: tuple[type, ...] = ()) -> Iterator[tuple[str, look.Type]]:
    """Walk all that a type may hold, each with the name of the field it stands in."""
    yield name, kind
    if isinstance(kind, look.StructType) and kind.cls not in seen:
        for field in kind.fields:
            yield from fields(field.type, field.name, (*seen, kind.cls))
    if isinstance(kind, look.UnionType):
        for each in kind.types:
            yield from fields(each, name, seen)
    if isinstance(kind, look.VarTupleType):
        yield from fields(kind.item_type, name, seen)


ALL = [found for kind in (*Answer.__args__, Task) for found in fields(look.type_info(kind))]


def test_every_string_is_bounded() -> None:
    """By its length, or by a pattern that has one."""
    strings = [(name, kind) for name, kind in ALL if isinstance(kind, look.StrType)]
    assert len(strings) > 40
    assert {n for n, k in strings if k.max_length is None and not (k.pattern or "").endswith("}\\Z")} == set()


def test_every_list_is_bounded() -> None:
    """No answer holds more of anything than is looked at."""
    lists = [(name, kind) for name, kind in ALL if isinstance(kind, look.VarTupleType)]
    assert len(lists) > 15
    assert {name for name, kind in lists if kind.max_length is None} == set()


def test_what_may_be_anything_is_called_untrusted() -> None:
    """A string without a pattern is a stranger's words, and says so in its name; the few others are known."""
    free = {name for name, kind in ALL if isinstance(kind, look.StrType) and kind.pattern is None}
    assert {name for name in free if not name.startswith("untrusted_")} <= TOLD


def test_all_that_may_cross_is_had_at_one_door() -> None:
    """Whoever asks or answers needs no other module than the contract: each of its structures and kinds is there."""
    kinds = {kind.cls.__name__ for _, kind in ALL if isinstance(kind, look.StructType | look.EnumType)}
    assert len(kinds) > 15
    assert kinds <= set(contract.__all__)
