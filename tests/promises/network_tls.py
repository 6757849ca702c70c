"""Faults where a conversation is secured: at STARTTLS and in the handshake; nothing may go on in the clear."""

from collections.abc import Iterable
from pathlib import Path

from tests.promises.network_came import BROKEN, Came
from tests.promises.network_rig import Rig, disturbed, rigs, two_mails
from tests.promises.network_whole import Allowed, recovered
from tests.servers import fault_imap, fault_smtp
from tests.servers.faulty_line import HANDSHAKE, Fault

STARTTLS, TLS = "starttls", "tls"
IMAP, SMTP = "IMAP", "SMTP"
IN_THE_CLEAR = frozenset({"GREETING", "CAPABILITY", "EHLO", "STARTTLS", "HANDSHAKE", "LOGOUT", "QUIT"})
"""All that may be said before a line is secured: no name, no password, no letter."""
LITERALS = "literal-"
Case = tuple[str, str, Fault]
"""How the line is secured, which line, what goes wrong."""


def everything() -> list[Case]:
    """Return every fault at STARTTLS and at the handshakes of both lines; also a word smuggled in behind the OK."""
    ways = {IMAP: [what for what in fault_imap.EVERYWHERE if not what.startswith(LITERALS)]}
    ways[SMTP] = [what for what in fault_smtp.EVERYWHERE if what != "drip"]
    found = [(STARTTLS, line, Fault("STARTTLS", what)) for line in ways for what in (*ways[line], "smuggled")]
    return found + [
        (how, line, Fault("HANDSHAKE", what)) for how in (STARTTLS, TLS) for line in ways for what in HANDSHAKE
    ]


SAMPLE: list[Case] = [
    (STARTTLS, IMAP, Fault("STARTTLS", "no")),
    (STARTTLS, SMTP, Fault("STARTTLS", "4xx")),
    (STARTTLS, IMAP, Fault("STARTTLS", "smuggled")),
    (STARTTLS, SMTP, Fault("STARTTLS", "smuggled")),
    (STARTTLS, SMTP, Fault("HANDSHAKE", "cut-within")),
    (TLS, IMAP, Fault("HANDSHAKE", "alert")),
    (TLS, SMTP, Fault("HANDSHAKE", "garbage")),
]


def all_tried(home: Path, cases: Iterable[Case]) -> dict[Case, Came]:
    """Try every case, those of one security before one pair of servers; return what came of each."""
    came: dict[Case, Came] = {}
    cases = list(cases)
    for security in (STARTTLS, TLS):
        with rigs(home / security, [frozenset()], security) as (rig,):
            came |= {case: _tried(rig, case) for case in cases if case[0] == security}
    return came


def _tried(rig: Rig, case: Case) -> Came:
    _, line, fault = case
    said = len(rig.imap.said), len(rig.smtp.said)
    try:
        account = rig.account(two_mails()[1:])
        ran = disturbed(rig, account, fault if line == IMAP else None, fault if line == SMTP else None)
        word = recovered(rig, account, Allowed())
        open_words = {*rig.imap.said[said[0] :], *rig.smtp.said[said[1] :]} - IN_THE_CLEAR
        assert not open_words, f"said in the clear: {open_words}"
    except AssertionError as broken:
        return Came("", BROKEN, str(broken))
    return Came(str(ran.code), word)
