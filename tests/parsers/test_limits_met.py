"""Limits met from both sides: what just fits is read, one more is told by its code, the rest of the mail goes on."""

import random
import time
from dataclasses import replace

import msgspec
import pytest

from parsers import desk, read
from parsers.containers import kinds
from parsers.containers.accounts import as_sent, part_of
from parsers.containers.addresses import listed
from parsers.containers.headers import read_block
from parsers.containers.opening import single_file
from parsers.contract import (
    DocumentState,
    Harvest,
    Recognised,
    Refusal,
    Survey,
    Task,
    TaskKind,
    decode_answer,
    encode,
)
from parsers.desk import Desk
from parsers.limits import (
    DOCUMENT_SHARE,
    LEAST_PICTURE_BYTES,
    MAX_ADDRESS_HEADER_BYTES,
    MAX_CODES,
    MAX_CONTAINERS_DEEP,
    MAX_FROM_BYTES,
    MAX_HEADER_BYTES,
    MAX_NODES,
    MAX_PART_CODES,
    MAX_ZIP_DIRECTORY_BYTES,
    MAX_ZIP_RATIO,
    PDF_LOCK_SECONDS,
    READING_SHARE,
    SLOW_DOCUMENT_SHARE,
    SMALL_ZIP_ENTRY_BYTES,
    Allowance,
)
from tests.builders import forms, mails
from tests.builders.mails import Attachment
from tests.hostile.zips import STORED, Item, nested, zip_of


def survey(raw: bytes) -> Survey | Refusal:
    """Take a mail apart."""
    answer = read.answer(Task(kind=TaskKind.SURVEY, length=len(raw)), raw, forms.library(), 10.0)
    assert isinstance(answer, Survey | Refusal)
    return answer


def beside_a_form(data: bytes) -> list[tuple[DocumentState, str | None]]:
    """Read a mail with this zip and a good form behind it; return what became of all but the form, which is read."""
    raw = mails.mail("x", Attachment("a.zip", data), mails.docx_attachment(forms.to_docx()))
    answer = read.answer(Task(kind=TaskKind.READ, length=len(raw)), raw, forms.library(), 10.0)
    assert isinstance(answer, Harvest)
    *others, form = answer.documents
    assert (form.state, form.recognised) == (DocumentState.READ, Recognised.OURS)
    return [(each.state, each.why) for each in others]


OPENED = [(DocumentState.UNSUPPORTED, "kind-text")]


@pytest.mark.parametrize("more", [0, 1])
def test_a_header_is_read_to_its_limit(more: int) -> None:
    """A subject that is longer is cut and told."""
    found = survey(mails.raw("From: a@agency.example", "Subject: " + "x" * (MAX_HEADER_BYTES + more), body=b"words"))
    assert isinstance(found, Survey)
    assert len(found.headers.untrusted_subject) == MAX_HEADER_BYTES
    assert found.codes == ("long-header",) * more


@pytest.mark.parametrize("more", [0, 1])
def test_a_from_is_read_to_its_limit(more: int) -> None:
    """A longer one is nobody's: told, and not given to the readers it would stop."""
    name = "x" * (MAX_FROM_BYTES - len('"" <a@agency.example>') + more)
    found = survey(mails.raw(f'From: "{name}" <a@agency.example>', body=b"words"))
    assert isinstance(found, Survey)
    assert (len(found.headers.from_addresses), found.codes) == (1 - more, ("long-from",) * more)


@pytest.mark.parametrize("more", [0, 1])
def test_recipients_are_read_to_their_limit(more: int) -> None:
    """Who stands behind it is not listed; those before are."""
    first, last = '"%s" <a@agency.example>, ', "b@agency.example"
    name = "x" * (MAX_ADDRESS_HEADER_BYTES - len(first) + len("%s") - len(last) + more)
    block = read_block(mails.raw("To: " + first % name + last, body=b"words"))
    found = [each.untrusted_address for each in listed(block, ("to",), 10)]
    assert found == ["a@agency.example", last[:-1] if more else last]


@pytest.mark.parametrize("more", [0, 1])
def test_a_mail_of_all_nodes_is_taken_apart(more: int) -> None:
    """A report of one block more is over the limit before it is parsed to its end."""
    blocks = b"Action: failed\r\n\r\n" * (MAX_NODES - 2 + more)
    found = survey(b"From: a@agency.example\r\nContent-Type: message/delivery-status\r\n\r\n" + blocks)
    assert (found == Refusal(code="over-limit", limit="too-many-parts")) is bool(more)


@pytest.mark.parametrize("more", [0, 1])
def test_containers_are_opened_to_their_depth(more: int) -> None:
    """What is packed once more stays closed and says so."""
    made = zip_of(Item("a.txt", nested(MAX_CONTAINERS_DEEP - 2 + more, zip_of(Item("a.txt", b"words")))))
    assert beside_a_form(made) == ([(DocumentState.OVER_LIMIT, "nested-too-deep")] if more else OPENED)


@pytest.mark.parametrize("more", [0, 1])
def test_a_small_entry_may_shrink_as_it_likes(more: int) -> None:
    """Blank pages shrink a thousandfold; beyond a small size that is a bomb."""
    made = zip_of(Item("a.txt", b" " * (SMALL_ZIP_ENTRY_BYTES - 5 + more) + b"words"))
    assert len(beside_a_form(made)) == 1
    assert beside_a_form(made) == ([(DocumentState.OVER_LIMIT, "over-limit")] if more else OPENED)


