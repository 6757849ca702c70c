"""Whatever somebody who owns the database changes behind the program's back, ``verify`` names it, and which row."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from intake.domain.message import MessageId
from intake.domain.stages import Stage
from intake.edges.keyring import KeyRing
from intake.edges.vault import FileVault
from tests.builders.messages import NOW
from tests.builders.records import moved, opened
from tests.builders.tampered import ACT, House, changed, filled, verified


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Return the store that is copied."""
    return filled(tmp_path_factory.mktemp("house"))


@pytest.fixture
def house(template: House, tmp_path: Path) -> House:
    """Return a copy of the store."""
    shutil.copytree(template.folder, tmp_path / "copy")
    return House(tmp_path / "copy", template.case, template.other, template.mail, template.aside)


TAMPERED = (
    ("messages SET received_at = '2020-01-01T00:00:00.000000+00:00' WHERE id = '{mail}'", "messages/{mail}"),
    ("messages SET sender_trust = 'unknown', agency = 'nhs' WHERE id = '{mail}'", "messages/{mail}"),
    ("messages SET why = 'another' WHERE id = '{mail}'", "messages/{mail}"),
    ("case_versions SET received_at = '2020' WHERE reference = '{case}'", "case_versions/{case}/1"),
    ("case_versions SET agency = 'nhs' WHERE reference = '{case}'", "case_versions/{case}/1"),
    ("case_versions SET band = 'late' WHERE reference = '{case}'", "case_versions/{case}/1"),
    ("case_versions SET qa_status = 'blank' WHERE reference = '{case}'", "case_versions/{case}/1"),
    ("case_versions SET missing = '[]' WHERE reference = '{case}'", "case_versions/{case}/1"),
    ("case_versions SET alerts = '[\"x\"]' WHERE reference = '{case}'", "case_versions/{case}/1"),
    ("cases SET status = 'erased' WHERE reference = '{case}'", "cases/{case}"),
    ("documents SET state = 'locked' WHERE message = '{mail}'", "documents/{mail}/1"),
    ("findings SET code = 'another' WHERE message = '{mail}'", "findings/{mail}"),
    ("exceptions SET closed_by = 'nobody' WHERE id = 1", "exceptions/1"),
    ("exceptions SET closed_at = NULL, closed_by = NULL WHERE id = 1", "exceptions/1"),
    ("letters SET state = 'queued', queue_code = NULL WHERE id = 1", "letters/1"),
    ("letters SET recipient = 'another' WHERE id = 1", "letters/1"),
    ("letters SET ended_at = '2020' WHERE id = 1", "letters/1"),
    ("blind_index SET digest = 'another' WHERE reference = '{case}' AND kind = 'child'", "blind_index/{case}"),
    ("case_steps SET day = '2020-01-01'", "case_steps/1"),
    ("case_notes SET written_by = 'nobody'", "case_notes/1"),
    ("case_owners SET owner = 'nobody'", "case_owners/1"),
    ("keyed_values SET keyed_by = 'nobody'", "keyed_values/1"),
    ("legal_holds SET lifted_at = '2020', lifted_line = 1 WHERE lifted_at IS NULL", "legal_holds/1"),
    ("staff_accounts SET roles = 'administrator'", "staff_accounts/rae"),
    ("case_links SET kind = 'bounce'", "case_links/1"),
)  # fmt: skip


@pytest.mark.parametrize(("change", "row"), TAMPERED)
def test_a_changed_row_is_named(house: House, change: str, row: str) -> None:
    """Plain columns that somebody changed are told by table and row."""
    changed(house, f"UPDATE {change}")
    assert ("row-changed", house.said(row)) in verified(house)


TAKEN = (
    ("case_versions WHERE reference = '{case}'", "case_versions/{case}/1"),
    ("cases WHERE reference = '{case}'", "cases/{case}"),
    ("exceptions WHERE id = 1", "exceptions/1"),
    ("findings WHERE message = '{mail}'", "findings/{mail}"),
    ("letters WHERE id = 1", "letters/1"),
    ("blind_index WHERE reference = '{case}'", "blind_index/{case}"),
    ("legal_holds WHERE lifted_at IS NULL", "legal_holds/1"),
    ("keyed_values", "keyed_values/1"),
    ("case_notes", "case_notes/1"),
    ("data_keys WHERE owner = 'case/{case}'", "data_keys/case/{case}"),
)


