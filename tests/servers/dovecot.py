"""A real Dovecot 2.3 on random loopback ports for tests: implicit TLS, STARTTLS and plain, as an ordinary user.

``with running() as server:`` then ``server.append("someone", raw)``. Any user name exists, with an empty mailbox of its
own and :data:`PASSWORD`, so tests can share a server; those that stop it take one of their own.
"""

import grp
import imaplib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import trustme

LOOPBACK = "127.0.0.1"
PASSWORD = "an-invented-password"
SBIN = ":/usr/local/sbin:/usr/sbin:/sbin"
SENT = "Sent Items"
"""Where :meth:`Dovecot.keep_sent` puts copies."""
START_SECONDS = 20.0
CAPABILITIES = "IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE NAMESPACE UIDPLUS MOVE ESEARCH LITERAL+"
TRIES = 5

CONFIG = """\
protocols = imap
listen = {host}
base_dir = {run}
state_dir = {run}
log_path = {folder}/log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
auth_mechanisms = plain login{xoauth2}
disable_plaintext_auth = no
ssl = {ssl}
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
{capability}
mail_location = maildir:~/Maildir
mail_fsync = never
passdb {{
  driver = static
  args = password={password}
}}
{tokens}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u
}}
namespace inbox {{
  inbox = yes
  separator = {separator}
  prefix = {prefix}
}}
auth_failure_delay = 0
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
"""


TOKENS = """\
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/tokens.conf
}}
"""


@cache
def authority() -> trustme.CA:
    """Return this test process's own certificate authority."""
    return trustme.CA()


