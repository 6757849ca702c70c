"""The small grammar of Authentication-Results (RFC 8601 2.2), read strictly: what is odd is called odd, never guessed.

Exchange Online writes the field without an authserv-id, and properties without a type (``action=none``); both are read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intake.screening.structured import BLANKS, comment_end

_ATOM = re.compile(r"[!#-'*+,\-./0-9:<>?@A-Z\[\\\]^_`a-z{|}~]+")
"""Printable ASCII but the grammar's own marks: wider than RFC 2045's token, since servers write paths and routes."""
_QUOTED = re.compile(r'"(?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\[ -~])*+"')
_KEYWORD = re.compile(r"[a-z0-9][a-z0-9-]*")
_OPENS_WITH_ID = re.compile(r"[ \t]*([!#-'*+,\-./0-9:@A-Z^_`a-z{|}~]{1,255})(?:[ \t]+[0-9]{1,3})?[ \t]*;")
_OPENS_WITH_RESULT = re.compile(r"[ \t]*[A-Za-z0-9-]{1,40}[ \t]*=")
VERSION = "1"


@dataclass(frozen=True, slots=True)
class Statement:
    """One method's result: both in lower case, properties as ``(ptype.property, value)``; quotes stay in the value."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...]

    def values(self, name: str) -> tuple[str, ...]:
        """Return every value of a property."""
        return tuple(value for key, value in self.properties if key == name)


@dataclass(frozen=True, slots=True)
class Instance:
    """One header field. ``authserv_id`` is lower-case, and empty where none stands, or only one in quotes."""

    authserv_id: str
    names_none: bool
    """True for a field that begins with a result at once."""
    statements: tuple[Statement, ...] | None
    """None: the field says nothing that can be relied on."""


class _OddError(Exception):
    """The text is not of the grammar."""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    adjacent: bool
    """Nothing stands between this token and the one before."""
    commented: bool
    """A comment begins where it ends: ``legit.example(.evil.example)`` reads differently to different readers."""

    @property
    def atom(self) -> bool:
        return self.text[0] not in '";='


def read_instance(value: str) -> Instance:
    """Read one field's value; never raises."""
    try:
        segments = _segments(_tokens(value))
    except _OddError:
        return _odd_instance(value)
    head = segments[0]
    if any(token.text == "=" for token in head):
        return Instance("", names_none=True, statements=_or_odd(segments, lone_words=True))
    name = _name_of(head)
    spoken = bool(name) and [token.text for token in head[1:]] in ([], [VERSION])
    return Instance(name, names_none=False, statements=_or_odd(segments[1:], lone_words=False) if spoken else None)


def _odd_instance(value: str) -> Instance:
    """Tell whose field it is where that much is plain: our own server's word gone wrong must not pass for silence."""
    named = _OPENS_WITH_ID.match(value)
    nameless = named is None and _OPENS_WITH_RESULT.match(value) is not None
    return Instance(named[1].lower() if named else "", names_none=nameless, statements=None)


def _name_of(head: list[_Token]) -> str:
    """Return the authserv-id: one bare word, alone or before a version; a quoted one is nobody's."""
    alone = len(head) == 1 or (len(head) == 2 and head[1].text.isdecimal())
    return head[0].text.lower() if alone and head[0].atom else ""


def _tokens(value: str) -> Iterator[_Token]:
    position, adjacent = 0, False
    while position < len(value):
        character = value[position]
        if character in BLANKS:
            position, adjacent = position + 1, False
        elif character == "(":
            end = comment_end(value, position)
            if end is None:
                raise _OddError
            position, adjacent = end, False
        else:
            text = _token_at(value, position)
            position += len(text)
            yield _Token(text, adjacent, value.startswith("(", position))
            adjacent = True


def _token_at(value: str, position: int) -> str:
    if value[position] in ";=":
        return value[position]
    found = (_QUOTED if value[position] == '"' else _ATOM).match(value, position)
    if found is None:
        raise _OddError
    return found.group()


def _segments(tokens: Iterator[_Token]) -> list[list[_Token]]:
    segments: list[list[_Token]] = [[]]
    for token in tokens:
        if token.text == ";":
            segments.append([])
        else:
            segments[-1].append(token)
    if len(segments) > 1 and not segments[-1]:
        segments.pop()
    return segments


def _or_odd(segments: list[list[_Token]], *, lone_words: bool) -> tuple[Statement, ...] | None:
    """Return all statements, None where one is odd; ``lone_words``: Exchange strews in recipients' domains."""
    try:
        if len(segments) == 1 and [token.text.lower() for token in segments[0]] == ["none"]:
            return ()
        told = [segment for segment in segments if not (lone_words and len(segment) == 1 and segment[0].atom)]
        return tuple(map(_statement, told))
    except _OddError:
        return None


def _statement(tokens: list[_Token]) -> Statement:
    (method, result), *properties = tuple(_pairs(tokens)) or (("", ""),)
    method, slash, version = method.partition("/")
    if not _KEYWORD.fullmatch(method) or not _KEYWORD.fullmatch(result.lower()) or (slash and version != VERSION):
        raise _OddError
    return Statement(method, result.lower(), tuple(properties))


def _pairs(tokens: list[_Token]) -> Iterator[tuple[str, str]]:
    """Give ``key = value`` pairs; a value is all that touches its first token (``header.b=ab/c==``, ``"a b"@x``)."""
    position = 0
    while position < len(tokens):
        key, value = tokens[position], tokens[position + 2 : position + 3]
        if not key.atom or [token.text for token in tokens[position + 1 : position + 2]] != ["="] or not value:
            raise _OddError
        end = position + 3
        while end < len(tokens) and tokens[end].adjacent:
            end += 1
        if value[0].text == "=" or (position > 0 and tokens[end - 1].commented):
            raise _OddError
        yield key.text.lower(), "".join(token.text for token in tokens[position + 2 : end])
        position = end