@pytest.mark.parametrize(("rows", "row"), TAKEN)
def test_a_row_that_was_taken_away_is_named(house: House, rows: str, row: str) -> None:
    """What a line says is there must be there."""
    changed(house, f"DELETE FROM {rows}")  # noqa: S608 - to tamper
    assert ("row-missing", house.said(row)) in verified(house)


def test_a_row_no_line_speaks_of_is_named(house: House) -> None:
    """A hold put in with the number of a foreign line is nobody's."""
    changed(
        house, "INSERT INTO legal_holds (reference, line, placed_at) VALUES ('{case}', 1, '2026-11-20T00:00:00')",
    )  # fmt: skip
    assert verified(house) == [("row-unaccounted", "legal_holds/3")]


def test_a_case_taken_away_whole_is_missed_by_the_line_that_registered_it(house: House) -> None:
    """Every reference of a registration must be in the register."""
    changed(
        house, "DELETE FROM case_versions WHERE reference = '{case}'", "DELETE FROM cases WHERE reference = '{case}'"
    )
    assert ("case-missing", house.case) in verified(house)


def test_an_erasure_nobody_decided_is_named(house: House) -> None:
    """A message, a case and a key that stand as erased each need the line by which somebody erased them."""
    changed(
        house,
        "UPDATE messages SET erased_at = '2026-11-20' WHERE id = '{aside}'",
        "UPDATE cases SET status = 'erased' WHERE reference = '{case}'",
        "UPDATE data_keys SET wrapped = NULL, destroyed_at = '2026-11-20' WHERE owner = 'case/{case}'",
    )
    (house.folder / "vault" / f"{house.aside}.sealed").unlink()
    places = (f"messages/{house.aside}", f"cases/{house.case}", f"data_keys/case/{house.case}")
    assert {("erased-without-a-line", place) for place in places} <= set(verified(house))


SEALED = (
    ("case_versions SET referral = x'0011' WHERE reference = '{case}'", "case_versions/{case}/1"),
    ("case_versions SET assessment = x'' WHERE reference = '{case}'", "case_versions/{case}/1"),
    ("documents SET referral = (SELECT referral FROM case_versions LIMIT 1) WHERE message = '{mail}'",
     "documents/{mail}/1"),
    ("messages SET screening = x'6431' WHERE id = '{mail}'", "messages/{mail}"),
    ("letters SET sealed = x'00' WHERE id = 1", "letters/1"),
    ("keyed_values SET value = x'00'", "keyed_values/1"),
    ("case_notes SET note = x'00'", "case_notes/1"),
    ("data_keys SET wrapped = x'00' WHERE owner = 'case/{case}'", "data_keys/case/{case}"),
)  # fmt: skip


@pytest.mark.parametrize(("change", "row"), SEALED)
def test_a_seal_that_does_not_open_is_named(house: House, change: str, row: str) -> None:
    """Garbage, emptiness and what was sealed for another place are told by table and row."""
    changed(house, f"UPDATE {change}")
    assert ("seal-broken", house.said(row)) in verified(house)


def test_every_note_of_a_case_is_opened(house: House) -> None:
    """Notes are sealed for the same place; the first is opened as the last is."""
    changed(house, "UPDATE case_notes SET note = x'6431' WHERE id = 1")
    assert ("seal-broken", "case_notes/1") in verified(house)
    changed(house, "UPDATE case_notes SET note = x'6431' WHERE id = 2")
    assert {("seal-broken", "case_notes/1"), ("seal-broken", "case_notes/2")} <= set(verified(house))


def test_a_hold_that_was_lifted_before_an_erasure_is_no_alarm(tmp_path: Path) -> None:
    """The reasons about a message go with it, also those that were sealed by the house."""
    with opened(f"sqlite:///{tmp_path / 'intake.db'}", tmp_path) as books:
        message = books.receive()
        books.records.commit(message, moved(Stage.SET_ASIDE), now=NOW)
        books.records.hold_message(message.id, *ACT)
        books.records.lift_message(message.id, *ACT)
        books.records.erase_message(message.id, *ACT)
        books.vault.erase(message.id)
        assert books.discrepancies() == []