@dataclass
class Dovecot:
    """A server that can be stopped, killed and started again at the same ports; ``plain`` also speaks STARTTLS."""

    folder: Path
    plain: int
    tls: int
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def ca_file(self) -> Path:
        """The authority's certificate, as ``ca_file`` wants it."""
        return self.folder / "ca.pem"

    def start(self) -> None:
        """Start, and return once it greets."""
        binary = shutil.which("dovecot", path=os.environ.get("PATH", "") + SBIN)
        if binary is None:
            raise RuntimeError("the tests need Dovecot (Debian's dovecot-imapd): make servers")
        user = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
        self.process = subprocess.Popen(
            [binary, "-F", "-c", str(self.folder / "dovecot.conf")],
            start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            **user,  # type: ignore[call-overload]  # keywords only root may use
        )  # fmt: skip
        until = time.monotonic() + START_SECONDS
        while not self._greets():
            if self.process.poll() is not None or time.monotonic() > until:
                self.kill()
                why = f"Dovecot did not start: {self.log()[-500:]}"
                raise RuntimeError(why)
            time.sleep(0.01)

    def stop(self) -> None:
        """Let it end in order: clients hear BYE."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def log(self) -> str:
        """Return what the server has logged."""
        file = self.folder / "log"
        return file.read_text(errors="replace") if file.exists() else ""

    @contextmanager
    def client(self, user: str) -> Iterator[imaplib.IMAP4]:
        """Log in as a person's mail program would."""
        with imaplib.IMAP4(LOOPBACK, self.plain, timeout=10) as client:
            client.login(user, PASSWORD)
            yield client

    def append(
        self, user: str, raw: bytes, at: datetime | None = None, folder: str = "INBOX", flags: str | None = None
    ) -> None:
        """Put a mail into a folder, with its INTERNALDATE (default: now)."""
        self.append_all(user, [raw], at, folder, flags)

    def append_all(
        self, user: str, mails: list[bytes], at: datetime | None = None, folder: str = "INBOX", flags: str | None = None
    ) -> None:
        """Put many mails into a folder over one connection."""
        date = imaplib.Time2Internaldate(at or datetime.now(UTC))
        with self.client(user) as client:
            for raw in mails:
                assert client.append(f'"{folder}"', flags, date, raw)[0] == "OK"

    def make(self, user: str, folder: str) -> None:
        """Make a folder that a mailbox has from the start."""
        with self.client(user) as client:
            client.create(f'"{folder}"')

    def keep_sent(self, user: str, raw: bytes) -> None:
        """File a copy among what a user has sent, as a server does that keeps them (:attr:`smtp.Server.keep`)."""
        with self.client(user) as client:
            client.create(f'"{SENT}"')
            assert client.append(f'"{SENT}"', r"(\Seen)", imaplib.Time2Internaldate(datetime.now(UTC)), raw)[0] == "OK"

    def mails(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """Return all mails of a folder, without marking them; empty where there is no such folder."""
        with self.client(user) as client:
            if client.select(f'"{folder}"', readonly=True)[0] != "OK":
                return []
            answer = client.uid("FETCH", "1:*", "(BODY.PEEK[])")[1]
            return [part[1] for part in answer if isinstance(part, tuple)]

    def flags(self, user: str, folder: str = "INBOX") -> list[str]:
        """Return the flags of each mail of a folder."""
        with self.client(user) as client:
            client.select(f'"{folder}"', readonly=True)
            answer = client.uid("FETCH", "1:*", "(FLAGS)")[1]
            return [line.decode().partition("FLAGS ")[2].rstrip(")") + ")" for line in answer if line]

    def move(self, user: str, source: str, target: str) -> None:
        """Drag all mails of a folder to another, as a person does."""
        with self.client(user) as client:
            client.create(f'"{target}"')
            client.select(f'"{source}"')
            assert client.uid("MOVE", "1:*", f'"{target}"')[0] == "OK"

    def change_uidvalidity(self, user: str) -> None:
        """Forget all UIDs of the inbox, as a restore from a backup does: the same mails under a new UIDVALIDITY."""
        self.stop()
        maildir = self.folder / "home" / user / "Maildir"
        for file in [*maildir.glob("dovecot.index*"), *maildir.glob("dovecot-uidlist*")]:
            file.unlink()
        self.start()

    def _end(self, number: signal.Signals) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.kill(process.pid, number)
        process.wait(START_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # its children live on for a moment, and still answer at its ports
        while self._greets():
            time.sleep(0.01)

    def _greets(self) -> bool:
        try:
            with socket.create_connection((LOOPBACK, self.plain), timeout=1) as probe:
                return probe.recv(4) == b"* OK"
        except OSError:
            return False


@contextmanager
def running(
    *, starttls: bool = True, name: str = LOOPBACK, without: str = "", separator: str = "/", prefix: str = "",
    tokens: str = "",
) -> Iterator[Dovecot]:  # fmt: skip
    """Run a server; ``name`` is the one in its certificate, ``without`` are capabilities it does not have.

    At the address ``tokens`` it asks whose an access token is (XOAUTH2), where that is not empty.
    """
    folder = Path(tempfile.mkdtemp(prefix="dc"))  # short: unix sockets' paths hold 108 bytes
    try:
        server = _started(
            folder, starttls=starttls, name=name, without=without, separator=separator, prefix=prefix, tokens=tokens
        )
        try:
            yield server
        finally:
            server.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _started(  # each is a line of the configuration
    folder: Path, *, starttls: bool, name: str, without: str, separator: str, prefix: str, tokens: str
) -> Dovecot:
    """Write everything and start; another test may take a free port first, so try a few."""
    authority().cert_pem.write_to_path(str(folder / "ca.pem"))
    issued = authority().issue_cert(name)
    issued.private_key_pem.write_to_path(str(folder / "key.pem"))
    issued.cert_chain_pems[0].write_to_path(str(folder / "cert.pem"))
    uid, gid = (65534, 65534) if os.geteuid() == 0 else (os.geteuid(), os.getegid())
    (folder / "tokens.conf").write_text(f"tokeninfo_url = {tokens}\nusername_attribute = user\n")
    left = [word for word in CAPABILITIES.split() if word not in without.split()]
    for attempt in range(TRIES):
        plain, tls = _free_ports()
        (folder / "dovecot.conf").write_text(
            CONFIG.format(
                host=LOOPBACK, run=folder / "r", folder=folder, ssl="yes" if starttls else "no", password=PASSWORD,
                user=pwd.getpwuid(uid).pw_name, group=grp.getgrgid(gid).gr_name, uid=uid, gid=gid, plain=plain, tls=tls,
                capability=f"imap_capability = {' '.join(left)}" if without else "", separator=separator, prefix=prefix,
                xoauth2=" xoauth2" if tokens else "", tokens=TOKENS.format(folder=folder) if tokens else "",
            )
        )  # fmt: skip
        (folder / "home").mkdir(exist_ok=True)
        if os.geteuid() == 0:
            for path in [folder, *folder.rglob("*")]:
                os.chown(path, uid, gid)
        server = Dovecot(folder, plain, tls)
        try:
            server.start()
        except RuntimeError:
            if attempt == TRIES - 1:
                raise
            continue
        return server
    raise AssertionError


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind((LOOPBACK, 0))
        other.bind((LOOPBACK, 0))
        return one.getsockname()[1], other.getsockname()[1]
