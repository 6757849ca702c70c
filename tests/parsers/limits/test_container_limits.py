"""Limits of what holds other things, met from both sides: what just fits is told, one more is left out or closed."""

import struct

import pytest
from asn1crypto import cms

from parsers import read
from parsers.containers import (
    addresses,
    front,
    html_grid,
    kinds,
    office_lock,
    outlook,
    packages,
    relations,
    rtf,
    signers,
    smime,
    tnef,
)
from parsers.containers import zip as zips
from parsers.containers.headers import read_block
from parsers.containers.html_blocks import blocks_of_html
from parsers.containers.kinds import tell
from parsers.containers.signatures import named_keys
from parsers.containers.transfer import undeclared
from parsers.contract import Kind, Survey
from parsers.contract.framing import MAX_EXTRACT_BYTES
from parsers.contract.signing import MAX_SIGNATURES
from parsers.document import Table
from parsers.limits import MAX_MAIL_BYTES, OverLimit
from tests.builders import cms_vectors, mails
from tests.builders import smime as made
from tests.builders.limits import both_sides
from tests.builders.ole import ole
from tests.hostile.zips import Item, zip_of


def headers_of(*lines: str) -> Survey:
    """Survey a mail with these headers."""
    survey = read.survey(mails.raw(*lines, body=b"words"))
    assert isinstance(survey, Survey)
    return survey


@both_sides
def test_senders_are_counted(more: int) -> None:
    """Of any header that names some; that there are more is told by the count of From fields."""
    several = ", ".join(f"a{n}@agency.example" for n in range(addresses.MAX_SENDERS + more))
    lines = [f"From: {each}" for each in several.split(", ")]
    told = headers_of(*lines, f"Reply-To: {several}").headers
    kept = (told.untrusted_from_raw, told.from_addresses, told.from_second_opinion, told.reply_to)
    assert {len(each) for each in kept} <= {addresses.MAX_SENDERS, 1}
    assert len(told.untrusted_from_raw) == addresses.MAX_SENDERS
    assert told.from_header_count == addresses.MAX_SENDERS + more


@both_sides
def test_recipients_are_counted(more: int) -> None:
    """Those behind are not kept."""
    several = ", ".join(f"a{n}@b.example" for n in range(addresses.MAX_RECIPIENTS + more))
    assert len(headers_of("From: a@agency.example", f"To: {several}").headers.recipients) == addresses.MAX_RECIPIENTS


@both_sides
def test_a_message_id_is_kept_to_its_length(more: int) -> None:
    """A longer one is cut, so that it may cross the wall."""
    told = headers_of("From: a@agency.example", "Message-ID: " + "x" * (front.MAX_MESSAGE_ID + more)).headers
    assert len(told.untrusted_message_id) == front.MAX_MESSAGE_ID


@both_sides
def test_a_short_header_is_kept_to_its_length(more: int) -> None:
    """The same of a date."""
    told = headers_of("From: a@agency.example", f"Date: {'x' * (front.MAX_LABEL + more)}").headers
    assert len(told.untrusted_date) == front.MAX_LABEL


