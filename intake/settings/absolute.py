"""Relative paths of ``intake.toml`` become absolute: relative to the file they stand in, not to where one stands."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from intake.settings.program import Decryption, MailServer, Program, Store, Web

SQLITE = "sqlite:///"
CREDENTIALS = "CREDENTIALS_DIRECTORY"
"""systemd's folder of this unit's credentials (systemd.exec(5), LoadCredential)."""

S = TypeVar("S", bound=MailServer)


def with_absolute_paths(program: Program, folder: Path, environ: Mapping[str, str]) -> Program:
    """Return the same settings with every path absolute; a secret among the unit's credentials is taken from there."""
    return program.model_copy(
        update={
            "mailbox": tuple(_server(box, folder, environ) for box in program.mailbox),
            "post": _server(program.post, folder, environ),
            "store": _store(program.store, folder, environ),
            "web": _web(program.web, folder, environ),
            "decryption": tuple(_decryption(pair, folder, environ) for pair in program.decryption),
        }
    )


def secret_path(written: Path, folder: Path, environ: Mapping[str, str]) -> Path:
    """Return where a secret's file is: as systemd handed it to this unit, else beside the configuration."""
    handed = environ.get(CREDENTIALS)
    if handed and not written.is_absolute() and (Path(handed) / written).is_file():
        return Path(handed).absolute() / written
    return folder / written


def _server(server: S, folder: Path, environ: Mapping[str, str]) -> S:
    changes: dict[str, Any] = {}
    if server.ca_file is not None:
        changes["ca_file"] = folder / server.ca_file
    if server.password_file is not None:
        changes["password_file"] = secret_path(server.password_file, folder, environ)
    if server.oauth is not None:
        files = ("certificate_file", "client_secret_file")
        written = {name: getattr(server.oauth, name) for name in files}
        found = {name: secret_path(path, folder, environ) for name, path in written.items() if path is not None}
        changes["oauth"] = server.oauth.model_copy(update=found)
    return server.model_copy(update=changes)


def _web(web: Web, folder: Path, environ: Mapping[str, str]) -> Web:
    if web.oidc is None:
        return web
    secret = secret_path(web.oidc.client_secret_file, folder, environ)
    return web.model_copy(update={"oidc": web.oidc.model_copy(update={"client_secret_file": secret})})


def _decryption(pair: Decryption, folder: Path, environ: Mapping[str, str]) -> Decryption:
    return Decryption(
        certificate_file=secret_path(pair.certificate_file, folder, environ),
        key_file=secret_path(pair.key_file, folder, environ),
    )


def _store(store: Store, folder: Path, environ: Mapping[str, str]) -> Store:
    database = store.database
    if database.startswith(SQLITE):
        database = f"{SQLITE}{folder / database.removeprefix(SQLITE)}"
    return store.model_copy(
        update={
            "database": database,
            "vault": folder / store.vault,
            "keyring_file": secret_path(store.keyring_file, folder, environ),
            "anchor_file": folder / store.anchor_file if store.anchor_file is not None else None,
        }
    )
