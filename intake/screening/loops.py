"""Did a person write it, and may it be answered? RFC 3834 in full, read as real responders write it (incidents.md E).

The two questions are apart: a List-Unsubscribe on a school's referral forbids the letter, never the intake.
"""

import re
from collections.abc import Iterable, Iterator

from intake.domain.robots import is_robot
from intake.domain.verdict import Automation
from intake.screening.attachments import candidates
from intake.screening.structured import without_comments
from parsers.contract import Headers, Kind, Survey

MOST_HOPS = 50
"""Received fields beyond which a mail goes round in circles (security.md 2.1, 13)."""

LONGEST = 16_000
"""What the wall hands out of a header; in one as long, the end that it lacks may forbid an answer."""
_OF_BULK = "feedback-id"
"""Of those who send for others, a school's platform among them: no letter, but no reason to think nobody wrote."""
_BULK = frozenset({"bulk", "list", "junk"})
_AUTO_PRECEDENCE = frozenset({"auto_reply", "auto-reply", "autoreply"})
_DELIVERY_STATUS = "message/delivery-status"
_MAILING_LIST = frozenset({"list-id", "list-post"})
_SUPPRESSING = frozenset({"all", "autoreply"})
"""Of X-Auto-Response-Suppress (MS-OXCMAIL 2.2.3.2.14): OOF, DR, RN and NRN speak of other answers than ours."""
_REPORT_TYPE = re.compile(r"report-type\s{0,20}=\s{0,20}\"?([a-z-]{1,60})")
_BRACKETS = str.maketrans("<>", "  ")
_GLUED = re.compile(r"auto-submitted\s{0,20}:(.{0,80})", re.IGNORECASE | re.DOTALL)
_MARKERS = re.compile(r"\A\s{0,20}\[[^\]]{0,40}\]")
_AWAY = (
    "automatic reply", "auto reply", "auto-reply", "autoreply", "auto response", "auto-response", "out of office",
    "out of the office", "out-of-office", "ooo:", "away from my mail", "vacation reply",
)  # fmt: skip


def automation(survey: Survey, ourselves: frozenset[str] = frozenset()) -> Automation:
    """Tell who wrote the mail, by its outside; a bounce first, since nothing may ever follow from one.

    ``ourselves`` are our addresses, lower-case: what has been round by one of them is no person's.
    """
    headers = survey.headers
    if _is_bounce(survey):
        return Automation.BOUNCE
    if _is_automatic(survey) or _went_by(headers, ourselves):
        return Automation.AUTO_REPLY
    if _is_calendar(survey):
        return Automation.CALENDAR
    if _MAILING_LIST & set(headers.list_headers) or _BULK & _words(headers.untrusted_precedence):
        return Automation.BULK
    return Automation.PERSON


def answerable(survey: Survey, ourselves: frozenset[str] = frozenset()) -> bool:
    """Tell whether RFC 3834 lets us answer at all, whoever wrote it."""
    headers = survey.headers
    forbidding = (
        automation(survey, ourselves) is not Automation.PERSON,
        bool(headers.responder_headers),
        any(len(field) >= LONGEST for field in _deciding(headers)),
        bool(headers.list_headers),
        bool((_BULK | _AUTO_PRECEDENCE) & _words(headers.untrusted_precedence)),
        bool(_SUPPRESSING & _words(headers.untrusted_suppress)),
        any(map(is_robot, _senders(headers))),
        says_away(headers.untrusted_subject),
    )
    return not any(forbidding)


def replies(headers: Headers) -> bool:
    """Tell whether an automatic mail answers another: it says so, names the other, or speaks of being away."""
    submitted = "auto-replied" in _auto_submitted(headers)
    return submitted or bool(headers.untrusted_in_reply_to.strip()) or says_away(headers.untrusted_subject)


def says_away(subject: str) -> bool:
    """Tell whether a subject opens like a vacation notice: a hint, good for a letter less, not for setting aside."""
    return _MARKERS.sub("", subject.casefold()).strip().startswith(_AWAY)


def came_back(survey: Survey) -> bool:
    """Tell whether a report of delivery (RFC 3464 2.3.3) says that a letter failed, or says nothing plain of it."""
    told = {code for code in survey.codes if code.startswith("dsn-")}
    return not told or "dsn-failed" in told


