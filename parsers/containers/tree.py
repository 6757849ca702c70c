"""The tree of a mail by the standard library's old policy alone (security.md 0.1), within limits."""

import re
from email.feedparser import BytesFeedParser
from email.message import Message
from email.policy import Policy, compat32
from typing import Any, Final

from parsers.limits import MAX_DEPTH, Allowance, OverLimit

_CHUNK: Final = 65_536
_BOUNDARY: Final = re.compile(r"^--((?:(?![\"\\])[\x21-\x7e]){1,70})[ \t]*\r?$", re.MULTILINE)
_BEFORE_ITS_HEAD: Final = re.compile(rb"(?:\xef\xbb\xbf|[ \t]{0,80}\r?\n){1,20}(?=[!-9;-~]{1,80}[ \t]{0,80}:)")
"""A mark of byte order or blank lines before a first header: editors and programs that save mails put them there."""
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Node(Message):
    """A node that knows how deep it stands and refuses to stand too deep."""

    depth = 0

    def attach(self, payload: Any) -> None:  # noqa: ANN401 - the standard library's signature
        """Take a child as the parser meets it; raises OverLimit before the tree can grow deep."""
        if isinstance(payload, Node):
            payload.depth = self.depth + 1
            if payload.depth > MAX_DEPTH:
                raise OverLimit("nested-too-deep")
        super().attach(payload)

    def get_payload(self, i: Any = None, decode: Any = False) -> Any:  # noqa: ANN401 - the standard library's signature
        """Give words as they came: the standard library decodes them by a stranger's charset, and stumbles at some."""
        words = vars(self).get("_payload")
        return words if isinstance(words, str) and i is None and not decode else super().get_payload(i, decode)


def from_its_head(raw: bytes) -> bytes:
    """Return a mail from its first header on."""
    before = _BEFORE_ITS_HEAD.match(raw)
    return raw[before.end() :] if before else raw


def parse(raw: bytes, allowance: Allowance) -> Message:
    """Return the tree of a mail; raises OverLimit while parsing, not after."""

    def node(policy: "Policy[Any]" = compat32) -> Message:
        allowance.node()
        return Node(policy)

    parser = BytesFeedParser(node, policy=compat32)
    for start in range(0, len(raw), _CHUNK):
        parser.feed(raw[start : start + _CHUNK])
    return parser.close()


def children(node: Message) -> list[Message]:
    """Return the nodes below one, none for a leaf."""
    payload = node.get_payload()
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []


def defects(root: Message) -> tuple[str, ...]:
    """Return codes of what the parser found broken, over the whole tree."""
    found = {type(defect).__name__ for node in root.walk() for defect in node.defects}
    return tuple(sorted(_HUMP.sub("-", name).lower()[:63] for name in found))


def with_found_boundary(leaf: Message, allowance: Allowance) -> Message | None:
    """Parse anew a multipart whose boundary is missing or wrong, by the first line that looks like one, or None."""
    text = leaf.get_payload()
    found = _BOUNDARY.search(text) if isinstance(text, str) else None
    if found is None or not isinstance(text, str) or not allowance.find_boundary():
        return None
    head = f'Content-Type: multipart/mixed; boundary="{found[1]}"\n\n'
    again = parse((head + text).encode("utf-8", "surrogateescape"), allowance)
    return again if again.is_multipart() else None


def with_other_type(leaf: Message, allowance: Allowance) -> Message | None:
    """Parse anew what says of itself twice what it is, and at the second time that it is a multipart; or None."""
    text, types = leaf.get_payload(), [str(value) for value in leaf.get_all("content-type", [])]
    other = next((value for value in types[1:] if value.strip().lower().startswith("multipart/")), None)
    if other is None or not isinstance(text, str) or not allowance.find_boundary():
        return None
    again = parse(f"Content-Type: {other}\n\n{text}".encode("utf-8", "surrogateescape"), allowance)
    return again if again.is_multipart() else None
