"""What to do about an open item, a sentence for each family of codes, the first that fits; and about a letter."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

from intake.domain.case import LetterKind, LetterState
from intake.domain.delivery import WITHDRAWN

ADVICE: Mapping[str, str] = {
    "child-at-risk-now": "Ring the Bridge Partnership now, or the Emergency Duty Team outside office hours. "
    "Then close this saying whom you told.",
    "wrong-form": "If a child may be at risk, ring the Bridge Partnership first. "
    "Then tell the sender where the form belongs, and that it has not been passed on.",
    "locked*": "Ask the sender for the password by telephone, open it on the email's page, then close this.",
    "over-limit*": "Ask the sender for the form on its own, without other files.",
    "unreadable*": "Ask the sender for another copy, as Word or PDF.",
    "unsupported*": "Ask the sender for the form as Word or PDF.",
    "unopened*": "Open it in the secure mail service, and ask the agency to send the form itself.",
    "link-only": "Ask the sender for the form itself; follow no link.",
    "quarantined-*": "Look only with care: ring the agency by a number you know and ask whether they sent it.",
    "spoof": "Ring the agency by a number you know, not by one from the email.",
    "no-form-recognised": "Look at the original: if it is a referral, ask for the form; if not, set the email aside.",
    "speaks-of-a-referral": "Look at the original: if a referral is meant, ask for the form.",
    "form-newly-readable": "Look at the original: a form in it can be read now. Let the email go through again.",
    "supporting-document": "Look whose review it belongs to, put it there, then set the email aside.",
    "reply-received": "Read the reply in the mailbox, and note on its case what it says.",
    "form-in-body": "Compare each answer with the email, then let it go on from the email's page.",
    "read-by-ocr": "Compare each answer with the page it was read from.",
    "blank-form": "Tell the sender that the form is empty.",
    "late-*": "Ask the agency for the reason, and note it on the case.",
    "timeliness-*": "Ask the agency for the day of the incident.",
    "no-incident-date": "Ask the agency for the day of the incident, and correct it on the case.",
    "incident-*": "Compare the dates with the form, and correct what was read wrongly.",
    "qa-*": "Ask the agency's PRSG member to confirm that they assured the form.",
    "agency-*": "Find out which agency refers, and correct it on the case.",
    "sender-unknown": "Find out who wrote, before you let the waiting letter go.",
    "conflicting-answers": "Look at both answers on the form, and key the right one.",
    "doubtful-readings": "Compare the answers that are not sure with the form.",
    "incomplete": "Ask the agency for what is missing.",
    "possible-duplicate": "Compare both cases, and decide on the case whether they belong together.",
    "same-incident": "Compare both cases, and decide on the case whether they belong together.",
    "new-version": "Look at what changed on the case.",
    "acknowledgement-bounced": "Tell the agency by telephone that the referral has arrived.",
    "letter-waits*": "Find out who wrote, then let the letter go or withdraw it.",
    "letter-*": "Tell the agency by telephone that the referral has arrived.",
    "message-id-reused": "Compare it with the other email of that number: one of the two may be a forgery.",
    "record-unreadable": "Tell whoever looks after the program today: something on record cannot be opened.",
    "scanner-too-large": "Ask the sender for the form on its own: the email is too large for the malware scanner.",
    "could-not-be-processed": "Read the original by hand, and tell whoever looks after the program.",
    "body-not-read-whole": "Read the original by hand: it is too long for the program.",
    "current-risk-not-answered": "Ask the agency today whether the child is safe now, and note it on the case.",
    "no-children": "Ask the agency whom the referral is about, and key the child on the case.",
    "no-criteria": "Ask the agency which criteria are met.",
    "form-and-criteria-disagree": "Ask the agency which of the two is meant.",
    "foreign-layout": "Compare each answer with the form: it is laid out as none of ours.",
    "hidden-text": "Look at the original: the form carries words that nobody sees.",
    "signature-*": "Ring the agency by a number you know, and ask whether they sent it.",
    "has-program": "Open it on no machine. Ring the agency by a number you know, and ask for the form alone.",
    "starts-programs": "Open it on no machine. Ring the agency by a number you know, and ask for the form alone.",
    "has-files-inside": "Look at what the form carries inside it: it may be a part of the referral.",
    "has-*": "Do not open the original outside a safe place; what was read from it may be used.",
    "sends-or-takes-data": "Do not open the original outside a safe place; what was read from it may be used.",
    "not-all-looked-at": "Look at the original: it holds more than the program looks at.",
    "death-*": "Compare the dates with the form, and correct what was read wrongly.",
    "aware-*": "Compare the dates with the form, and correct what was read wrongly.",
    "aged-18-or-over": "Compare the date of birth with the form; if it stands, tell the agency.",
    "holiday-table-ends": "Ask IT to renew the list of bank holidays.",
    "sent-date-disagrees": "Ask the agency on which day they sent it.",
}
"""``*`` stands for any ending."""
OTHERWISE = "Look at it, do what is needed, and close it saying what was done."


@lru_cache(maxsize=500)
def advice(code: str) -> str:
    """Return what to do."""
    return next((says for family, says in ADVICE.items() if fnmatchcase(code, family)), OTHERWISE)


def letter_step(letter: Mapping[str, Any]) -> str:
    """Return what to do about a letter that waits, did not arrive or is late; of one sent or withdrawn nothing."""
    if letter["why"] == WITHDRAWN:
        return ""
    is_alert = letter["kind"] == LetterKind.SAFETY_ALERT
    if letter["state"] == LetterState.WAITING:
        return MANY if letter["why"] == "cap-reached" else UNKNOWN
    if letter["bounced_at"] or letter["state"] == LetterState.ABANDONED:
        return ALERT_LOST if is_alert else LOST[letter["kind"]]
    if letter["state"] == LetterState.QUEUED:
        return ALERT_LATE if is_alert else LATE
    return ""


UNKNOWN = "Find out who wrote, then let it go or withdraw it."
MANY = "Look whether so many letters to one address are right, then let it go or withdraw it."
LOST: Mapping[str, str] = {
    LetterKind.ACKNOWLEDGEMENT: "Ring the agency and say that the referral has arrived.",
    LetterKind.RECEIPT: "Ring the sender and say that the email has arrived.",
    LetterKind.REPORT: "Ask IT to look at the addresses of the nightly report.",
}
ALERT_LOST = "It reached nobody: tell whoever gets alerts by telephone now, and ask IT to look at their address."
LATE = "The program tries again by itself; if it stays here, ask IT."
ALERT_LATE = "It has reached nobody yet: tell whoever gets alerts by telephone now."
