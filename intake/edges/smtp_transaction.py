"""One letter from MAIL to the answer after the final dot (RFC 5321 3.3): what the server's numbers mean for it."""

import re
import smtplib

from intake.domain.case import Letter
from intake.domain.delivery import IN_DOUBT, Delivery, Refused, Sent
from intake.errors import Unavailable

WHAT = "smtp"
GOING_AWAY = 421
"""RFC 5321 3.8: the server closes, whatever was asked; says nothing about the letter."""

LINE_OF_DOT = re.compile(rb"(?m)^\.")
ENHANCED_CODE = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})(?!\S)")
ADDRESS = re.compile(r"[^\s<>,;:\\\"@\x00-\x1f\x7f]+@[^\s<>,;\\\"@\x00-\x1f\x7f]+")
"""What may stand between the angle brackets of MAIL and RCPT; smtplib would quietly write a part of anything else."""
QUEUE_CODE = re.compile(rb"(?i)(?:queued as|internalid=|id=)\s*([a-z0-9._-]{1,64})")

Reply = tuple[int, bytes]


def hand_over(smtp: smtplib.SMTP, sender: str, letter: Letter) -> Delivery:
    """Give one letter; raises Unavailable where the answer is not about it; a broken line raises smtplib's own."""
    recipients = tuple(recipient.reveal() for recipient in letter.recipients)
    if not all(ADDRESS.fullmatch(address) for address in recipients):
        return Refused(permanent=True, code="address-unusable")
    options = _options(smtp, (sender, *recipients))
    if options is None:
        return Refused(permanent=True, code="smtputf8-not-offered")
    reply = smtp.mail(sender, options)
    if reply[0] != 250:
        # About our account, not about this letter: giving it up for that would give up every letter.
        raise Unavailable(WHAT, f"sender-refused-{_code(reply)}")
    replies = [_awake(smtp.rcpt(recipient)) for recipient in recipients]
    refused = tuple(reply for reply in replies if reply[0] not in {250, 251})
    if len(refused) == len(replies):
        return _refusal(*refused)
    return _data(smtp, letter.content, refused=len(refused))


def _options(smtp: smtplib.SMTP, addresses: tuple[str, ...]) -> list[str] | None:
    """Return MAIL's options: SMTPUTF8 (RFC 6531) only where an address needs it; None where it cannot be had."""
    if all(address.isascii() for address in addresses):
        smtp.command_encoding = "ascii"
        return []
    if not smtp.has_extn("smtputf8"):
        return None
    smtp.command_encoding = "utf-8"
    return ["SMTPUTF8"]


def _data(smtp: smtplib.SMTP, content: bytes, refused: int) -> Delivery:
    """Give the bytes; from the final dot to the answer nobody can know whether the server took them."""
    reply = _awake(smtp.docmd("DATA"))
    if reply[0] != 354:
        return _refusal(reply)
    ending = b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n"
    smtp.send(LINE_OF_DOT.sub(b"..", content) + ending)
    try:
        reply = smtp.getreply()
    except (smtplib.SMTPException, OSError):
        raise Unavailable(WHAT, IN_DOUBT) from None
    if _awake(reply)[0] != 250:
        if not 200 <= reply[0] < 600:
            raise Unavailable(WHAT, IN_DOUBT)  # neither yes nor no: an answer cut short, or none of SMTP's
        return _refusal(reply)
    named = QUEUE_CODE.search(reply[1])
    return Sent(queue_code=named.group(1).decode("ascii") if named else "accepted", refused=refused)


def _refusal(*replies: Reply) -> Refused:
    """Return the refusal; for good only when every answer was for good."""
    return Refused(permanent=all(500 <= reply[0] < 600 for reply in replies), code=_code(replies[0]))


def _code(reply: Reply) -> str:
    """Return ``550-5.1.1``: the server's words can quote an address, so only its numbers are kept."""
    enhanced = ENHANCED_CODE.match(reply[1])
    return f"{reply[0]}-{enhanced.group(1).decode('ascii')}" if enhanced else str(reply[0])


def _awake(reply: Reply) -> Reply:
    """Pass an answer on, unless it only says that the server is closing."""
    if reply[0] == GOING_AWAY:
        raise Unavailable(WHAT, str(GOING_AWAY))
    return reply
