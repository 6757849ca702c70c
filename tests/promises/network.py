"""Every command to both mail servers with every fault on the line: ``python -m tests.promises.network``.

Prints what became of each pair: all came once, a letter was refused and a person told, or a letter whose 250 nobody
heard came twice; anything else is broken, and makes the exit code 1. The tests take a sample that holds every command
and every fault.
"""

import logging
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import cycle, zip_longest
from pathlib import Path
from queue import Queue

import structlog
from rich.console import Console
from rich.table import Table

from tests.promises import network_idle, network_tls
from tests.promises.network_came import BROKEN, Came
from tests.promises.network_rig import Rig, disturbed, rigs, two_mails
from tests.promises.network_whole import ONCE, TOLD, TWICE, Allowed, recovered
from tests.promises.post_bag import Sent
from tests.servers import fault_imap, fault_smtp
from tests.servers.faulty_line import Fault

MAILBOX = (
    "GREETING", "CAPABILITY", "AUTHENTICATE", "NAMESPACE", "EXAMINE", "UID SEARCH", "UID FETCH facts", "UID FETCH body",
    "LIST", "CREATE", "SUBSCRIBE", "SELECT", "UID MOVE", "LOGOUT",
)  # fmt: skip
"""Every command of a run that nobody disturbs, at a server that has MOVE."""
OLD_MAILBOX = ("LOGIN", "UID COPY", "UID STORE", "UID EXPUNGE")
"""The further ones at a server without AUTHENTICATE and MOVE."""
OLD = frozenset({b"AUTH=PLAIN", b"MOVE"})
POST = ("GREETING", "EHLO", "AUTH", "NOOP", "MAIL", "RCPT", "DATA", "BODY", "DOT", "QUIT")
AGAIN = ("cut-before", "cut-within", "lost-answer", "garbage", "no", "no-but-done")
FILING = 3
"""Of two mails, the first reading of a body that can be held against what was taken in; of one, the second."""
PARALLEL = 3
SAMPLED_LOOKS = 2
"""Letters whose 250 nobody heard, looked for among what was sent, in a sample."""
WORDS = (ONCE, TOLD, TWICE, BROKEN)


@dataclass(frozen=True)
class Case:
    """Faults at the mailbox and at the post; with the mail alone whose form cannot be read where ``short``."""

    imap: Fault | None = None
    post: Fault | None = None
    short: bool = False
    keeps_sent: bool = False
    """The program looks for a letter in doubt where the server keeps copies: then none may go twice."""

    @property
    def is_old(self) -> bool:
        """Tell whether the server is one that has not what it need not have."""
        return self.imap is not None and self.imap.at in OLD_MAILBOX

    @property
    def allowed(self) -> Allowed:
        """What nobody could have known or changed."""
        at, what = (self.post.at, self.post.what) if self.post else ("", "")
        return Allowed(
            given_up=int(what == "5xx" and at in {"RCPT", "DATA", "DOT"}),
            twice=int(at == "DOT" and what in fault_smtp.TAKEN_UNHEARD and not self.keeps_sent),
        )

    def tried(self, rig: Rig) -> Came:
        """Run it, then undisturbed; return how that ended, and what became of mails and letters."""
        rig.imap.hidden = OLD if self.is_old else frozenset()
        mails = two_mails()[self.short :]
        if self.imap is not None and self.imap.what == "size-huge":
            mails[self.imap.nth - 1] = _called_too_large(mails[self.imap.nth - 1])
        account = rig.account(mails, keeps_sent=self.keeps_sent)
        ran = disturbed(rig, account, self.imap, self.post)
        return Came(str(ran.code), recovered(rig, account, self.allowed))


def _called_too_large(mail: Sent) -> Sent:
    """Return what becomes of a mail that the server calls too large, which nobody can tell from the truth."""
    return replace(mail, stage="held", why="over-limit", letters=("receipt",), forms=0)


def sample(chance: random.Random) -> list[Case]:
    """Return a case for each command of the mailbox, the post's spread over them: every way that any can go wrong.

    Untried here are most that only one command has, and the slow ones.
    """
    kinds = [*MAILBOX, *OLD_MAILBOX]
    own = chance.sample(sorted(fault_imap.SPECIAL.keys() & set(kinds)), len(kinds) - len(fault_imap.EVERYWHERE))
    imap = [_special(kind, chance.choice(_quick(fault_imap.SPECIAL[kind])), FILING - 1) for kind in own]
    imap += _dealt([kind for kind in kinds if kind not in own], fault_imap.EVERYWHERE, chance)
    post = [Fault("BODY", what) for what in fault_smtp.BODY]
    post += _dealt([kind for kind in POST if kind != "BODY"], _quick(fault_smtp.EVERYWHERE), chance)
    unheard = chance.sample(_quick(sorted(fault_smtp.TAKEN_UNHEARD)), SAMPLED_LOOKS)
    looked_up = [Case(post=Fault("DOT", what), short=True, keeps_sent=True) for what in unheard]
    return [Case(one, other, short=True) for one, other in zip_longest(imap, post)] + looked_up


