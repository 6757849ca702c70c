"""``intake.toml``: where the mailbox, the post, the store and the pages are (interface.md, "Configuration")."""

from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from intake.settings.model import Model

SOCKET = "socket"
"""What ``web.front`` says where the front reaches the pages by a Unix socket."""
Port = Annotated[int, Field(ge=1, le=65535)]


class Security(StrEnum):
    """How a connection is secured; ``insecure`` is refused anywhere but on loopback."""

    TLS = "tls"
    STARTTLS = "starttls"
    INSECURE = "insecure"


class OAuth(Model):
    """An app that may read and send as the mailbox: client credentials (RFC 6749 4.4), Microsoft Entra's by default."""

    tenant: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]{0,99}$")]
    client_id: Annotated[str, Field(pattern=r"^[\x21-\x7e]{1,200}$")]
    certificate_file: Path | None = None
    """PEM: the certificate and its RSA key (PKCS #8, without a password) in one file."""
    client_secret_file: Path | None = None
    authority: Annotated[str, Field(pattern=r"^https?://[^\s?#]{1,300}$")] = "https://login.microsoftonline.com"
    scope: Annotated[str, Field(pattern=r"^[\x20-\x7e]{1,300}$")] = "https://outlook.office365.com/.default"


class MailServer(Model):
    """What IMAP and SMTP connections have in common."""

    host: str
    port: Port
    security: Security = Security.TLS
    ca_file: Path | None = None
    username: str = ""
    password_file: Path | None = None
    password_env: str | None = None
    oauth: OAuth | None = None
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 30.0


class FileTo(Model):
    """Folders a message is moved to once it stands at a stage; None leaves it where it is."""

    registered: str | None = None
    set_aside: Annotated[str | None, Field(alias="set-aside")] = None
    held: str | None = None
    quarantined: str | None = None


class Mailbox(MailServer):
    """One watched mailbox."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,30}$")]
    folder: str = "INBOX"
    poll_seconds: Annotated[float, Field(ge=0.2, le=540)] = 60.0
    """The forced poll beside IDLE; IDLE is re-armed as often, and Exchange wants that below ten minutes."""
    file_to: FileTo = FileTo()
    max_bytes: Annotated[int, Field(ge=10_000, le=200_000_000)] = 62_914_560
    trusted_authserv: tuple[str, ...] = ()
    hops_above_results: Annotated[int | None, Field(ge=0, le=20)] = None
    """How many Received fields our own servers write above the border's results; None: none, Exchange Online's 4."""


class Post(MailServer):
    """The way out."""

    sender: Annotated[str, Field(alias="from")]
    letters_per_sender_a_day: Annotated[int, Field(ge=1, le=500)] = 20
    letters_per_agency_a_day: Annotated[int, Field(ge=1, le=5000)] = 100
    letters_a_day: Annotated[int, Field(ge=1, le=50_000)] = 300
    """Answers to senders in all; beyond any of the three a letter waits for a person. Alerts are never capped."""
    give_up_after_hours: Annotated[int, Field(ge=1, le=240)] = 72
    sent_folder: str = ""
    """Where the server keeps what was sent, in the first mailbox; empty: a letter in doubt is sent again."""
    sent_wait_seconds: Annotated[float, Field(ge=0, le=3600)] = 120.0
    """How long the server may take to put a copy there: before that, a letter in doubt is not sent again."""


class Store(Model):
    """Where the records, the originals and the keys are kept."""

    database: str
    vault: Path
    keyring_file: Path
    anchor_file: Path | None = None
    """A second place for the log's heads, best on another machine's mount: not whoever owns the records owns these."""


class Decryption(Model):
    """A certificate that agencies encrypt S/MIME mail to, and its private key: PEM, the key without a password."""

    certificate_file: Path
    key_file: Path


class Oidc(Model):
    """An OpenID Connect provider people sign in with (Entra ID and its like); its secret is in a file."""

    issuer: Annotated[str, Field(pattern=r"^https?://[^\s?#]{1,300}$")]
    client_id: Annotated[str, Field(min_length=1)]
    client_secret_file: Path
    scope: str = "openid profile"
    name_claim: str = "preferred_username"
    roles_claim: str = "roles"
    roles: dict[Literal["reviewer", "manager", "auditor", "administrator"], str] = Field(default_factory=dict)
    """Our role -> what the provider calls it, where that is another word."""


class Web(Model):
    """The staff pages: on this machine alone, behind a front that speaks TLS."""

    listen: str = "127.0.0.1:8480"
    """An address of this machine, or the path of a Unix socket; empty: `intake run` serves none."""
    public_name: Annotated[str, Field(pattern=r"^(?:[a-z0-9.-]{1,253})?$")] = ""
    """The host name people reach them by over TLS; empty: only this machine's own, and cookies go without TLS."""
    front: Annotated[str, Field(pattern=r"^(?:socket|[0-9.]{7,15}|[0-9a-fA-F:]{2,39})?$")] = ""
    """Where the front connects from: its address, or "socket" at a Unix socket; its X-Forwarded-For is believed."""
    oidc: Oidc | None = None
    """Who knows the staff; without it they have local accounts here."""


