"""Why a letter waits, was put off or did not arrive, in words: for the report and the pages alike."""

import re
from collections.abc import Mapping

WHYS: Mapping[str, str] = {
    # why a letter waits, and why none may be written
    "unknown-sender": "the sender belongs to no agency we know",
    "unverified-sender": "an agency's address, and nothing proves that they wrote it",
    "agency-cap-reached": "this agency had as many letters in a day as may go by themselves",
    "cap-in-all-reached": "as many letters went in a day as may go by themselves",
    "cap-reached": "this address had as many letters in a day as may go by themselves",
    "receipt-only": "the sender is not proved: a receipt alone",
    "infected": "the malware scanner found something in their email",
    "authentication-failed": "their email failed the checks of who sent it",
    "unusable-address": "there is no address to answer to",
    "ourselves": "it came from ourselves",
    "robot-address": "nobody reads that address",
    "not-answerable": "their email says that it wants no answer",
    "person": "a person wrote it",
    # what became of a letter
    "withdrawn": "a person decided that it never goes out",
    "unreadable": "it does not open: tell whoever looks after the program",
    "key-missing": "its key is not there: tell whoever looks after the program",
    "accepted": "The mail server took it",
    "sending": "it is being sent, or the program stopped while it was",
    "in-doubt": "the mail server did not say whether it has it",
    "address-unusable": "the address is none a letter can go to",
    "smtputf8-not-offered": "the mail server cannot write to such an address",
    "fault-of-ours": "a fault of the program",
    "away": "the mail server is away",
    "certificate-refused": "the mail server could not prove who it is",
    "tls-failed": "no safe line to the mail server could be had",
    "starttls-not-offered": "no safe line to the mail server could be had",
    "timed-out": "the mail server did not answer in time",
    "name-not-found": "the mail server's name was not found",
    "connection-refused": "the mail server took no connection",
    "connection-lost": "the line to the mail server was lost",
    "login-not-offered": "the mail server takes no sign-in of ours",
    "token-away": "the organisation's sign-in, which gives access to the mail server, is away",
    "token-refused": "the organisation's sign-in lets the program in no more: ask IT",
    "token-unusable": "the organisation's sign-in gave the program nothing to use: ask IT",
    "login-not-ascii": "the mail server's password cannot be used",
    "421": "the mail server was closing",
}
SECRETS = frozenset(
    {"variable-not-set", "file-missing", "file-unreadable", "file-too-large", "not-text", "file-empty", "unusable",
     "cannot-be-read", "not-a-key", "not-an-rsa-key"}
)  # fmt: skip
"""Why a secret of ours cannot be had; which one is the operations log's to say."""
FAMILIES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"gave-up-(?!at-)(?P<rest>.+)"), "Given up after many tries: {rest}"),
    (re.compile(r"login-refused-(?P<code>\d+)"), "the mail server does not let us sign in ({code})"),
    (
        re.compile(r"token-refused-(?P<code>.+)"),
        "the organisation's sign-in lets the program in no more ({code}): ask IT",
    ),
    (re.compile(r"answered-(?P<code>-?\d+)"), "the mail server refused ({code})"),
    (re.compile(r"sender-refused-(?P<code>.+)"), "the mail server does not take letters from us ({code})"),
    (re.compile(r"(?P<code>\d{3}(?:-[245]\.\d{1,3}\.\d{1,3})?)"), "the mail server refused it ({code})"),
)
"""Codes that end in what a server said, or in another code (``rest``)."""


def said(code: str) -> str | None:
    """Return a reason in words, and the words of a code that stands inside another; None for one that is not here."""
    if code in WHYS:
        return WHYS[code]
    if code in SECRETS:
        return "the mail server's password cannot be read: ask IT"
    for family, words in FAMILIES:
        found = family.fullmatch(code)
        if found:
            rest = found.groupdict().get("rest")
            return words.format(**found.groupdict() if rest is None else {"rest": said(rest) or rest})
    return None