def everything() -> list[Case]:
    """Return every fault at every command; some again at the second of its kind, in another folder or conversation."""
    kinds = (*MAILBOX, *OLD_MAILBOX)
    mailbox = [Fault(kind, what) for kind in kinds for what in fault_imap.EVERYWHERE]
    mailbox += [Fault(kind, what, 2) for kind in kinds for what in AGAIN]
    special = [(kind, what) for kind in kinds for what in fault_imap.SPECIAL.get(kind, ())]
    mailbox += [_special(kind, what, FILING) for kind, what in special]
    mailbox += [Fault(kind, what, 2) for kind, what in special if what != "other-bytes"]
    post = [
        Fault(kind, what, nth)
        for nth, kinds in ((1, POST), (2, ("BODY", "DOT")))
        for kind in kinds
        for what in (fault_smtp.BODY if kind == "BODY" else fault_smtp.EVERYWHERE)
    ]
    looked_up = [Case(post=fault, keeps_sent=True) for fault in post]
    return [Case(imap=fault) for fault in mailbox] + [Case(post=fault) for fault in post] + looked_up


def _dealt(kinds: Sequence[str], ways: Sequence[str], chance: random.Random) -> list[Fault]:
    """Return each way once, by chance at one of the commands, which are gone through in turn."""
    return [Fault(kind, what) for kind, what in zip(cycle(kinds), chance.sample(ways, len(ways)), strict=False)]


def _quick(ways: Sequence[str]) -> list[str]:
    return [what for what in ways if what != "drip"]


def _special(kind: str, what: str, filing: int) -> Fault:
    return Fault(kind, what, filing if what == "other-bytes" else 1)


def all_tried(cases: Iterable[Case], made: Sequence[Rig]) -> dict[Case, Came]:
    """Try every case, several at a time; return what came of each."""
    free: Queue[Rig] = Queue()
    for rig in made:
        free.put(rig)

    def tried(case: Case) -> Came:
        rig = free.get()
        try:
            came = case.tried(rig)
        except AssertionError as broken:
            came = Came("", BROKEN, str(broken))
        finally:
            free.put(rig)
        return came

    cases = list(cases)
    with ThreadPoolExecutor(len(made)) as pool:
        return dict(zip(cases, pool.map(tried, cases), strict=True))


def main() -> int:
    """Try everything and print it; 1 where anything broke the promise."""
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # the server's library, about its own login and cut lines
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    console, counted = Console(width=None if sys.stdout.isatty() else 120), Counter[str]()
    table = Table("line", "command", "goes wrong", "exit", "what became of it", title="Faults on the line")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with rigs(home / "rigs", [frozenset()] * PARALLEL) as made:
            came = all_tried(everything(), made)
        secured = network_tls.all_tried(home / "tls", network_tls.everything())
        waited = network_idle.all_tried(home / "idle", network_idle.FAULTS)
    for case, end in came.items():
        for line, fault in (("IMAP", case.imap), ("SMTP", case.post)):
            if fault is not None:
                way = fault.what if fault.nth == 1 else f"{fault.what}, at no. {fault.nth}"
                way += ", looked up" if case.keeps_sent else ""
                table.add_row(line, fault.at, way, end.code, end.word)
        counted[end.word] += 1
        if end.why:
            console.print(f"{case.imap or case.post}: {end.why}", markup=False, highlight=False)
    for (security, line, fault), came_of in secured.items():
        table.add_row(line, f"{fault.at} ({security})", fault.what, came_of.code, came_of.word)
        counted[came_of.word] += 1
        if came_of.why:
            console.print(f"{security} {line} {fault}: {came_of.why}", markup=False, highlight=False)
    for what, known in waited.items():
        word = ONCE if known == network_idle.MAILS else BROKEN
        table.add_row("IMAP", "IDLE", what, "", word)
        counted[word] += 1
    console.print(table)
    console.print(f"{counted.total()} pairs; " + ", ".join(f"{word}: {counted[word]}" for word in WORDS))
    return 1 if counted[BROKEN] else 0


if __name__ == "__main__":
    sys.exit(main())
