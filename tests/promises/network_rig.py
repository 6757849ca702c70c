"""Real servers behind proxies that do one thing wrong, and a warm process that runs the program before them."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.builders.mails import docx_attachment, locked_docx
from tests.builders.settings import write_config
from tests.promises.post_bag import Sent, sent, word
from tests.servers import dovecot, smtp
from tests.servers.fault_imap import ImapTalk
from tests.servers.fault_smtp import SmtpTalk
from tests.servers.faulty_line import Fault, FaultProxy, TlsTalk, before

ROOT = Path(__file__).parents[2]
NUMBERS = count(1)
TIMEOUT_SECONDS = 1.0
PATIENT_SECONDS = 20.0
RUN_SECONDS = 60.0
"""No run may take longer, whatever the servers do: time-outs of a second, a few in a row, on a busy machine."""
RUNS = 3
AN_HOUR = 3600.0
WORK = "[work]\nattempts = 10\nretry_seconds = 0.01"


def two_mails() -> list[Sent]:
    """Return a referral and a form that is locked: two stages, two folders, two letters."""
    locked = sent(next(NUMBERS), docx_attachment(locked_docx()))
    return [
        Sent(sent(number := next(NUMBERS), word(number)), "registered", "registered", ("acknowledgement",), forms=1),
        Sent(locked, "held", "locked", ("receipt",)),
    ]


@dataclass
class Ran:
    """How one run ended: its exit code (None: it had to be ended), what it said."""

    code: int | None
    said: str

    def must_be_clean(self, *codes: int) -> None:
        """Refuse another code, a traceback, and a fault of ours told anywhere."""
        assert self.code in codes, (self.code, self.said[-2000:])
        assert "Traceback" not in self.said
        assert '"fault": ' not in self.said, self.said[-2000:]


@dataclass
class Account:
    """One mailbox of its own with its mails and its records."""

    user: str
    folder: Path
    mails: list[Sent]
    ahead: float = 0.0
    keeps_sent: bool = False
    """The program looks where the server keeps copies of what was sent."""

    @property
    def config(self) -> Path:
        """Its configuration."""
        return self.folder / "intake.toml"


@dataclass
class Rig:
    """The servers, a proxy before each, and the warm process."""

    home: Path
    box: dovecot.Dovecot
    out: smtp.Server
    imap: FaultProxy
    smtp: FaultProxy
    process: "subprocess.Popen[str] | None" = None
    security: str = "insecure"
    ca_file: Path | None = None

    def account(self, mails: list[Sent], *, keeps_sent: bool = False) -> Account:
        """Open an account with these mails in its inbox."""
        name = f"user{next(NUMBERS)}"
        self.box.append_all(name, [mail.raw for mail in mails])
        if keeps_sent:
            self.box.make(name, dovecot.SENT)
        return Account(name, self.home / name, mails, keeps_sent=keeps_sent)

    def run(self, account: Account, *, disturbed: bool) -> Ran:
        """Run the program, impatient where it is to be disturbed; each run an hour after the one before."""
        assert self.process is not None
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.configure(account, disturbed=disturbed)
        said = account.folder / "said"
        request = [str(account.config), ["run", "--once"], account.ahead, str(said), RUN_SECONDS]
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        code = json.loads(self.process.stdout.readline())
        account.ahead += AN_HOUR
        return Ran(code, said.read_text(encoding="utf-8", errors="replace"))

    def configure(self, account: Account, *, disturbed: bool) -> Path:
        """Write an account's configuration."""
        return write_config(
            account.folder, imap_port=self.imap.port, smtp_port=self.smtp.port, username=account.user,
            smtp_username=account.user, password=dovecot.PASSWORD, more=WORK,
            imap_security=self.security, smtp_security=self.security, ca_file=self.ca_file,
            timeout_seconds=TIMEOUT_SECONDS if disturbed else PATIENT_SECONDS,
            extra_post=f'sent_folder = "{dovecot.SENT}"' if account.keeps_sent else "",
        )  # fmt: skip


@contextmanager
def rigs(home: Path, hidden: Sequence[frozenset[bytes]], security: str = "insecure") -> Iterator[list[Rig]]:
    """Give rigs that share the two servers, practised before proxies that hide these capabilities."""
    imap_talk, smtp_talk = (TlsTalk, TlsTalk) if security == "tls" else (ImapTalk, SmtpTalk)
    with ExitStack() as stack:
        box = stack.enter_context(dovecot.running())
        out = stack.enter_context(smtp.running(login=("sscp", dovecot.PASSWORD), any_user=True, security=security))
        out.keep = box.keep_sent
        made = [
            Rig(
                home, box, out,
                stack.enter_context(before(box.tls if security == "tls" else box.plain, imap_talk)),
                stack.enter_context(before(out.port, smtp_talk)),
                security=security, ca_file=_authorities(home, box) if security != "insecure" else None,
            )
            for _ in hidden
        ]  # fmt: skip
        for rig, capabilities in zip(made, hidden, strict=True):
            rig.imap.hidden = capabilities
            _warm(rig, stack)
        for rig in made:
            assert rig.process is not None
            assert rig.process.stdout is not None
            assert json.loads(rig.process.stdout.readline()) == 0
        yield made


def _authorities(home: Path, box: dovecot.Dovecot) -> Path:
    """Write down whom the program is to believe: both servers' authorities."""
    file = home / "authorities.pem"
    home.mkdir(parents=True, exist_ok=True)
    file.write_bytes(box.ca_file.read_bytes() + smtp.authority().cert_pem.bytes())
    return file


def _warm(rig: Rig, stack: ExitStack) -> None:
    practice = rig.account(two_mails())
    command = [sys.executable, "-m", "tests.promises.warm", str(rig.configure(practice, disturbed=False))]
    log = stack.enter_context((practice.folder / "said").open("wb"))
    rig.process = stack.enter_context(
        subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)
    )


def disturbed(rig: Rig, account: Account, imap: Fault | None = None, post: Fault | None = None) -> Ran:
    """Run the program with these faults, again where one let it not come to the other; return the first run."""
    rig.imap.begin(imap)
    rig.smtp.begin(post)
    first: Ran | None = None
    for _ in range(RUNS):
        ran = rig.run(account, disturbed=True)
        ran.must_be_clean(0, 75)
        first = first or ran
        if rig.imap.done == (imap is not None) and rig.smtp.done == (post is not None):
            return first
    raise AssertionError("not met")
