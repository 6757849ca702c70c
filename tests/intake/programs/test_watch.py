"""The watch over a real Dovecot: it hears of new mail, and outlives every outage."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog
from cryptography import x509

from intake.domain.stages import Stage
from intake.errors import Unavailable
from intake.programs.servers import secret_of
from intake.programs.watch import watch_once
from tests.builders.gate import Kept, kept
from tests.builders.watching import eventually, mail, watching
from tests.servers import dovecot as real
from tests.servers import imap_script, proxy, tokens
from tests.servers.imap_script import saying


def ends(pem: bytes) -> str:
    """Return the last day of a certificate."""
    return x509.load_pem_x509_certificate(pem).not_valid_after_utc.date().isoformat()


def away(code: str) -> Callable[[], str]:
    """Return a secret that cannot be had."""

    def asked() -> str:
        raise Unavailable("token", code)

    return asked


def test_new_mail_wakes_the_watch_and_the_worker(house: Kept, dovecot: real.Dovecot, user: str) -> None:
    """By IDLE, long before the poll; once it has been dealt with and we are nudged, it is filed."""
    woken, nudged = threading.Event(), threading.Event()
    house.gate.mailbox = house.gate.mailbox.model_copy(update={"poll_seconds": 500.0})
    with watching(house, seen=woken.set, nudged=nudged):
        eventually(lambda: "poll:sscp" in house.records.health)
        dovecot.append(user, mail(1))
        assert woken.wait(60)
        assert house.records.uids == [1]
        house.records.put_all(Stage.REGISTERED)
        nudged.set()
        eventually(lambda: house.records.only.filed_to is not None)


def test_the_poll_finds_what_no_notice_told_of(tmp_path: Path) -> None:
    """A server without IDLE, or one whose notices get lost."""
    with real.running(without="IDLE") as server:
        house = kept(tmp_path, port=server.plain, poll_seconds=0.2)
        with watching(house):
            eventually(lambda: "poll:sscp" in house.records.health)
            server.append("someone", mail(1))
            eventually(lambda: house.records.uids == [1])


def test_the_watch_outlives_its_server(tmp_path: Path) -> None:
    """Killed, away for a while, back: mail that came in between is taken in, and told once each way."""
    with real.running() as server, structlog.testing.capture_logs() as told:
        house = kept(tmp_path, port=server.plain)
        server.append("someone", mail(1))
        with watching(house):
            eventually(lambda: house.records.uids == [1])
            server.kill()
            eventually(lambda: any(line["event"] == "mailbox-away" for line in told))
            server.start()
            server.append("someone", mail(2))
            eventually(lambda: house.records.uids == [1, 2])
            eventually(lambda: any(line["event"] == "mailbox-back" for line in told))
            server.stop()
            server.start()
            server.append("someone", mail(3))
            eventually(lambda: house.records.uids == [1, 2, 3])


def test_a_line_that_went_dead_without_a_word_is_given_up(tmp_path: Path, dovecot: real.Dovecot, user: str) -> None:
    """Half-open: the socket stands and nothing comes. The poll notices, and a new line finds the mail."""
    with proxy.before(dovecot.plain) as line:
        house = kept(tmp_path, port=line.port, username=user, poll_seconds=0.2, timeout_seconds=0.3)
        with watching(house):
            eventually(lambda: "poll:sscp" in house.records.health)
            line.freeze()
            dovecot.append(user, mail(1))
            connections = line.connections
            eventually(lambda: line.connections > connections)
            line.thaw()
            eventually(lambda: house.records.uids == [1])


def test_a_line_that_is_cut_is_taken_up_again(tmp_path: Path, dovecot: real.Dovecot, user: str) -> None:
    """Again and again."""
    with proxy.before(dovecot.plain) as line:
        house = kept(tmp_path, port=line.port, username=user)
        with watching(house):
            for number in range(1, 4):
                dovecot.append(user, mail(number))
                eventually(lambda expected=number: len(house.records.rows) == expected)  # type: ignore[misc]  # a default binds it
                line.cut()


def test_mailboxes_know_nothing_of_one_another(tmp_path: Path, dovecot: real.Dovecot, user: str) -> None:
    """One whose password is refused, one whose server is away, and one that goes on as ever."""
    good = kept(tmp_path / "good", port=dovecot.plain, username=user)
    refused = kept(tmp_path / "refused", port=dovecot.plain, name="refused")
    refused.gate.secret = lambda: "wrong"
    away = kept(tmp_path / "away", port=1, name="away")
    with structlog.testing.capture_logs() as told, watching(refused, away, good):
        dovecot.append(user, mail(1))
        eventually(lambda: good.records.uids == [1])
        eventually(lambda: len({line["why"] for line in told if line["event"] == "mailbox-away"}) == 2)
    alarms = [line for line in told if line["event"] == "mailbox-away" and line["log_level"] == "error"]
    assert [line["mailbox"] for line in alarms] == ["refused"]


def test_when_certificates_end_is_noted_at_each_look(tmp_path: Path, dovecot: real.Dovecot, user: str) -> None:
    """The server's, as it shows it, and the one the program signs in with; without TLS there is none."""
    file, certificate = tokens.proof(tmp_path)
    oauth = {"tenant": tokens.TENANT, "client_id": tokens.CLIENT, "scope": tokens.SCOPE, "certificate_file": file}
    plain = kept(tmp_path / "plain", port=dovecot.plain, username=user)
    safe = kept(tmp_path / "safe", port=dovecot.tls, security="tls", ca_file=dovecot.ca_file, username=user)
    watch_once(plain.gate)
    assert set(plain.records.health) == {"poll:sscp", "unfetchable:sscp"}
    watch_once(safe.gate)
    assert safe.records.health["ends:server:sscp"] == ends((dovecot.folder / "cert.pem").read_bytes())
    assert "ends:app:sscp" not in safe.records.health
    with tokens.running(certificate) as provider, real.running(tokens=provider.whose) as server:
        app = kept(tmp_path / "app", port=server.plain, oauth=oauth | {"authority": provider.authority})
        app.gate.secret = secret_of(app.gate.mailbox)
        watch_once(app.gate)
    assert app.records.health["ends:app:sscp"] == ends(certificate.encode())


