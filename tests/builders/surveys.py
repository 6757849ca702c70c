"""Mails already taken apart, made directly: a police officer's plain mail with one form, changed where a test says."""

from collections.abc import Sequence
from typing import Any

import msgspec

from intake.settings.neighbours import Agency
from parsers.containers.front import read_front
from parsers.containers.headers import read_block
from parsers.contract import Address, Headers, Kind, Part, Survey

POLICE = "orla@gmp.example"
BORDER = "mx.salford.example"
PASSED = (
    f"{BORDER}; spf=pass smtp.mailfrom=gmp.example; dkim=pass header.d=gmp.example; dmarc=pass header.from=gmp.example"
)

AGENCIES = (
    Agency.model_validate({"code": "gmp", "name": "Greater Manchester Police", "domains": ["gmp.example"]}),
    Agency.model_validate({"code": "council", "name": "Example Council", "domains": ["council.gov.example"]}),
    Agency.model_validate({"code": "hospital", "name": "Hospital", "mailboxes": ["safe.guard@shared.example"]}),
    Agency.model_validate(
        {
            "code": "closed",
            "name": "Closed Trust",
            "domains": ["closed.example"],
            "from": "2018-06-29",
            "to": "2020-03-31",
        }
    ),
)


def headers(sender: str = POLICE, **changes: Any) -> Headers:
    """Return the headers of a plain mail from ``sender``; ``changes`` replace fields of :class:`Headers`."""
    plain = headers_of(f"From: {sender}\r\nSubject: Referral\r\nMessage-ID: <one@gmp.example>\r\n")
    return msgspec.structs.replace(plain, **{"authentication_results": (PASSED,), "received_count": 3, **changes})


def headers_of(block: str | bytes) -> Headers:
    """Return what the wall's own reader of headers makes of a header block."""
    raw = block.encode("utf-8", "surrogateescape") if isinstance(block, str) else block
    return read_front(read_block(raw + b"\r\n"), ())[0]


def reply_to(*addresses: str) -> tuple[Address, ...]:
    """Return addresses as a reader gives them."""
    return tuple(Address(untrusted_address=address, untrusted_name="") for address in addresses)


def part(
    kind: Kind = Kind.DOCX,
    name: str = "referral.docx",
    *,
    declared: str = "application/octet-stream",
    size: int = 20_000,
    body: bool = False,
    codes: Sequence[str] = (),
) -> Part:
    """Return one leaf of a mail, a Word file by default."""
    return Part(
        index=1, path="1", kind=kind, untrusted_declared_type=declared, untrusted_name=name, bytes=size,
        sha256="ab" * 32, locked=False, body=body, codes=tuple(codes),
    )  # fmt: skip


WORDS = part(Kind.TEXT, "", declared="text/plain", body=True)
FORM = part()


def survey(*parts: Part, wrapper: str | None = None, links: Sequence[str] = (), **changes: Any) -> Survey:
    """Return a mail of its own words and ``parts``; ``changes`` are those of :func:`headers`."""
    return Survey(
        headers=headers(**changes), content_sha256="cd" * 32, parts=(WORDS, *parts), wrapper=wrapper,
        link_hosts=tuple(links), codes=(),
    )  # fmt: skip
