"""Mail whose content lies elsewhere: known encrypting services, told by their attachments and their own phrases."""

import re
from typing import Final

from parsers.containers.leaf import Leaf
from parsers.contract import Kind

_NAMES: Final = (
    ("purview", re.compile(r"message(?:_v\d)?\.(?:rpmsg|html)", re.IGNORECASE)),
    ("nhsmail", re.compile(r"encrypted[_ ]message\.html?", re.IGNORECASE)),
    ("cisco", re.compile(r"secure(?:doc|mail)[\w.-]{0,80}\.html?", re.IGNORECASE)),
    ("proofpoint", re.compile(r"securemessage(?:att)?\.html?", re.IGNORECASE)),
    ("voltage", re.compile(r"message_zdm\.html?", re.IGNORECASE)),
    ("egress", re.compile(r".{0,200}\.switch", re.IGNORECASE)),
)
"""Names count only of parts that are no document: a page or bytes nobody here can open."""
_PHRASES: Final = (
    ("purview", r"outlook\.office(?:365)?\.com/encryption|(?:office 365|microsoft purview) message encryption"),
    ("egress", r"egress (?:protect|secure|switch|encryption)|(?:switch|reader|access)\.egress\.com"),
    ("mimecast", r"mimecast secure messag|sent you a secure message via mimecast|secure(?:-[a-z]{2})?\.mimecast\.com"),
    (
        "zivver",
        r"zivver (?:secure|message)|(?:app|inbox|www)\.zivver\.com|sent you a secure (?:message|email) with zivver",
    ),
    (
        "nhsmail",
        r"nhsmail (?:secure|encrypted|encryption)|encrypted (?:message|email) (?:sent )?(?:from|via|by) nhsmail",
    ),
    ("cisco", r"cisco (?:secure email|registered envelope)|(?:res|postx)\.cisco\.com"),
    ("proofpoint", r"proofpoint (?:encryption|secure)|securereader"),
    ("sophos", r"sophos (?:secure message|email encryption)"),
    ("trend-micro", r"trend micro email encryption"),
    ("virtru", r"virtru\.com/start|secured by virtru"),
    ("galaxkey", r"galaxkey secure"),
)
_SERVICES: Final = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _PHRASES)
_INVITES: Final = re.compile(
    r"(?:secure|encrypted|protected)[ -](?:message|e-?mail|document|content)|read (?:the|your|this) message"
    r"|open (?:the|your|this) (?:message|attachment)|view (?:the|your|this) message",
    re.IGNORECASE,
)
_OPENABLE: Final = frozenset({Kind.HTML, Kind.TEXT, Kind.UNKNOWN, Kind.PROTECTED_MESSAGE})
_DOCUMENTS: Final = frozenset(
    {Kind.DOCX, Kind.DOCM, Kind.DOTX, Kind.DOC, Kind.ODT, Kind.RTF, Kind.PDF, Kind.LOCKED_OFFICE, Kind.SPREADSHEET}
)
_LOOK: Final = 200_000


def wrapper_of(leaves: tuple[Leaf, ...], words: str) -> str | None:
    """Return the code of the service that wraps a mail, or None.

    A rights-protected part always tells it; names and phrases only where no document came openly beside them, since
    agencies' footers speak of their mail services too. ``words`` are the mail's bodies with their markup.
    """
    if any(leaf.told.kind is Kind.PROTECTED_MESSAGE for leaf in leaves):
        return "purview"
    parts = [leaf for leaf in leaves if not leaf.body]
    if any(leaf.told.kind in _DOCUMENTS for leaf in parts):
        return None
    return _by_name(parts) or _by_phrase(words[:_LOOK], parts)


def _by_name(parts: list[Leaf]) -> str | None:
    for code, name in _NAMES:
        if any(leaf.told.kind in _OPENABLE and name.fullmatch(leaf.declared.name) for leaf in parts):
            return code
    return None


def _by_phrase(words: str, parts: list[Leaf]) -> str | None:
    pages = (leaf.data[:_LOOK].decode("utf-8", "replace") for leaf in parts if leaf.told.kind is Kind.HTML)
    for text in (words, *pages):
        if _INVITES.search(text):
            for code, service in _SERVICES:
                if service.search(text):
                    return code
    return None
