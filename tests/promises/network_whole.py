"""What must be so after any fault on the line: nothing lost, nothing twice, and a person told of what was refused."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from intake.edges.keyring import KeyRing
from intake.edges.vault import FileVault
from intake.records import SqlRecords
from intake.records.store import make_engine
from intake.records.verification import verify
from tests.promises.network_rig import Account, Rig
from tests.promises.post_bag import Sent
from tests.servers import dovecot, smtp

FOLDERS = {
    "INBOX": "INBOX", "registered": "Intake/Registered", "set-aside": "Intake/Set aside",
    "held": "Intake/Needs a person", "quarantined": "Intake/Quarantine",
}  # fmt: skip
ONCE, TOLD, TWICE = "once", "refused, told", "twice, in doubt"


@dataclass(frozen=True)
class Allowed:
    """What a fault may leave behind: letters given up for a refusal that is for good, one letter twice."""

    given_up: int = 0
    twice: int = 0


def recovered(rig: Rig, account: Account, allowed: Allowed) -> str:
    """Run the program with nothing in its way, hold what there is against what must be; return which it was."""
    rig.imap.begin(None)
    rig.smtp.begin(None)
    rig.run(account, disturbed=False).must_be_clean(0)
    store = account.folder / "var"
    keys, engine = KeyRing.load(store / "keyring"), make_engine(f"sqlite:///{store / 'intake.db'}")
    try:
        records = SqlRecords(engine, keys)
        _on_record(records, account)
        _in_its_folder(rig.box, account)
        assert list(verify(records.store, FileVault(store / "vault", keys))) == []
        return _letters(records, rig.out, allowed)
    finally:
        engine.dispose()


def _on_record(records: SqlRecords, account: Account) -> None:
    """Each mail once in the log with what became of it and its letters, each form one case in its first version."""
    now = records.health_notes()["poll:sscp"][1]
    register = records.register_rows(reveal=False, by="a test", now=now)
    rows = records.log_rows()
    found = [(row["sha256"], row["stage"], row["why"], *(one["kind"] for one in row["letters"])) for row in rows]
    _same("log", found, [(_known_by(mail), mail.stage, mail.why, *mail.letters) for mail in account.mails])
    _same("versions", [case["version"] for case in register], [1] * sum(mail.forms for mail in account.mails))
    _same("references", [len({case["reference"] for case in register})], [len(register)])


def _known_by(mail: Sent) -> str:
    """Return what the log knows a mail by; of one over the limit the header alone is kept."""
    if mail.why != "over-limit":
        return mail.sha256
    return sha256(mail.raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n").hexdigest()


def _in_its_folder(box: dovecot.Dovecot, account: Account) -> None:
    found = [
        (stage, sha256(raw).hexdigest()) for stage, name in FOLDERS.items() for raw in box.mails(account.user, name)
    ]
    _same("folders", found, [(mail.stage, mail.sha256) for mail in account.mails])


def _same(what: str, found: Iterable[Any], expected: Iterable[Any]) -> None:
    """Hold one list against another, whatever their order."""
    assert sorted(found) == sorted(expected), f"{what}: {sorted(found)} and not {sorted(expected)}"


def _letters(records: SqlRecords, out: smtp.Server, allowed: Allowed) -> str:
    """Each letter once and the same; given up, which is an exception of the report, or twice only as allowed."""
    states = {f"<{letter['message_id']}>": letter["state"] for letter in records.outbox_rows()}
    given = [taken for taken in list(out.taken) if str(taken.mail["Message-ID"]) in states]
    times = Counter(str(taken.mail["Message-ID"]) for taken in given)
    _same("sent", [name for name, state in states.items() if state == "sent"], times)
    assert len({(str(taken.mail["Message-ID"]), taken.recipients, taken.content) for taken in given}) == len(times)
    given_up, again = len(states) - len(times), times.total() - len(times)
    assert list(states.values()).count("abandoned") == given_up <= allowed.given_up, states
    assert [row["code"] for row in records.exception_rows()].count("letter-abandoned") == given_up
    assert again <= allowed.twice, times
    return TOLD if given_up else TWICE if again else ONCE