class Report(Model):
    """The nightly exception report."""

    to: tuple[str, ...] = ()
    at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "06:30"


class Alert(Model):
    """The named human channel for a child who may be at risk now."""

    to: tuple[str, ...] = ()
    repeat_minutes: Annotated[int, Field(ge=5, le=1440)] = 60
    """An alert nobody has acted on is told again this often."""


class Log(Model):
    """The operations log."""

    level: Literal["debug", "info", "warning"] = "info"
    format: Literal["auto", "json", "console"] = "auto"


class Work(Model):
    """How the worker tries."""

    attempts: Annotated[int, Field(ge=1, le=10)] = 3
    retry_seconds: Annotated[float, Field(gt=0, le=3600)] = 30.0


class Reader(Model):
    """Who takes mails apart, and how long that may take."""

    seconds: Annotated[float, Field(gt=0, le=120)] = 10.0
    slow_seconds: Annotated[float, Field(gt=0, le=900)] = 120.0
    """For what is converted or read from pictures, one mail's together."""
    workshop: bool = True
    """Off: old formats and pictures of pages are held for a person unread."""
    socket: Annotated[str, Field(pattern=r"^(?:/.{1,100})?$")] = ""
    """Where the unit of the walled program listens; empty: it is a child of ours. While it is away, mail waits."""
    refuse_unconfined: bool = False
    """On: nothing is read on a kernel without Landlock and seccomp; off: it is told at start what holds."""


class Authentication(Model):
    """A second opinion on who sent a mail, beside the border's."""

    dkim_resolver: Annotated[str, Field(pattern=r"^(?:(?:[0-9.]{7,15}|\[[0-9a-fA-F:]{2,39}\]):[0-9]{1,5})?$")] = ""
    """The name server asked for senders' keys, address:port; empty: DKIM is left to the border."""


class Retention(Model):
    """How long what is kept; a case's years run from its last mail, and at their end a person decides."""

    case_years: Annotated[int, Field(ge=1, le=100)] = 35
    no_referral_days: Annotated[int, Field(ge=30, le=3650)] = 180
    quarantined_days: Annotated[int, Field(ge=30, le=3650)] = 180


class Scanner(Model):
    """Where the malware scanner listens."""

    clamd: Annotated[str, Field(pattern=r"^(?:/.{1,100}|(?:localhost|127\.0\.0\.1|\[::1\]):[0-9]{1,5})?$")] = ""
    """The path of clamd's socket, or host:port on this machine (mail travels there in the clear); empty: no scanner."""
    seconds: Annotated[float, Field(gt=0, le=600)] = 120.0


class Program(Model):
    """The whole of ``intake.toml``."""

    mailbox: tuple[Mailbox, ...]
    post: Post
    store: Store
    decryption: tuple[Decryption, ...] = ()
    web: Web = Web()
    report: Report = Report()
    alert: Alert = Alert()
    log: Log = Log()
    work: Work = Work()
    reader: Reader = Reader()
    scanner: Scanner = Scanner()
    authentication: Authentication = Authentication()
    retention: Retention = Retention()

    def mailbox_named(self, name: str) -> Mailbox | None:
        """Return the watched mailbox of that name; None when the configuration no longer has it."""
        return next((box for box in self.mailbox if box.name == name), None)

    @property
    def own_addresses(self) -> frozenset[str]:
        """Addresses that are ours, lower-case: never written to, and no case is opened from them."""
        _, sender = parseaddr(self.post.sender)
        return frozenset(name.lower() for name in (sender, *(box.username for box in self.mailbox)) if "@" in name)
