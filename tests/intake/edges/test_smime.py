"""What was encrypted to us is opened with our key; anything else is none, and a key that is away is told."""

from pathlib import Path

import pytest

from intake.edges.smime import MailKey, decrypted, mail_keys
from intake.errors import Unavailable
from intake.settings.program import Decryption
from tests.builders import smime as made

OURS, OLD = made.identity("SSCP Mailbox"), made.identity("SSCP Mailbox 2025")
ENTITY = b"Content-Type: text/plain\r\n\r\ninvented\r\n"


def kept(folder: Path, who: made.Identity, name: str = "mail") -> Decryption:
    """Write certificate and key where the configuration names them."""
    certificate, key = folder / f"{name}.crt", folder / f"{name}.key"
    certificate.write_bytes(who.certificate_pem)
    key.write_bytes(who.key_pem)
    return Decryption(certificate_file=certificate, key_file=key)


def test_a_mail_to_our_certificate_is_opened_with_any_of_our_keys(tmp_path: Path) -> None:
    """The key of today and the one before: mails are encrypted to whichever certificate the agency has."""
    named = (kept(tmp_path, OURS), kept(tmp_path, OLD, "old"))
    for who in (OURS, OLD):
        assert decrypted(made.envelope(ENTITY, who), mail_keys(named)) == ENTITY


@pytest.mark.parametrize(
    "der",
    [b"", b"0\x80", made.envelope(ENTITY, made.identity("Somebody Else")), made.envelope(ENTITY, OURS)[:-40]],
    ids=["nothing", "no CMS", "to another", "cut"],
)
def test_what_our_keys_do_not_open_is_none(der: bytes) -> None:
    """Never a fault: the mail is held as locked."""
    assert decrypted(der, [MailKey(OURS.certificate, OURS.key)]) is None


def test_without_a_key_nothing_is_opened() -> None:
    """No key, no mail."""
    assert decrypted(made.envelope(ENTITY, OURS), []) is None


def test_a_key_that_is_away_or_none_is_told_by_a_code(tmp_path: Path) -> None:
    """Nothing of the file stands in the fault."""
    named = kept(tmp_path, OURS)
    named.key_file.write_text("an invented secret")
    with pytest.raises(Unavailable) as told:
        list(mail_keys([named]))
    assert "not-a-key" in str(told.value.args)
    assert "invented" not in str(told.value.args)
    named.key_file.unlink()
    with pytest.raises(Unavailable, match="file-missing"):
        list(mail_keys([named]))


def test_only_rsa_keys_open_mail(tmp_path: Path) -> None:
    """An elliptic key is refused at once and by name, not at the first mail it cannot open."""
    with pytest.raises(Unavailable, match="not-an-rsa-key"):
        list(mail_keys([kept(tmp_path, made.identity("Elliptic Example", "elliptic"))]))


def test_a_key_is_never_shown() -> None:
    """Its place in a dump is empty."""
    assert "key=" not in repr(MailKey(OURS.certificate, OURS.key))
