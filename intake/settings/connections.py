"""Cross-checks of ``intake.toml``: what each value allows alone and yet must not be said together."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from email.utils import parseaddr
from ipaddress import ip_address
from urllib.parse import urlsplit

from intake.errors import ConfigFault
from intake.settings import secret_files
from intake.settings.program import SOCKET, Mailbox, MailServer, Program, Security, Store

_LISTEN = re.compile(r"(?:/.{1,100}|(?:localhost|127\.0\.0\.1|\[::1\]):[0-9]{1,5})?")
_ADDRESS = re.compile(r"\A(?!.*=\?)[^\s@<>,;\"]{1,64}@[A-Za-z0-9.-]{3,255}\Z")
"""One plain address; an encoded word (RFC 2047) is none."""
_SERVERS = ("sqlite:///", "postgresql+psycopg://")


def faults(program: Program, file: str, environ: Mapping[str, str], secrets: Collection[str]) -> list[ConfigFault]:
    """Return every fault of the connections, the store and the addresses, with its place in ``file``."""
    found = [
        *_mailboxes(program),
        *_servers(program, environ, secrets),
        *_store(program.store),
        *_addresses(program),
        *_decryption(program, environ),
        *_oidc(program, environ),
    ]
    return [ConfigFault(file, place, says) for place, says in found]


Found = Iterator[tuple[str, str]]


def is_loopback(host: str) -> bool:
    """Tell whether ``host`` is this machine by its very name or number; nothing is looked up."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _mailboxes(program: Program) -> Found:
    if not program.mailbox:
        yield "mailbox", "at least one is needed"
    names = Counter(box.name for box in program.mailbox)
    watched = Counter(_whereabouts(box) for box in program.mailbox)
    for index, box in enumerate(program.mailbox):
        if names[box.name] > 1:
            yield f"mailbox[{index}].name", "another mailbox has this name"
        if watched[_whereabouts(box)] > 1:
            yield f"mailbox[{index}].folder", "another mailbox watches the same folder of the same account"
        for key, says in _file_to(box):
            yield f"mailbox[{index}].file_to.{key}", says


def _whereabouts(box: Mailbox) -> tuple[str, int, str, str]:
    return box.host.lower(), box.port, box.username.lower(), box.folder.casefold()


def _file_to(box: Mailbox) -> Found:
    """Refuse a folder that is watched, or that two stages share: it would hide what became of a mail."""
    folders = {
        (field.alias or name): getattr(box.file_to, name) for name, field in type(box.file_to).model_fields.items()
    }
    shared = Counter(folder.casefold() for folder in folders.values() if folder is not None)
    for key, folder in folders.items():
        if folder is None:
            continue
        if not folder:
            yield key, "a folder needs a name; leave the key out to leave mails where they are"
        if folder.casefold() == box.folder.casefold():
            yield key, "is the watched folder itself"
        if shared[folder.casefold()] > 1:
            yield key, "another stage is filed to the same folder"


def _servers(program: Program, environ: Mapping[str, str], secrets: Collection[str]) -> Found:
    looked_at = "mailbox[0]" if program.post.sent_folder and "sent" in secrets else None
    for place, server in _each_server(program):
        yield from ((f"{place}.{key}", says) for key, says in _server(server))
        if place.split("[")[0] in secrets or place == looked_at:
            yield from ((f"{place}.{key}", says) for key, says in secret_files.faults(server, environ))
    keyring = program.store.keyring_file
    if keyring.exists():
        yield from (("store.keyring_file", says) for says in secret_files.too_open(keyring, environ))


def _each_server(program: Program) -> Iterator[tuple[str, MailServer]]:
    yield from ((f"mailbox[{index}]", box) for index, box in enumerate(program.mailbox))
    yield "post", program.post


def _server(server: MailServer) -> Found:
    if not server.host or any(c.isspace() or c in "/@" for c in server.host):
        yield "host", "is no host name"
    if server.security is Security.INSECURE and not is_loopback(server.host):
        yield "security", "insecure is for loopback only: passwords and referrals would travel in the clear"
    if server.ca_file is not None and not server.ca_file.is_file():
        yield "ca_file", "is not a file"
    if server.oauth is not None and not server.username:
        yield "username", "is needed with oauth: whose mailbox the token is for"
    if server.oauth is not None and not _is_safe(server.oauth.authority):
        yield "oauth.authority", "begins with https://"


def _is_safe(address: str) -> bool:
    """Tell whether what is sent to an address stays between it and us."""
    return address.startswith("https://") or is_loopback(urlsplit(address).hostname or "")


def _store(store: Store) -> Found:
    if not store.database.startswith(_SERVERS):
        yield "store.database", f"begins with {' or '.join(_SERVERS)}"
    elif store.database.startswith("sqlite:///"):
        if store.database.endswith((":memory:", "/")) or "?" in store.database:
            yield "store.database", "names a file, without options: records are kept"
    elif urlsplit(store.database).password:
        yield "store.database", "holds a password: keep it in a pgpass file (PGPASSFILE)"


def _decryption(program: Program, environ: Mapping[str, str]) -> Found:
    """Only the program that reads mail holds these keys, so one that is not here is no fault; one too open is."""
    for index, pair in enumerate(program.decryption):
        if pair.key_file.exists():
            yield from (
                (f"decryption[{index}].key_file", says) for says in secret_files.too_open(pair.key_file, environ)
            )


def _oidc(program: Program, environ: Mapping[str, str]) -> Found:
    """Only the pages hold its secret, so one that is not here is no fault; one too open is."""
    oidc = program.web.oidc
    if oidc is None:
        return
    if not _is_safe(oidc.issuer):
        yield "web.oidc.issuer", "begins with https://"
    if oidc.client_secret_file.exists():
        yield from (
            ("web.oidc.client_secret_file", says) for says in secret_files.too_open(oidc.client_secret_file, environ)
        )


def _addresses(program: Program) -> Found:
    if (
        "\n" in program.post.sender
        or "=?" in program.post.sender
        or not _ADDRESS.match(parseaddr(program.post.sender)[1])
    ):
        yield "post.from", "is no address"
    for table, addresses in (("report", program.report.to), ("alert", program.alert.to)):
        for index, address in enumerate(addresses):
            if not _ADDRESS.match(address):
                yield f"{table}.to[{index}]", "is no plain address"
            elif address.lower() in program.own_addresses:
                yield f"{table}.to[{index}]", "is ours: what is wrong with a mailbox would be told into it"
    if not _LISTEN.fullmatch(program.web.listen):  # the pages speak no TLS: a front on this machine stands before them
        yield "web.listen", "is no place on this machine: 127.0.0.1:PORT, or the path of a socket"
    front, is_at_path = program.web.front, program.web.listen.startswith("/")
    if is_at_path and front not in {"", SOCKET}:
        yield "web.front", f'is an address, and the pages are served at a socket: "{SOCKET}"'
    elif not is_at_path and front and not is_loopback(front):
        yield "web.front", "is no address of this machine, from which alone the pages are reached: 127.0.0.1"