@both_sides
def test_a_mailers_own_words_are_looked_through_to_their_length(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """The Message-ID of our letter behind them is not found."""
    monkeypatch.setattr(front, "MAX_QUOTING_BYTES", 60)
    mail = mails.raw(
        "From: MAILER-DAEMON@agency.example", body=b"x" * (10 + 60 * more) + b"\r\nMessage-ID: <a@b.example>\r\n"
    )
    assert front.returned_in_words(mail, read_block(mail)) == (() if more else ("<a@b.example>",))


@both_sides
def test_relations_are_read_to_their_number(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Beyond it they are not, and that is told."""
    monkeypatch.setattr(relations, "MAX_PARTS_READ", 2)
    parts = [Item(f"word/_rels/p{n}.xml.rels", b"<Relationships/>") for n in range(2 + more)]
    _, whole = relations.relations_of(zips.listing(zip_of(*parts)))
    assert whole is not bool(more)


@both_sides
def test_dkim_signatures_are_counted(more: int) -> None:
    """From the top."""
    lines = [f"DKIM-Signature: v=1; d=agency.example; s=s{n}" for n in range(MAX_SIGNATURES + more)]
    found = named_keys(read_block(mails.raw(*lines, body=b"")))
    assert [each.selector for each in found] == [f"s{n}" for n in range(MAX_SIGNATURES)]


def test_any_part_of_a_mail_may_be_handed_out() -> None:
    """In base64 and with what stands round it the largest one fits the answer."""
    assert MAX_MAIL_BYTES * 4 // 3 + 100 < MAX_EXTRACT_BYTES


@pytest.mark.parametrize(("name", "most"), [("colspan", html_grid.MAX_COLUMNS), ("rowspan", html_grid.MAX_ROWS)])
@both_sides
def test_a_cell_of_a_page_covers_so_much(name: str, most: int, more: int) -> None:
    """A wider or higher one is held at that."""
    rows = "<tr><td>z" * (html_grid.MAX_ROWS + 1)
    blocks = blocks_of_html(f"<table><tr><td {name}={most + more}>x<td>y{rows}</table>")
    (table,) = (block for block in blocks if isinstance(block, Table))
    cell = table.rows[0][0]
    assert max(cell.columns, cell.rows) == most


@both_sides
def test_what_a_part_is_is_told_by_its_beginning(more: int) -> None:
    """A binary byte behind it makes no words of something else."""
    data = b"x" * (kinds.MAX_LOOK - 1 + more) + b"\0"
    assert tell(data, undeclared("")).kind is (Kind.TEXT if more else Kind.UNKNOWN)


@both_sides
def test_an_office_files_directory_is_read_to_its_length(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """What stands in sectors behind it does not say what the file is."""
    data = ole({"__properties_version1.0": bytes(32), **{f"x{n:03}": b"" for n in range(60)}})
    most = office_lock.MAX_DIRECTORY_SECTORS
    sectors = next(n for n in range(1, most) if _kind_within(monkeypatch, data, n) is Kind.OUTLOOK_MSG)
    assert _kind_within(monkeypatch, data, sectors - more) is (Kind.UNKNOWN if more else Kind.OUTLOOK_MSG)


def _kind_within(monkeypatch: pytest.MonkeyPatch, data: bytes, sectors: int) -> Kind:
    monkeypatch.setattr(office_lock, "MAX_DIRECTORY_SECTORS", sectors)
    return office_lock.kind_of(data)[0]


@both_sides
def test_names_of_an_outlook_file_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Before one is looked up."""
    monkeypatch.setattr(outlook, "_MAX_NAMES", 4)
    data = ole({"__properties_version1.0": bytes(32), **{f"x{n}": b"" for n in range(3 + more)}})
    if more:
        with pytest.raises(OverLimit, match="too-many-parts"):
            outlook.letter_of(data)
    else:
        assert outlook.letter_of(data).plain == ""


@both_sides
def test_properties_of_a_winmail_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Of one list; it says itself how many there are."""
    monkeypatch.setattr(tnef, "_MAX_PROPERTIES", 3)
    one = struct.pack("<HHI", 0x0003, 0x0E07, 1)
    listed = struct.pack("<I", 3 + more) + one * (3 + more)
    if more:
        with pytest.raises(OverLimit, match="too-many-parts"):
            tnef._properties(listed)
    else:
        assert len(tnef._properties(listed)) == 1


@both_sides
def test_a_page_packed_as_rtf_is_unpacked_to_its_length(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Further words are not taken."""
    monkeypatch.setattr(rtf, "MAX_BYTES", 8)
    data = struct.pack("<II", 20, 8 + more) + b"MELA" + bytes(4) + b"w" * (8 + more)
    assert len(rtf.unpacked(data)) == 8


@both_sides
def test_objects_of_a_word_file_are_looked_at_to_their_number(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """A program behind the last of them is not seen, that there are objects is."""
    monkeypatch.setattr(packages, "MAX_OBJECTS_LOOKED_AT", 2)
    objects = [Item(f"word/embeddings/o{n}.bin", b"x") for n in range(1 + more)]
    program = Item("word/embeddings/z.bin", b"x\x7fELF")
    _, _, codes = packages.kind_of(zip_of(Item("word/document.xml", b"<w/>"), *objects, program))
    assert "ole-objects" in codes
    assert ("program-inside" in codes) is not bool(more)


def _signed(copies: int = 1) -> cms.ContentInfo:
    info = cms.ContentInfo.load(cms_vectors.WITHOUT_ATTRIBUTES)
    signed = info["content"]
    signed["signer_infos"] = [signed["signer_infos"][0]] * copies
    return info


@both_sides
def test_signers_of_a_mail_are_counted(more: int) -> None:
    """Where there are more none is verified."""
    judged = smime.judged(cms_vectors.CONTENT, _signed(smime.MAX_SIGNERS + more).dump(force=True))
    assert judged == (smime.UNVERIFIED if more else smime.INTACT)


@both_sides
def test_certificates_of_a_mail_are_looked_through_to_their_number(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """The signer's own behind them is not found."""
    signed = _signed()["content"]
    signer = signed["signer_infos"][0]
    monkeypatch.setattr(signers, "MAX_CERTIFICATES", len(signed["certificates"]) - more)
    if more:
        with pytest.raises(signers.Unverifiable):
            signers.verified(signed, signer, cms_vectors.CONTENT)
    else:
        assert signers.verified(signed, signer, cms_vectors.CONTENT)


@both_sides
def test_a_key_is_as_long_as_any_honest_one(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """With a longer one nothing is verified."""
    content = made.entity(mails.mail("words"))
    der = made.signature(content, made.identity(), made.Options.DetachedSignature)
    monkeypatch.setattr(signers, "MAX_KEY_BITS", 2048 - more)
    assert smime.judged(content, der) == (smime.UNVERIFIED if more else smime.INTACT)
