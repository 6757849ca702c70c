"""What the log's codes are called: what happened (events), why (reasons), and why a letter did not go."""

import re
from collections.abc import Callable, Mapping

EVENTS: Mapping[str, str] = {
    "received": "Taken in from the mailbox",
    "moved": "Went on",
    "filed": "Moved to its folder in the mailbox",
    "moved-by-person": "Sent another way by a person",
    "exception-closed": "An item was closed",
    "letter-released": "A waiting letter was let go",
    "letter-sent": "A letter was sent",
    "letter-found": "A letter was found among those the server has sent",
    "letter-put-off": "A letter could not go yet; it is tried again",
    "letter-abandoned": "A letter could not be delivered",
    "read-again": "Read again with today's forms",
    "judged-again": "Judged again after a correction",
    "value-keyed": "An answer was corrected",
    "keyed": "A form was keyed by hand",
    "unlocked": "A locked file was opened with its password",
    "unlock-failed": "A password opened nothing",
    "alert-repeated": "The safety alert was sent again",
    "relisted": "The mailbox was numbered anew",
    "vanished": "Somebody removed it from the mailbox",
    "case-disclosed": "Given out for an access request",
    "message-disclosed": "Given out for an access request",
    "subject-searched": "Searched for a child, for an access request",
    "hold-placed": "A legal hold was placed",
    "hold-lifted": "A legal hold was lifted",
    "case-erased": "The case was erased",
    "message-erased": "The email was erased",
    "revealed": "Personal data was shown on a terminal",
    "looked": "Looked at",
    "downloaded": "Downloaded",
    "exported": "Exported",
    "searched": "Searched for a child",
    "copy-goes-on": "Goes on in place of a copy that was not proved",
    "keys-rotated": "The keys were renewed",
    "letter-withdrawn": "A waiting letter was withdrawn",
    "record-unreadable": "Something on record cannot be opened",
    "records-marked": "The records of an older program were marked",
    "rows-marked": "What was written with it was marked",
    "subjects-indexed": "Emails that wait can be found by a child's name",
    "waits": "Waits for something outside",
    "signed-in": "Signed in",
    "signed-out": "Signed out",
    "refused": "Was refused a page",
    "step-recorded": "A step was recorded",
    "step-taken-back": "A step was taken back",
    "note-added": "A note was added",
    "owner-set": "Somebody was named to look after it",
    "link-judged": "A link was decided",
    "sign-in-failed": "Failed to sign in",
    "account-added": "An account was made",
    "account-disabled": "An account was closed",
    "account-opened": "An account was opened again",
    "password-changed": "A password was changed",
    "roles-changed": "The roles of an account were changed",
    "second-factor-set": "A second factor was set up",
    "second-factor-removed": "A second factor was taken away",
}
WHYS: Mapping[str, str] = {
    # why a message stands where it stands
    "registered": "Registered",
    "may-be-opened": "Safe to open",
    "form-found": "A referral form was found and read",
    "checked": "Every check was made",
    "release": "Released by a person",
    "auto-reply": "An automatic reply",
    "bounce": "One of our letters came back",
    "exact-copy": "A true copy of an email we have",
    "not-a-referral": "Holds no referral",
    "spoof": "Claims an agency's address and is not from it",
    "own-mail": "Sent by ourselves",
    "reply-to-letter": "A reply to one of our letters",
    "wrong-form": "A form of another service",
    "by-a-person": "Moved by a person",
    "keyed-by-hand": "What the form says was typed by a person",
    "malware": "The malware scanner found something",
    "unreadable-document": "An attachment could not be read",
    "unsupported-document": "An attachment of a kind we do not read",
    "over-limit-document": "An attachment is over a limit",
    "unopened": "Sent through a secure mail service that only a person can open",
    "form-newly-readable": "A form can be read now that could not be read before",
    # what a link is
    "resubmission": "The same form again",
    "same-incident": "Perhaps the same incident",
    "reply": "A reply",
    # what was done, and to what
    "readings-changed": "Some answers are read otherwise",
    "better-proved": "It is better proved than the copy that came before",
    "by-name-alone": "By the name alone",
    "by-name-and-birth": "By name and date of birth",
    "closed": "The account is closed",
    "offer": "What was read, to compare it",
    "sender": "The address it came from",
    "of-an-older-program": "They were written by an older program",
    "written-after-its-line": "It was written after the line before",
    "nobody-acted": "Nobody had acted on it",
    "uidvalidity-changed": "The mail server gave all emails new numbers; nothing is lost",
    "wrong-password": "The password was wrong",
    "no-form-inside": "It opened, and no form of ours was inside",
    "case": "The case",
    "answer": "An answer, to correct it",
    "reasons": "The reasons people gave",
    "original": "The original",
    "intake-log": "The intake log",
    "figures": "The figures",
    "child": "By name and date of birth",
    "register": "The case register",
    "reread": "What would be read anew",
    "password": "With a password",
    "single-sign-on": "With the organisation's account",
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
    "login-not-ascii": "the mail server's password cannot be used",
    "421": "the mail server was closing",
    # promises of the program that did not hold
    "erased": "It was erased",
    "seal-broken": "What was sealed does not open: tell whoever looks after the program",
    "key-missing": "The key to it is not there: tell whoever looks after the program",
    "not-screened": "A step before it is missing: tell whoever looks after the program",
    "no-such-message": "Its row is not there: tell whoever looks after the program",
    "record-unreadable": "What is on record cannot be read: tell whoever looks after the program",
    "database-refused": "The database refused it: tell whoever looks after the program",
    "original-missing": "The original is not there: tell whoever looks after the program",
    "original-altered": "The original was changed: tell whoever looks after the program",
    "original-differs": "The original is not the one that came: tell whoever looks after the program",
    "original-exists": "There is an original of that number already: tell whoever looks after the program",
    "header-not-clean": "Its answer could not be written: tell whoever looks after the program",
    "letter-not-composable": "Its answer could not be written: tell whoever looks after the program",
    "letter-not-as-composed": "Its answer would not have been what was written: tell whoever looks after the program",
    "letter-without-recipient": "Its answer had nobody to go to: tell whoever looks after the program",
    "way-not-on-the-map": "The program would have gone a wrong way: tell whoever looks after it",
}
SECRETS = frozenset(
    {"variable-not-set", "file-missing", "file-unreadable", "file-too-large", "not-text", "file-empty", "unusable",
     "cannot-be-read", "not-a-key", "not-an-rsa-key"}
)  # fmt: skip
"""Why a secret of ours cannot be had; which one is the operations log's to say."""
SIGNING_IN: Mapping[str, str] = {"locked": "Too many wrong passwords: the account rests for a while"}
"""Of signing in alone: the same codes say something else of a file."""
FAMILIES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"gave-up-(?!at-)(?P<rest>.+)"), "Given up after many tries: {rest}"),
    (re.compile(r"login-refused-(?P<code>\d+)"), "the mail server does not let us sign in ({code})"),
    (re.compile(r"answered-(?P<code>-?\d+)"), "the mail server refused ({code})"),
    (re.compile(r"sender-refused-(?P<code>.+)"), "the mail server does not take letters from us ({code})"),
    (re.compile(r"(?P<code>\d{3}(?:-[245]\.\d{1,3}\.\d{1,3})?)"), "the mail server refused it ({code})"),
)
"""Codes that end in what a server said, or in another code (``rest``)."""


def said(code: str, why: Callable[[str], str]) -> str | None:
    """Return a reason in words, ``why`` telling of the code inside another; None for one that is not here."""
    if code in WHYS:
        return WHYS[code]
    if code in SECRETS:
        return "the mail server's password cannot be read: ask IT"
    for family, words in FAMILIES:
        found = family.fullmatch(code)
        if found:
            inside = found.groupdict()
            return words.format(**{**inside, "rest": why(inside["rest"])} if "rest" in inside else inside)
    return None
