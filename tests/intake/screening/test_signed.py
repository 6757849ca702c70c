"""Our own DKIM verification is a second opinion: it can lower trust, and raises none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.domain.verdict import SenderTrust
from intake.edges.sender_keys import DnsSenderKeys
from intake.programs.opening import opened
from intake.screening.signed import aligned
from intake.settings.loading import load
from parsers.containers.headers import read_block
from parsers.containers.signatures import holding, named_keys
from parsers.contract import Signature, SigningKey
from tests.builders.lived_in import SENDER, lived_in
from tests.builders.mails import mail
from tests.builders.signing import DOMAIN, NAME, SELECTOR, record, signed
from tests.servers import names as name_server

OURS = Signature(domain=DOMAIN, selector=SELECTOR)
KEY = SigningKey(signature=OURS, record=record())


@pytest.fixture
def names() -> Iterator[name_server.Names]:
    """Run a name server that knows the agency's key."""
    with name_server.running() as running:
        running.texts[NAME] = record()
        yield running


def letter() -> bytes:
    """Return a signed mail as the border delivered it: its trace headers on top."""
    top, _, rest = mail("Hello.", sender=SENDER, headers=[("Authentication-Results", _results())]).partition(b"\r\n")
    return top + b"\r\n" + signed(rest)


def _results() -> str:
    return "mx.salford.example; dkim=pass header.d=gmp.example; dmarc=pass header.from=gmp.example"


def test_a_signature_holds_by_its_key_alone() -> None:
    """As it was signed it holds; with a byte changed, another's key or none it does not."""
    raw = signed(mail("Hello.", sender=SENDER))
    assert named_keys(read_block(raw)) == (OURS,)
    assert holding(raw, [KEY]) == (OURS,)
    assert holding(raw.replace(b"Hello.", b"Hallo."), [KEY]) == ()
    assert holding(raw, [SigningKey(signature=OURS, record="v=DKIM1; p=")]) == ()
    assert holding(raw, []) == ()


@pytest.mark.parametrize(
    "header",
    [
        "v=1; d=gmp.example", "s=a; s=b", "d=../../etc; s=a", "d=gmp.example; s=" + "a" * 400, "", ";;;=",
        "d=gmp.example\x00; s=a", "d=*.example; s=a",
    ],
)  # fmt: skip
def test_an_odd_signature_names_no_key(header: str) -> None:
    """What does not plainly name a domain and a selector is asked of nobody."""
    raw = b"DKIM-Signature: " + header.encode() + b"\r\n" + mail("Hello.")
    assert named_keys(read_block(raw)) == ()
    assert holding(raw, [KEY]) == ()


def test_only_the_senders_own_domain_is_looked_at() -> None:
    """A signature of somebody else's domain says nothing about the From."""
    other = Signature(domain="list.example", selector="s")
    assert aligned([other, OURS], "gmp.example") == (OURS,)
    assert aligned([OURS], "south.gmp.example") == (OURS,)
    assert aligned([OURS], "evilgmp.example") == ()


def verdict(folder: Path, raw: bytes, names: name_server.Names | None) -> tuple[SenderTrust, tuple[str, ...]]:
    """Return the trust and notes of a mail that went the whole way."""
    more = f'[authentication]\ndkim_resolver = "{names.address}"' if names else ""
    config = lived_in(folder, [raw], more=more)
    with opened(load(config, {})) as house:
        sender = house.records.screening(house.records.message(next(iter(house.vault().ids()))).id).sender
    return sender.trust, sender.notes


def test_a_pass_that_holds_is_noted(tmp_path: Path, names: name_server.Names) -> None:
    """With the agency's key the mail is as it was signed: trust stays as the border said."""
    trust, notes = verdict(tmp_path, letter(), names)
    assert "own-dkim-pass" in notes
    assert trust is SenderTrust.AUTHENTICATED
    assert names.asked == [NAME]


def test_a_border_that_passes_what_does_not_hold_is_not_believed(tmp_path: Path, names: name_server.Names) -> None:
    """A mail changed after it was signed vouches for nobody, whatever the border says."""
    trust, notes = verdict(tmp_path, letter().replace(b"Hello.", b"Hallo."), names)
    assert "own-dkim-fail" in notes
    assert trust is SenderTrust.UNVERIFIED


def test_a_border_that_says_fail_is_never_overruled(tmp_path: Path, names: name_server.Names) -> None:
    """A signature that holds raises no trust: the border's no stands."""
    raw = letter().replace(b"dmarc=pass", b"dmarc=fail").replace(b"dkim=pass", b"dkim=fail")
    assert verdict(tmp_path, raw, names)[0] is SenderTrust.FAILED


@pytest.mark.parametrize("known", [False, True])
def test_without_a_key_or_a_resolver_the_border_is_left_alone(
    tmp_path: Path, names: name_server.Names, known: bool
) -> None:
    """Nothing tried is nothing found: neither a note nor a doubt."""
    names.texts.clear()
    trust, notes = verdict(tmp_path, letter(), names if known else None)
    assert trust is SenderTrust.AUTHENTICATED
    assert not [note for note in notes if note.startswith("own-dkim")]


def test_a_silent_name_server_is_no_answer(names: name_server.Names, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for it longer than a few seconds, and nothing is raised."""
    monkeypatch.setattr("intake.edges.sender_keys.SECONDS", 0.2)
    names.silent = True
    assert DnsSenderKeys(names.address).record(OURS) is None
