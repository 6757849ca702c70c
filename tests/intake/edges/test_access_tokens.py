"""Access tokens: asked for by secret or certificate at each login; every failure is a code, and not a word more."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from intake.edges.access_tokens import access_token, proof_ends
from intake.edges.mailbox.connection import connect, hang_up
from intake.errors import Unavailable
from intake.programs.servers import secret_of, try_post
from intake.settings.program import Mailbox, OAuth, Post
from tests.servers import dovecot, smtp, tokens
from tests.servers.tokens import CLIENT, SCOPE, SECRET, TENANT, Provider


def app(provider: Provider, **changes: Any) -> OAuth:
    """Return the settings of an app the provider knows."""
    fields = {"tenant": TENANT, "client_id": CLIENT, "authority": provider.authority, "scope": SCOPE}
    return OAuth.model_validate({**fields, **changes})


def secret_in(folder: Path, secret: str = SECRET) -> Path:
    """Return a file with the app's secret."""
    file = folder / "client-secret"
    file.write_text(f"{secret}\n")
    return file


def refusal(oauth: OAuth) -> str:
    """Return why there is no token; nothing of what was said goes with it."""
    with pytest.raises(Unavailable) as told:
        access_token(oauth)
    assert told.value.__cause__ is None
    assert "zqxkanari" not in str(told.value)
    return f"{told.value.what}:{told.value.detail}"


def test_a_token_is_had_by_a_secret(tmp_path: Path) -> None:
    """A new one each time it is asked for: none is kept."""
    with tokens.running() as provider:
        oauth = app(provider, client_secret_file=secret_in(tmp_path))
        assert [access_token(oauth), access_token(oauth)] == provider.given
        assert len(set(provider.given)) == 2


def test_a_token_is_had_by_a_certificate(tmp_path: Path) -> None:
    """The key signs and stays; the certificate is named by its thumbprint, and no assertion is used twice."""
    file, certificate = tokens.proof(tmp_path)
    with tokens.running(certificate) as provider:
        oauth = app(provider, certificate_file=file)
        assert [access_token(oauth), access_token(oauth)] == provider.given
        assert len({form["client_assertion"] for form in provider.asked}) == 2
        assert "PRIVATE KEY" not in json.dumps(provider.asked)
        file.write_text(file.read_text().removeprefix(certificate) + certificate)
        assert access_token(oauth) == provider.given[-1], "the key may stand first as well"


def test_the_end_of_a_certificate_is_known(tmp_path: Path) -> None:
    """Its last day; of a secret, and of what cannot be read, nobody knows it."""
    file, certificate = tokens.proof(tmp_path)
    with tokens.running() as provider:
        day = x509.load_pem_x509_certificate(certificate.encode()).not_valid_after_utc.date()
        assert proof_ends(app(provider, certificate_file=file)) == day
        assert proof_ends(app(provider, client_secret_file=secret_in(tmp_path))) is None
        file.write_text("nothing of it")
        assert proof_ends(app(provider, certificate_file=file)) is None
        assert proof_ends(app(provider, certificate_file=tmp_path / "absent.pem")) is None


def test_a_mailbox_is_read_with_a_token(tmp_path: Path) -> None:
    """A real server lets in who has one, by XOAUTH2, and nobody with another."""
    with tokens.running() as provider, dovecot.running(tokens=provider.whose) as server:
        oauth = app(provider, client_secret_file=secret_in(tmp_path))
        mailbox = Mailbox(
            name="sscp", host="127.0.0.1", port=server.tls, ca_file=server.ca_file, username="someone", oauth=oauth,
            timeout_seconds=20,
        )  # fmt: skip
        client = connect(mailbox, secret_of(mailbox))
        client.select_folder("INBOX")
        hang_up(client)
        with pytest.raises(Unavailable, match="login-refused"):
            connect(mailbox, lambda: "another-token")


