"""Mails that are hostile in their structure (incidents 42 to 50; threat 31; security.md 4.2)."""

import base64
from collections.abc import Iterator

from tests.builders import mails
from tests.hostile.case import GOOD, Case, attached, whole
from tests.promises.post_bag import sent, word

FROM = (
    b"From: Orla Example <orla.example@gmp.example>\r\nTo: sscp@salford.gov.uk\r\n"
    b"Subject: Referral\r\nMIME-Version: 1.0\r\n"
)
MIXED = FROM + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
FLOOD = 100_000


def structure_cases() -> Iterator[Case]:
    """Give the cases of trees too deep, too wide or broken."""
    yield whole("mime-multiparts-1000-deep", "incident 42", lambda: FROM + _deep(1_000))
    yield whole("mime-mails-2000-deep", "incident 42", lambda: FROM + b"Content-Type: message/rfc822\r\n\r\n" * 2_000)
    yield whole("mime-100k-parts", "incident 43", lambda: MIXED + b"--b\r\n\r\nx\r\n" * FLOOD)
    yield whole("mime-201-parts", "incident 45", lambda: MIXED + b"--b\r\n\r\nx\r\n" * 201 + b"--b--\r\n")
    yield whole("mime-empty-parts-10k", "incident 43", lambda: MIXED + b"--b\r\n" * 10_000)
    yield whole(
        "mime-no-boundary",
        "threat 31",
        lambda: FROM + b"Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n",
    )
    yield whole(
        "mime-empty-boundary",
        "threat 31",
        lambda: FROM + b'Content-Type: multipart/mixed; boundary=""\r\n\r\n--\r\n\r\nx\r\n----\r\n',
    )
    yield whole("mime-never-closed", "threat 31", lambda: MIXED + b"--b\r\n\r\nwords\r\n")
    yield whole("mime-boundary-never-met", "threat 31", lambda: MIXED + b"words\r\n" * 1_000)
    yield whole(
        "mime-boundary-of-100k",
        "threat 32",
        lambda: FROM + b"Content-Type: multipart/mixed; boundary=" + b"x" * FLOOD + b"\r\n\r\nwords",
    )
    yield whole("mime-boundary-in-boundary", "threat 31", _prefixed)
    yield whole("mime-form-in-the-preamble", "incident 13", _preamble)
    yield whole("mime-20-million-blank-lines", "4.2", lambda: FROM + b"\r\n" * 20_000_000, slow=True)
    yield whole("mime-2-million-blank-lines", "4.2", lambda: FROM + b"\r\n" * 2_000_000)
    yield whole("mime-1-million-blank-lines", "4.2", lambda: FROM + b"\r\n" * 1_000_000, slow=True)
    yield whole("mime-70-mb", "incident 66", lambda: FROM + b"\r\n" + b"A" * 70_000_000, slow=True)
    yield whole("mime-one-line-of-20-mb", "threat 32", lambda: FROM + b"\r\n" + b"A" * 20_000_000, slow=True)
    yield whole("mime-empty", "incident 18", lambda: b"")
    yield whole("mime-blank", "incident 18", lambda: b"\r\n \r\n")
    yield whole("mime-one-byte", "incident 18", lambda: b"x")
    yield whole("mime-random", "incident 75", lambda: bytes(range(256)) * 400)
    yield whole("mime-nothing-but-cr", "threat 31", lambda: b"\r" * 50_000)
    yield whole("mime-cr-lines", "4.3", lambda: sent(901, text="words").replace(b"\r\n", b"\r"))
    yield whole(
        "mime-lines-mixed",
        "4.3",
        lambda: sent(902, text="a\r\nb").replace(b"\r\nSubject", b"\nSubject").replace(b"\r\nDate", b"\rDate"),
    )
    yield whole("mime-nuls-in-body", "threat 33", lambda: sent(903, text="a b").replace(b"a b", b"a\0b" * 9_000))
    yield whole("mime-mbox-lines", "threat 31", lambda: b"From x\r\n" * 2_000 + FROM + b"\r\nwords")
    yield whole("mime-alternatives-190", "incident 43", _alternatives)
    yield whole(
        "mime-digest-of-600",
        "incident 43",
        lambda: (
            FROM + b"Content-Type: multipart/digest; boundary=b\r\n\r\n" + b"--b\r\n\r\nSubject: a\r\n\r\nx\r\n" * 600
        ),
    )
    yield whole(
        "mime-report-of-5000-blocks",
        "incident 56",
        lambda: FROM + b"Content-Type: message/delivery-status\r\n\r\n" + b"Action: failed\r\n\r\n" * 5_000,
    )
    yield whole(
        "mime-partial",
        "threat 31",
        lambda: FROM + b'Content-Type: message/partial; id="a"; number=1; total=9\r\n\r\nFrom: x\r\n\r\nx',
    )
    yield whole(
        "mime-external-body",
        "threat 25",
        lambda: (
            FROM
            + b'Content-Type: message/external-body; access-type=URL; URL="http://127.0.0.1:9/"\r\n\r\n'
            + b"Content-Type: text/plain\r\n\r\n"
        ),
    )
    yield whole("mime-body-of-10-mb", "threat 35", lambda: sent(904, text="words " * 1_600_000), slow=True)
    yield whole("mime-body-of-2-mb", "threat 35", lambda: sent(905, text="words " * 340_000))


def forwarded_cases() -> Iterator[Case]:
    """Give the cases of mails in mails."""
    yield whole("forwarded-four-deep", "incident 80", lambda: _forwards(4))
    yield whole(
        "forwarded-in-base64",
        "incident 80",
        lambda: mails.forwarded(base64.encodebytes(sent(906, word(GOOD))), encoding="base64"),
    )
    yield attached(
        "forwarded-bomb", "incident 42", lambda: FROM + b"Content-Type: message/rfc822\r\n\r\n" * 500, called="a.eml"
    )
    yield attached("forwarded-parts-5000", "incident 43", lambda: MIXED + b"--b\r\n\r\nx\r\n" * 5_000, called="a.eml")
    yield attached("forwarded-headers-3001", "threat 32", lambda: FROM * 1_000 + b"\r\nx", called="a.eml")
    yield attached("forwarded-octets", "incident 80", lambda: FROM + b"Date: x\r\n\r\nwords", called="a.bin")


def _deep(depth: int) -> bytes:
    return b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))


def _prefixed() -> bytes:
    inner = b"Content-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\n\r\nx\r\n--bb--\r\n"
    return MIXED + (b"--b\r\n" + inner) * 20 + b"--b--\r\n"


def _preamble() -> bytes:
    hidden = b"Content-Type: text/plain\r\n\r\nin the preamble\r\n"
    return MIXED + hidden + b"--b\r\n\r\nx\r\n--b--\r\n" + hidden


def _alternatives() -> bytes:
    parts = b"".join(b"--b\r\nContent-Type: text/html\r\n\r\n<p>words %d\r\n" % n for n in range(190))
    return FROM + b"Content-Type: multipart/alternative; boundary=b\r\n\r\n" + parts + b"--b--\r\n"


def _forwards(depth: int) -> bytes:
    raw = sent(907, word(GOOD))
    for _ in range(depth):
        raw = mails.forwarded(raw)
    return raw
