"""A mail taken apart, no form of it read: its headers and its parts."""

from typing import Annotated

from msgspec import Meta

from parsers.contract.bounds import Code, Count, HeaderText, Label, Sha256, Struct
from parsers.contract.kinds import Kind
from parsers.contract.signing import MAX_SIGNATURES, Signature


class Address(Struct, frozen=True):
    """One mailbox as one reader saw it: RFC 5322 addr-spec and display name, both as claimed."""

    untrusted_address: Annotated[str, Meta(max_length=320)]
    untrusted_name: Label


class Headers(Struct, frozen=True):
    """The headers the story needs, unfolded and decoded, every one bounded; absent is an empty string or tuple."""

    untrusted_from_raw: Annotated[tuple[Annotated[str, Meta(max_length=998)], ...], Meta(max_length=8)]
    from_header_count: Count
    from_addresses: Annotated[tuple[Address, ...], Meta(max_length=8)]
    from_second_opinion: Annotated[tuple[Address, ...], Meta(max_length=8)]
    reply_to: Annotated[tuple[Address, ...], Meta(max_length=8)]
    untrusted_subject: HeaderText
    untrusted_message_id: Annotated[str, Meta(max_length=998)]
    untrusted_in_reply_to: Annotated[str, Meta(max_length=998)]
    untrusted_references: HeaderText
    untrusted_date: Label
    untrusted_return_path: Annotated[str, Meta(max_length=998)]
    untrusted_auto_submitted: HeaderText
    untrusted_precedence: HeaderText
    untrusted_suppress: HeaderText
    untrusted_loop: HeaderText
    """All of X-Loop: the addresses that have answered or sent the mail on."""
    responder_headers: Annotated[tuple[Code, ...], Meta(max_length=20)]
    """Which fields of responders and senders in bulk it has: X-Autoreply, Feedback-ID and their like."""
    list_headers: Annotated[tuple[Code, ...], Meta(max_length=20)]
    untrusted_content_type: HeaderText
    authentication_results: Annotated[tuple[HeaderText, ...], Meta(max_length=20)]
    received_above: Annotated[tuple[Count, ...], Meta(max_length=20)]
    """For each of them, how many Received fields stand above it: how far down the way of the mail it was written."""
    received: Annotated[tuple[HeaderText, ...], Meta(max_length=60)]
    received_count: Count
    recipients: Annotated[tuple[Address, ...], Meta(max_length=100)]
    returned_message_ids: Annotated[tuple[Annotated[str, Meta(max_length=998)], ...], Meta(max_length=8)] = ()
    """Message-IDs of the mail a delivery status notification (RFC 3464) returns."""
    signatures: Annotated[tuple[Signature, ...], Meta(max_length=MAX_SIGNATURES)] = ()
    """Its DKIM signatures, from the top, as far as they name a key."""


class Part(Struct, frozen=True):
    """One leaf of the mail, containers opened: its number, its way in, its kind by content, its digest."""

    index: Count
    path: Annotated[str, Meta(pattern=r"\A[0-9a-z./]{1,200}\Z")]
    kind: Kind
    untrusted_declared_type: Label
    untrusted_name: Label
    bytes: Count
    sha256: Sha256
    locked: bool
    body: bool
    codes: Annotated[tuple[Code, ...], Meta(max_length=30)] = ()


class Survey(Struct, frozen=True, tag="survey"):
    """A mail taken apart. ``content_sha256`` is over the mail without its trace headers (RFC 5321 4.4)."""

    headers: Headers
    content_sha256: Sha256
    parts: Annotated[tuple[Part, ...], Meta(max_length=400)]
    wrapper: Code | None
    link_hosts: Annotated[tuple[Code, ...], Meta(max_length=20)]
    codes: Annotated[tuple[Code, ...], Meta(max_length=60)]


class Front(Struct, frozen=True, tag="front"):
    """The headers of a mail that was refused whole; ``cut``: there are more of them than were looked at."""

    headers: Headers
    cut: bool