def goes_in_circles(headers: Headers) -> bool:
    """Tell whether more servers passed the mail on than an honest way has."""
    return headers.received_count > MOST_HOPS


def _is_bounce(survey: Survey) -> bool:
    """Tell a delivery report (RFC 3464), or a mailer's plain words, from a receipt of reading or a complaint."""
    headers = survey.headers
    media, report = _content_type(headers)
    if media == "multipart/report" and report:
        return report == "delivery-status"
    types = (media, *(part.untrusted_declared_type.lower() for part in survey.parts))
    returned = _DELIVERY_STATUS in types or bool(headers.returned_message_ids)
    by_mailer = any(name.startswith("mailer-daemon") for name in (*_senders(headers), *_raw_senders(headers)))
    by_postmaster = "postmaster" in _senders(headers)
    sure = by_mailer or media in {"multipart/report", _DELIVERY_STATUS}
    return (sure and (returned or by_mailer)) or (_null_path(headers) and (returned or by_postmaster))


def _is_automatic(survey: Survey) -> bool:
    headers = survey.headers
    return (
        any(word not in {"", "no"} for word in _auto_submitted(headers))
        or _content_type(headers)[0] == "multipart/report"
        or bool(_AUTO_PRECEDENCE & _words(headers.untrusted_precedence))
        or bool(set(headers.responder_headers) - {_OF_BULK})
        or _null_path(headers)
        or goes_in_circles(headers)
    )


def _went_by(headers: Headers, ourselves: frozenset[str]) -> bool:
    """Tell whether an X-Loop names one of our addresses."""
    return bool(_words(headers.untrusted_loop.translate(_BRACKETS)) & ourselves)


def _deciding(headers: Headers) -> tuple[str, ...]:
    """Return the fields that may forbid an answer, as far as they were handed out."""
    return (
        headers.untrusted_auto_submitted,
        headers.untrusted_precedence,
        headers.untrusted_suppress,
        headers.untrusted_loop,
    )


def _is_calendar(survey: Survey) -> bool:
    """Tell an invitation or its answer from a person's mail that brings a document along with one."""
    declared = (part.untrusted_declared_type for part in survey.parts if part.kind is Kind.CALENDAR)
    types = (_content_type(survey.headers)[0], *declared)
    return any(each.strip().lower().startswith("text/calendar") for each in types) and not candidates(survey.parts)


def _auto_submitted(headers: Headers) -> frozenset[str]:
    """Return the values of Auto-Submitted without comments and parameters, those glued onto a folded Date too."""
    fields = (headers.untrusted_auto_submitted, *_GLUED.findall(headers.untrusted_date))
    plain = ",".join(map(without_comments, fields)).lower()
    return frozenset(value.partition(";")[0].strip() for value in plain.split(","))


def _words(field: str) -> frozenset[str]:
    return frozenset(re.split(r"[\s,;]", without_comments(field).lower()))


def _content_type(headers: Headers) -> tuple[str, str]:
    """Return the media type and the report-type of RFC 6522, both lower-case, either of them possibly empty."""
    plain = without_comments(headers.untrusted_content_type).lower()
    report = _REPORT_TYPE.search(plain)
    return "".join(plain.partition(";")[0].split()), report[1] if report else ""


def _null_path(headers: Headers) -> bool:
    path = "".join(without_comments(headers.untrusted_return_path).lower().split())
    return path in {"<>", "<mailer-daemon>"}


def _senders(headers: Headers) -> tuple[str, ...]:
    """Return the local parts the mail says it is from, lower-case."""
    return tuple(_locals(each.untrusted_address for each in (*headers.from_addresses, *headers.from_second_opinion)))


def _raw_senders(headers: Headers) -> Iterator[str]:
    """Give the From fields as they open: some mailers write no address at all (``MAILER DAEMON <>``)."""
    return (raw.strip('" ').lower().replace(" ", "-") for raw in headers.untrusted_from_raw)


def _locals(addresses: Iterable[str]) -> Iterator[str]:
    return (address.lower().rpartition("@")[0] or address.lower() for address in addresses)
