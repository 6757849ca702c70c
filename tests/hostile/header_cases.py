"""Mails that are hostile in their headers (incident 50; threats 1 to 6, 14, 32; security.md 0.1, 2.2 and 4.2)."""

import zlib
from collections.abc import Iterator

from tests.builders import mails
from tests.hostile.case import Case, whole


def header_cases() -> Iterator[Case]:
    """Give the cases of header blocks that are too much."""
    for name, threat, line in (
        ("subject-of-5-mb", "0.1", "Subject: " + "x" * 5_000_000),
        ("subject-of-encoded-words-380k", "0.1", "Subject: " + "=?utf-8?q?=41?= " * 24_000),
        ("subject-of-encoded-words-200k", "0.1", "Subject: " + "=?utf-8?q?=41?= " * 12_000),
        ("subject-of-base64-words", "threat 33", "Subject: " + "=?utf-8?b?////?= " * 900),
        ("subject-encoded-in-idna", "threat 33", "Subject: =?idna?q?=ff?= =?zip?b?AAAA?= =?undefined?q?a?="),
        ("subject-never-ends", "threat 33", "Subject: =?utf-8?q?" + "=" * 20_000),
        ("subject-with-new-lines", "incident 65", "Subject: =?utf-8?q?a=0d=0aBcc:_evil@webmail.example?="),
        ("from-of-dots", "0.1", "From: " + "." * 50_000 + "@gmp.example"),
        ("from-of-words", "0.1", "From: " + "word " * 20_000 + "<a@gmp.example>"),
        ("from-of-comments", "0.1", "From: " + "(" * 400 + "a" + ")" * 400 + " <a@gmp.example>"),
        ("from-just-under", "0.1", "From: " + "." * 975 + "@gmp.example"),
        ("from-of-quotes", "2.2", 'From: "' + '\\"' * 400 + '" <a@gmp.example>'),
        ("from-of-groups", "2.2", "From: a@gmp.example:b@webmail.example;"),
        ("from-of-encoded-words", "2.2", "From: =?utf-8?q?orla=40gmp.example=00?= <a@webmail.example>"),
        ("from-of-nothing", "2.2", "From:"),
        ("from-of-a-surrogate", "2.2", "From: \udcff\udcfe <a@gmp.example>"),
        ("to-of-brackets", "0.1", "To: " + "(" * 100_000),
        ("to-of-10k-people", "incident 50", "To: " + ", ".join(f"a{n}@gmp.example" for n in range(10_000))),
        ("reply-to-of-quotes", "0.1", "Reply-To: " + '"' * 100_000),
        ("references-of-200k", "incident 50", "References: " + "<a@b> " * 33_000),
        ("message-id-of-200k", "incident 50", "Message-ID: <" + "a" * 200_000 + "@b>"),
        ("date-of-100k", "threat 35", "Date: " + "9" * 100_000),
        ("date-of-zones", "threat 35", "Date: Mon, 16 Nov 2026 09:30:00 " + "(" * 50_000),
        ("received-of-120k", "0.1", "Received: " + "from a by b " * 10_000),
        ("results-of-200k", "threat 6", "Authentication-Results: mx.salford.example; " + "dmarc=pass (" * 16_000),
        ("type-of-comments", "threat 32", "Content-Type: text/plain" + "(" * 50_000),
        ("name-of-100k", "threat 32", "X" * 100_000 + ": y"),
        ("auto-submitted-of-200k", "threat 35", "Auto-Submitted: " + "(" * 200_000),
    ):
        yield whole(f"header-{name}", threat, lambda line=line: _with(line))


def many_cases() -> Iterator[Case]:
    """Give the cases of headers by the thousand, and of what is no header."""
    yield whole("headers-100k", "incident 50", lambda: b"X: y\r\n" * 100_000 + b"\r\nx")
    yield whole("headers-3002", "threat 32", lambda: b"X: y\r\n" * 3_002 + b"\r\nx")
    yield whole(
        "headers-received-1000",
        "threat 13",
        lambda: _with(*["Received: from a by b; Mon, 16 Nov 2026 09:30:00 +0000"] * 1_000),
    )
    yield whole(
        "headers-list-200",
        "threat 12",
        lambda: _with(*(f"List-{chr(97 + n % 26)}{chr(97 + n // 26)}: x" for n in range(200))),
    )
    yield whole(
        "headers-results-500",
        "threat 6",
        lambda: _with(*["Authentication-Results: mx.salford.example; dmarc=pass"] * 500),
    )
    yield whole("headers-from-twice", "threat 4", lambda: _with("From: a@gmp.example", "From: b@webmail.example"))
    yield whole("headers-from-500-times", "threat 4", lambda: _with(*["From: a@gmp.example"] * 500))
    yield whole(
        "headers-from-behind-cr", "threat 4", lambda: _with("X: y\rFrom: a@gmp.example", "From: b@webmail.example")
    )
    yield whole("headers-nul", "threat 5", lambda: _with("Subject: a\0b", "From: a\0@gmp.example"))
    yield whole("headers-never-end", "threat 32", lambda: b"X: " + b"y" * 300_000)
    yield whole("headers-folded-2900", "threat 32", lambda: b"Subject: a\r\n" + b" b\r\n" * 2_900 + b"\r\nx")
    yield whole("headers-stray-lines", "incident 75", lambda: _with("no header at all", "From: a@gmp.example"))
    yield whole("headers-eight-bit", "threat 33", lambda: _with("Subject: \udcff\udcfe\udc80", "From: a@gmp.example"))
    yield whole("headers-none", "incident 75", lambda: b"\r\nwords")


def _with(*lines: str) -> bytes:
    first = (
        () if any(line.lower().startswith("from") or "\rFrom" in line for line in lines) else ("From: a@gmp.example",)
    )
    mark = zlib.crc32("".join(lines).encode("utf-8", "surrogateescape"))
    return mails.raw(*first, *lines, body=b"words %d" % mark)  # trace headers alone make no other mail
