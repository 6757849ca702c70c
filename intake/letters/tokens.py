"""Our letters' Message-IDs, by which an answer or a bounce finds its case again (incidents.md 69).

``acknowledgement.<token>.<message id>@<our domain>``: the token is keyed over kind and message, so nobody can make one
up; without a proven token a reply goes to a person.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from intake.domain.case import LetterKind
from intake.domain.message import MessageId
from intake.letters.envelope import address_of

SHAPE = re.compile(
    r"(?P<kind>[a-z-]{1,20})\.(?P<token>[a-z0-9]{20})\.(?P<message>m-[a-z0-9]{12})@(?P<domain>[a-z0-9.-]{1,255})"
)
MOST_LOOKED_AT = 64
"""Candidates looked at in one header: each costs a keyed digest."""
KINDS = frozenset(kind.value for kind in LetterKind)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What has the shape of a Message-ID of ours; proven only when its token is."""

    kind: str
    token: str
    message: MessageId
    header_message_id: str


def header_message_id(kind: LetterKind, token: str, message: MessageId, sender: str) -> str:
    """Return the fixed Message-ID (no brackets) of a message's letter; ``sender`` is the configured From."""
    return f"{kind.value}.{token}.{message}@{_domain(sender)}"


def candidate(text: str, sender: str) -> Candidate | None:
    """Return the first that ``text`` (In-Reply-To, References, a returned Message-ID) names, or None."""
    return next(candidates(text, sender), None)


def candidates(text: str, sender: str) -> Iterator[Candidate]:
    """Return what has our shape and our domain in ``text``."""
    domain = _domain(sender)
    for number, match in enumerate(SHAPE.finditer(text.lower())):
        if number >= MOST_LOOKED_AT:
            return
        if match["domain"] == domain and match["kind"] in KINDS:
            yield Candidate(match["kind"], match["token"], MessageId(match["message"]), match.group())


def ours_among(named: Iterable[str], sender: str, is_ours: Callable[[str, MessageId, str], bool]) -> tuple[str, ...]:
    """Return the Message-IDs (no brackets) in ``named`` whose token ``is_ours(kind, message, token)`` proves."""
    proven = (
        found.header_message_id
        for text in named
        for found in candidates(text, sender)
        if is_ours(found.kind, found.message, found.token)
    )
    return tuple(dict.fromkeys(proven))


def _domain(sender: str) -> str:
    return address_of(sender).rpartition("@")[2].lower()