def test_sealed_words_of_two_cases_exchanged_are_named(house: House) -> None:
    """Each opens at its own place alone."""
    changed(
        house,
        "CREATE TABLE both_ AS SELECT reference, referral FROM case_versions",
        "UPDATE case_versions SET referral = (SELECT referral FROM both_ WHERE reference = '{other}') "
        "WHERE reference = '{case}'",
        "UPDATE case_versions SET referral = (SELECT referral FROM both_ WHERE reference = '{case}') "
        "WHERE reference = '{other}'",
    )
    found = verified(house)
    assert {("seal-broken", f"case_versions/{case}/1") for case in (house.case, house.other)} <= set(found)


def test_a_reason_put_in_the_place_of_another_is_named(house: House) -> None:
    """The line of an act holds the digest of its sealed reason."""
    changed(house, "UPDATE reasons SET reason = (SELECT reason FROM reasons r WHERE r.line <> reasons.line LIMIT 1)")
    found = verified(house)
    assert any(code == "row-changed" and where.startswith("reasons/") for code, where in found)


def test_an_original_no_row_speaks_of_is_named_unless_its_mail_is_on_record(house: House) -> None:
    """What a kill between vault and records leaves is a second copy of a known mail; anything else is told."""
    ring = KeyRing.load(house.folder / "keyring")
    vault = FileVault(house.folder / "vault", ring)
    with closing(sqlite3.connect(house.folder / "intake.db")) as database:
        (digest,) = database.execute("SELECT sha256 FROM messages WHERE id = ?", (house.mail,)).fetchone()
    copy = MessageId("m-copy")
    vault.store(copy, [vault.open(MessageId(house.mail))])
    assert vault.digest(copy) == digest
    assert verified(house) == []
    vault.store(MessageId("m-foreign"), [b"another mail"])
    assert verified(house) == [("original-unknown", "m-foreign")]


def _deleted(file: Path) -> None:
    file.unlink()


def _one_line_out(file: Path) -> None:
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(lines[:4] + lines[5:]))


def _begun_anew(file: Path) -> None:
    file.write_text("".join(file.read_text().splitlines(keepends=True)[-3:]))


@pytest.mark.parametrize(
    ("harm", "code"),
    [(_deleted, "anchors-missing"), (_one_line_out, "anchor-missing"), (_begun_anew, "anchors-begin-late")],
)
def test_anchors_that_were_taken_away_are_told(house: House, harm: Callable[[Path], None], code: str) -> None:
    """The whole file, a line out of it, or its beginning."""
    harm(house.folder / "intake-log.anchor")
    assert [found for found, _ in verified(house)] == [code]


def test_lines_cut_from_the_end_with_what_they_did_are_told(house: House) -> None:
    """A hold and its lines gone, the head set back and the file of anchors deleted: still something is missing."""
    changed(
        house,
        "CREATE TABLE cut AS SELECT min(line) AS line FROM legal_holds",
        "DELETE FROM reasons WHERE line >= (SELECT line FROM cut)",
        "DELETE FROM intake_log WHERE seq >= (SELECT line FROM cut)",
        "UPDATE intake_log_head SET (seq, mac) = (SELECT seq, mac FROM intake_log ORDER BY seq DESC LIMIT 1)",
        "DELETE FROM legal_holds",
    )
    (house.folder / "intake-log.anchor").unlink()
    assert "anchors-missing" in {code for code, _ in verified(house)}


def test_a_head_from_a_report_is_held_against_the_log(house: House) -> None:
    """The line of that number has those digits, other digits, or is not there."""
    with closing(sqlite3.connect(house.folder / "intake.db")) as database:
        seq, mac = database.execute("SELECT seq, mac FROM intake_log WHERE seq = 3").fetchone()
    digits = mac.partition(":")[2][:12]
    assert verified(house, (seq, digits)) == []
    assert verified(house, (seq, digits[::-1])) == [("head-disagrees", "line 3")]
    assert verified(house, (9_999, digits)) == [("log-cut", "line 9999")]
