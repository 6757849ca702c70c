"""Every leaf of a mail in order, whatever its disposition, forwarded mails inside it opened on the way."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from typing import Final

from parsers.containers import smime
from parsers.containers.front import message_id_of
from parsers.containers.inline import taken_out
from parsers.containers.kinds import looks_like_mail
from parsers.containers.transfer import Declared, content, declared, quietly, undeclared
from parsers.containers.tree import children, parse, with_found_boundary, with_other_type
from parsers.limits import MAX_CONTAINERS_DEEP, Allowance

MAILS: Final = frozenset({"message/rfc822", "message/global", "message/news"})
_SIGNATURES: Final = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature"})
DELIVERY_STATUS: Final = "message/delivery-status"
ACTIONS: Final = frozenset({"failed", "delayed", "delivered", "relayed", "expanded"})
RETURNED_HEADERS: Final = frozenset({"text/rfc822-headers", "message/rfc822-headers", "message/global-headers"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a leaf stands: containers round it parted by ``/``, steps in a tree by ``.``, each from 1."""

    path: str = ""
    containers: int = 0

    def step(self, number: int) -> "Place":
        """Go to a child of a multipart or an entry of a container."""
        dot = "." if self.path and not self.path.endswith("/") else ""
        return replace(self, path=f"{self.path}{dot}{number}")

    def inside(self) -> "Place":
        """Go into the container that stands here."""
        return Place(f"{self.path}/", self.containers + 1)


@dataclass(frozen=True, slots=True)
class MimeLeaf:
    """One leaf: its place, its own account of itself, its content."""

    place: Place
    declared: Declared
    data: bytes
    codes: tuple[str, ...] = ()
    dressing: bool = False
    """A detached signature or the version part of an encrypted mail (RFC 1847): no document."""


def leaves(root: Message, allowance: Allowance, place: Place, raw: bytes = b"") -> Iterator[MimeLeaf]:
    """Walk the leaves of a mail's tree, ``place`` being the mail's own.

    ``raw`` is the mail byte for byte: with it signatures (RFC 1847) are verified, what they cover is read from there.
    """
    own = declared(root)
    top = place if own.type.startswith("multipart/") else place.step(1)
    return _Walk(allowance, raw).node(root, own, top)


def returned_message_ids(root: Message) -> tuple[str, ...]:
    """Return the Message-IDs of the mails a report of delivery (RFC 3464, multipart/report) brings back."""
    if quietly(root.get_content_type, "") != "multipart/report":
        return ()
    found = []
    for node in root.walk():
        kind = quietly(node.get_content_type, "")
        if kind in MAILS | RETURNED_HEADERS:
            lines = _header_lines(node) if node.is_multipart() else content(node, declared(node).encoding)[0]
            found.append(message_id_of(lines).strip())
    return tuple(filter(None, found))


def delivery_codes(root: Message) -> tuple[str, ...]:
    """Return what a report of delivery says became of our letter, as codes ``dsn-failed`` ... (RFC 3464 2.3.3)."""
    found: list[str] = []
    for node in root.walk():
        if quietly(node.get_content_type, "") == DELIVERY_STATUS:
            pieces = node.get_payload() if node.is_multipart() else ()
            fields = [piece.get("Action", "") for piece in pieces if isinstance(piece, Message)]
            found += [str(field).strip().lower() for field in fields]
    return tuple(dict.fromkeys(f"dsn-{action}" for action in found if action in ACTIONS))


@dataclass(frozen=True, slots=True)
class _Walk:
    """One walk through one mail: what it may still spend, and the mail byte for byte."""

    allowance: Allowance
    raw: bytes

    def node(self, node: Message, own: Declared, place: Place, *, dressing: bool = False) -> Iterator[MimeLeaf]:
        if node.is_multipart() and own.type.startswith("message/"):
            yield from self._message(node, own, place)
        elif node.is_multipart():
            yield from self._children(node, own, place)
        else:
            again = with_other_type(node, self.allowance)
            if again is None and own.type.startswith("multipart/"):
                again = with_found_boundary(node, self.allowance)
            if again is not None:
                yield from self._children(again, declared(again), place)
                return
            data, codes = content(node, own.encoding)
            at = place if place.path[-1:] not in {"", "/"} else place.step(1)
            yield from _with_inline(MimeLeaf(at, own, data, codes, dressing))

    def _children(self, node: Message, own: Declared, place: Place) -> Iterator[MimeLeaf]:
        inner = children(node)
        signed, code = self._signed(node, own, inner)
        for number, child in enumerate((*signed, *inner[len(signed) :]), start=1):
            theirs = declared(child)
            dressing = (own.type == "multipart/signed" and theirs.type.endswith("-signature")) or (
                own.type == "multipart/encrypted" and theirs.type == "application/pgp-encrypted"
            )
            for leaf in self.node(child, theirs, place.step(number), dressing=dressing):
                yield replace(leaf, codes=(code, *leaf.codes)) if code and not leaf.dressing else leaf

    def _signed(self, node: Message, own: Declared, inner: list[Message]) -> tuple[tuple[Message, ...], str]:
        """Return the signed part of a detached S/MIME signature as it was signed, and the code of what was found.

        What is read is what was verified; where it cannot be told apart byte for byte, the tree's own part is.
        """
        if own.type != "multipart/signed" or len(inner) < 2 or declared(inner[1]).type not in _SIGNATURES:
            return (), ""
        boundary = quietly(lambda: node.get_boundary(""), "") or ""
        entity = smime.signed_entity(self.raw, boundary) if boundary and self.allowance.verify() else None
        if entity is None:
            return (), smime.UNVERIFIED
        signature, _ = content(inner[1], declared(inner[1]).encoding)
        return (parse(entity, self.allowance),), smime.judged(entity, signature)

    def _message(self, node: Message, own: Declared, place: Place) -> Iterator[MimeLeaf]:
        inner = children(node)
        if own.type in MAILS and len(inner) == 1:
            if own.encoding == "base64":  # forbidden by RFC 2046 5.2.1 and yet sent; the standard library loses it
                yield MimeLeaf(place, own, *content(inner[0], "base64"))
                return
            if headless := _before_its_head(inner[0]):
                yield MimeLeaf(place, own, headless)
                return
            if place.containers < MAX_CONTAINERS_DEEP:
                yield from leaves(inner[0], self.allowance, place.inside(), self.raw)
                return
            yield MimeLeaf(place, own, _header_lines(node), ("nested-too-deep",))
            return
        yield MimeLeaf(place, own, _header_lines(node))


def _with_inline(leaf: MimeLeaf) -> Iterator[MimeLeaf]:
    """Give a part, and behind it the files that stand written into its words."""
    if not leaf.declared.type.startswith("text/"):
        yield leaf
        return
    words, files = taken_out(leaf.data, calendar=leaf.declared.type == "text/calendar")
    yield replace(leaf, data=words)
    for number, each in enumerate(files, start=1):
        yield MimeLeaf(leaf.place.inside().step(number), undeclared(each.name), each.data)


def _before_its_head(mail: Message) -> bytes:
    """Return a mail whole whose headers were taken for words, because of what stands before them; else nothing."""
    text = mail.get_payload()
    if mail.keys() or not isinstance(text, str):
        return b""
    whole = text.encode("utf-8", "surrogateescape")
    return whole if looks_like_mail(whole) else b""


def _header_lines(node: Message) -> bytes:
    """Return the fields of each block below a report: what it says of each recipient, or a mail's own head."""
    return b"\n".join(
        b"".join(f"{name}: {value}\n".encode("utf-8", "replace") for name, value in block.items())
        for block in children(node)
    )