@pytest.mark.parametrize("shrinks", [MAX_ZIP_RATIO - 10, MAX_ZIP_RATIO + 10])
def test_a_large_entry_shrinks_to_a_hundredth(shrinks: int) -> None:
    """Further down nothing honest goes."""
    size = 4 * SMALL_ZIP_ENTRY_BYTES
    dense = bytes(random.Random(7).choices(range(32, 127), k=size // shrinks))  # noqa: S311 - the same letters each time
    item = Item("a.txt", dense + b" " * (size - len(dense)))
    entry = zip_of(item)
    packed = int.from_bytes(entry[18:22], "little")
    over = size > MAX_ZIP_RATIO * packed
    assert beside_a_form(entry) == ([(DocumentState.OVER_LIMIT, "over-limit")] if over else OPENED)


@pytest.mark.parametrize("more", [0, 1])
def test_a_zips_directory_is_read_to_its_limit(more: int) -> None:
    """Names of megabytes are not looked at."""
    entries, fixed = 32, 46
    length = MAX_ZIP_DIRECTORY_BYTES // entries - fixed
    items = [Item(f"{number:02}".ljust(length, "a"), b"x", STORED, local_name="a") for number in range(entries - 1)]
    last = Item("z" * (length + more), b"x", STORED, local_name="a")
    (state, why), *_ = beside_a_form(zip_of(*items, last))
    assert why == ("over-limit" if more else "broken-zip")  # each name is another than its bytes say
    assert (state is DocumentState.OVER_LIMIT) is bool(more)


def test_more_codes_than_may_cross_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer of any number of oddities is one that the other side takes."""
    monkeypatch.setattr(read, "defects", lambda _: tuple(f"defect-{number}" for number in range(2 * MAX_CODES)))
    found = survey(mails.mail())
    assert isinstance(found, Survey)
    assert len(found.codes) == MAX_CODES
    assert decode_answer(encode(found)) == found


def test_more_codes_of_a_part_than_may_cross_are_cut() -> None:
    """The same of one part, and of its reading."""
    leaf = single_file(b"words")
    odd = leaf.told.noting(*(f"odd-{number}" for number in range(2 * MAX_PART_CODES)), "macros")
    leaf = replace(leaf, told=odd)
    assert len(part_of(1, leaf).codes) == MAX_PART_CODES
    reading = Desk(forms.library(), 10.0).read(1, leaf)
    many = tuple(f"code-{number}" for number in range(MAX_PART_CODES))
    assert len(as_sent(msgspec.structs.replace(reading, codes=many), leaf).codes) == MAX_PART_CODES


@pytest.mark.parametrize(("slow", "share"), [(False, DOCUMENT_SHARE), (True, SLOW_DOCUMENT_SHARE)])
def test_one_document_has_its_share_of_the_time(monkeypatch: pytest.MonkeyPatch, *, slow: bool, share: float) -> None:
    """A reading that never ends takes that long; the next document is read after it."""
    monkeypatch.setattr(desk, "read_document", lambda *_: time.sleep(60))
    at, begun = Desk(forms.library(), 1.0, slow=slow), time.monotonic()
    reading = at.read(1, single_file(b"%PDF-1.7\n"))
    assert (reading.state, reading.why) == (DocumentState.OVER_LIMIT, "time")
    assert share <= time.monotonic() - begun < share + 0.2


def test_all_documents_together_have_their_share(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a bomb beside a bomb there is time left to say so."""
    monkeypatch.setattr(desk, "read_document", lambda *_: time.sleep(60))
    at, begun = Desk(forms.library(), 1.0), time.monotonic()
    found = [at.read(number, single_file(b"%PDF-1.7\n")) for number in range(5)]
    assert {(each.state, each.why) for each in found} == {(DocumentState.OVER_LIMIT, "time")}
    assert READING_SHARE - 0.05 <= time.monotonic() - begun < READING_SHARE + 0.2


def test_whether_pdfs_are_locked_is_asked_no_longer_than_their_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that stop whoever asks are taken for open ones; all of a mail together have that time, not each."""
    monkeypatch.setattr(kinds.pypdf, "PdfReader", lambda *_, **__: time.sleep(60))
    allowance, begun = Allowance(), time.monotonic()
    assert not any(kinds.pdf_is_locked(b"%PDF-1.7\n/Encrypt", allowance) for _ in range(5))
    assert PDF_LOCK_SECONDS <= time.monotonic() - begun < PDF_LOCK_SECONDS + 0.5


@pytest.mark.parametrize("less", [0, 1])
def test_a_picture_smaller_than_a_page_is_never_looked_at(less: int) -> None:
    """A logo costs nothing in the workshop; what may be a page is opened there, and this one is broken."""
    picture = b"\x89PNG\r\n\x1a\n".ljust(LEAST_PICTURE_BYTES - less, b"\0")
    reading = Desk(forms.library(), 60.0, slow=True).read(1, single_file(picture))
    assert reading.why == ("kind-image" if less else "broken-picture")