def test_a_letter_is_sent_with_a_token(tmp_path: Path) -> None:
    """The same app sends; another token is refused, and nothing is said after it but an empty line."""
    with tokens.running() as provider, smtp.running("tls", ("nobody", "none")) as server:
        file = tmp_path / "ca.pem"
        smtp.authority().cert_pem.write_to_path(str(file))
        oauth = app(provider, client_secret_file=secret_in(tmp_path))
        post = Post.model_validate(
            {
                "host": "127.0.0.1",
                "port": server.port,
                "ca_file": file,
                "username": "sscp@salford.gov.uk",
                "oauth": oauth,
            }
            | {"from": "SSCP <sscp@salford.gov.uk>", "timeout_seconds": 5.0}
        )
        server.bearers = provider.given
        try_post(post)
        assert server.logins == [("sscp@salford.gov.uk", provider.given[0])]
        server.bearers = ()
        with pytest.raises(Unavailable, match="login-refused-535"):
            try_post(post)
        assert server.commands.count("AUTH") == 2


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((401, b'{"error": "invalid_client", "error_description": "zqxkanari"}'), "token-refused-invalid-client"),
        ((400, b'{"error": "zqxkanari"}'), "token-refused"),
        ((400, b'{"error": ["zqxkanari"]}'), "token-refused"),
        ((403, b"{}"), "token-refused"),
        ((302, b"{}"), "token-away"),
        ((503, b'{"error": "zqxkanari"}'), "token-away"),
        ((200, b"zqxkanari"), "token-away"),
        ((200, b"[]"), "token-away"),
        ((200, b'{"access_token": ' + b'"x' * 200_000), "token-away"),
        ((200, b"{}"), "token-unusable"),
        ((200, b'{"access_token": 7}'), "token-unusable"),
        ((200, b'{"access_token": "a\\u0001b"}'), "token-unusable"),
    ],
)
def test_whatever_is_answered_in_its_place_is_a_code(tmp_path: Path, answer: tuple[int, bytes], code: str) -> None:
    """Refused, away or unusable; a provider's own words stay where they are."""
    with tokens.running() as provider:
        provider.answer = answer
        assert refusal(app(provider, client_secret_file=secret_in(tmp_path))) == f"token:{code}"


def test_a_provider_that_is_not_there_is_away(tmp_path: Path) -> None:
    """Nobody at the port, no such name."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        free = door.getsockname()[1]
    for authority in (f"http://127.0.0.1:{free}", "https://no-such-host.invalid"):
        oauth = OAuth(tenant="t", client_id="c", authority=authority, client_secret_file=secret_in(tmp_path))
        assert refusal(oauth) == "token:token-away"


def test_a_wrong_secret_or_certificate_is_refused(tmp_path: Path) -> None:
    """A secret that ran out, a certificate the provider does not know."""
    file, _ = tokens.proof(tmp_path)
    (tmp_path / "other").mkdir()
    _, known = tokens.proof(tmp_path / "other")
    with tokens.running(known) as provider:
        for by in ({"client_secret_file": secret_in(tmp_path, "old")}, {"certificate_file": file}):
            assert refusal(app(provider, **by)) == "token:token-refused-invalid-client"


@pytest.mark.parametrize("part", ["certificate", "key", "nothing of it"])
def test_what_is_no_certificate_with_its_key_is_a_fault_of_the_secrets(tmp_path: Path, part: str) -> None:
    """One of the two missing, or neither there; nobody is asked."""
    file, certificate = tokens.proof(tmp_path)
    whole = file.read_text()
    key = whole.removeprefix(certificate)
    file.write_text({"certificate": certificate, "key": key}.get(part, "-----BEGIN PRIVATE KEY-----\nx\n"))
    with tokens.running(certificate) as provider:
        assert refusal(app(provider, certificate_file=file)) == "secret:not-a-key"
        file.unlink()
        assert refusal(app(provider, certificate_file=file)) == "secret:file-missing"
        assert provider.asked == []