def test_a_token_that_is_refused_is_an_alarm_as_a_password_is(tmp_path: Path, dovecot: real.Dovecot) -> None:
    """It is not healed by asking; a provider that is away is."""
    for code, level in (("token-refused-invalid-client", "error"), ("token-away", "warning")):
        house = kept(tmp_path / code, port=dovecot.plain)
        house.gate.secret = away(code)
        with structlog.testing.capture_logs() as told, watching(house):
            eventually(lambda: any(line["event"] == "mailbox-away" for line in told))
        assert {line["log_level"] for line in told if line["event"] == "mailbox-away"} == {level}


def test_a_mailbox_whose_password_is_refused_counts_as_unseen(tmp_path: Path, dovecot: real.Dovecot) -> None:
    """Being let in and looking is what counts: without it nothing is noted, and the report warns after its minutes."""
    refused = kept(tmp_path, port=dovecot.plain)
    refused.gate.secret = lambda: "wrong"
    with structlog.testing.capture_logs() as told, watching(refused):
        eventually(lambda: any(line["event"] == "mailbox-away" for line in told))
    assert "poll:sscp" not in refused.records.health


def test_at_start_it_says_what_becomes_of_the_servers_mail(house: Kept) -> None:
    """Moved to so many folders, deleted never: whoever starts it reads so before anything is done."""
    with structlog.testing.capture_logs() as told, watching(house):
        eventually(lambda: "poll:sscp" in house.records.health)
    said = next(line for line in told if line["event"] == "watching")
    moved = [folder for _, folder in house.gate.mailbox.file_to if folder is not None]
    assert (said["mailbox"], said["moves"], said["deletes"]) == ("sscp", len(moved), "never")


def test_a_refused_credential_is_not_tried_again_at_once(tmp_path: Path, script: imap_script.Script) -> None:
    """Servers lock accounts that ask too often; only a passing trouble is asked about again soon."""
    house = kept(tmp_path, port=script.port)
    script.answers["AUTHENTICATE"] = saying(end=b"NO [AUTHENTICATIONFAILED] no")
    with structlog.testing.capture_logs() as told, watching(house):
        eventually(lambda: any(line["event"] == "mailbox-away" for line in told))
        threading.Event().wait(0.3)
    assert script.connections == 1


def test_a_fault_of_ours_does_not_end_the_watch(house: Kept, dovecot: real.Dovecot, user: str) -> None:
    """It is told by type and place, and the next round goes on."""
    dovecot.append(user, mail(1))
    known, failures = house.records.known_uids, iter([ZeroDivisionError("zyxwnonsense")])

    def known_uids(*args: Any) -> set[int]:
        for failure in failures:
            raise failure
        return known(*args)

    house.records.known_uids = known_uids  # type: ignore[method-assign]  # the fault
    with structlog.testing.capture_logs() as told, watching(house):
        eventually(lambda: house.records.uids == [1])
    assert [line["fault"] for line in told if line["event"] == "watch-failed"] == ["ZeroDivisionError"]
    assert "zyxw" not in str(told)


def test_what_is_logged_are_codes_ids_and_counts(house: Kept, dovecot: real.Dovecot, user: str) -> None:
    """Not one word of a mail, its sender or its mailbox's owner."""
    dovecot.append_all(user, [mail(1), mail(2, 30_000)])
    house.gate.mailbox = house.gate.mailbox.model_copy(update={"max_bytes": 20_000})
    house.records.stage_at_once = Stage.HELD
    with structlog.testing.capture_logs() as told:
        watch_once(house.gate)
    assert {line["event"] for line in told} == {"message-received"}
    assert not any(word in str(told).lower() for word in ("invented", "orla", "nothing", user.lower(), "password"))
