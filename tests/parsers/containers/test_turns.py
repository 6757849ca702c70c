"""Time and work are shared out among the parts of a mail: what takes too much stays closed, the form beside is told."""

import time

import pytest

from parsers import read
from parsers.containers import unpacking
from parsers.containers import zip as zips
from parsers.containers.leaf import Leaf
from parsers.containers.opening import Keys, open_instead, open_mail
from parsers.containers.packages import kind_of
from parsers.containers.smime import INTACT, UNVERIFIED, judged
from parsers.containers.tree import parse
from parsers.contract import DocumentState, Kind, Survey
from parsers.limits import (
    LEAST_TURN_SECONDS,
    MAX_BOUNDARIES_FOUND,
    MAX_SIGNATURE_BYTES,
    MAX_SIGNED,
    MAX_UNPACKED_BYTES,
    MAX_ZIP_ENTRIES,
    OPENING_END,
    OPENING_SHARE,
    Allowance,
)
from tests.builders import mails, smime
from tests.builders.mails import Attachment
from tests.hostile.zips import STORED, Item, zip_of

PDF = b"%PDF-1.4\nan invented form\n%%EOF\n"
SMALL = zip_of(Item("a.txt", b"words"))
PROGRAM = b"MZ\x90\0" + bytes(90)


def opened(raw: bytes, allowance: Allowance | None = None) -> list[Leaf]:
    """Open a mail; return what is no word of its own."""
    allowance = allowance or Allowance()
    return [leaf for leaf in open_mail(parse(raw, allowance), allowance, raw) if not leaf.body]


def soon(seconds: float) -> Allowance:
    """Return an allowance whose time ends then."""
    return Allowance(until=time.monotonic() + seconds)


def test_a_container_that_takes_too_long_stays_closed_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has the time that is left and no more; the zip and the form beside it are opened and told all the same."""
    real = zips.unpack

    def slow(data: bytes, *more: object) -> tuple[zips.Entry, ...]:
        if data != SMALL:
            time.sleep(60)
        return real(data, *more)

    monkeypatch.setattr(zips, "unpack", slow)
    bomb = Attachment("a.zip", zip_of(Item("b.txt", b"many words")))
    raw = mails.mail("x", bomb, bomb, Attachment("b.zip", SMALL), mails.pdf_attachment(PDF))
    begun = time.monotonic()
    *closed, inside, form = opened(raw, soon(0.4))
    assert time.monotonic() - begun < 1
    assert [(leaf.told.kind, leaf.told.codes) for leaf in closed] == [(Kind.ZIP, ("time",))] * 2
    assert (inside.data, form.told.kind) == (b"words", Kind.PDF)


def test_a_part_that_takes_too_long_to_tell_hides_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told last, or never and says so; a program is known by its first bytes even then."""
    real = unpacking.tell

    def slow(data: bytes, *more: object) -> unpacking.Told:
        if data[:2] in {b"MZ", b"??"}:
            time.sleep(60)
        return real(data, *more)

    monkeypatch.setattr(unpacking, "tell", slow)
    raw = mails.mail("x", Attachment("a", b"??"), Attachment("b.exe", PROGRAM), mails.pdf_attachment(PDF))
    told = [(leaf.told.kind, leaf.told.codes) for leaf in opened(raw, soon(0.3))]
    assert told == [(Kind.UNKNOWN, ("time",)), (Kind.EXECUTABLE, ("time",)), (Kind.PDF, ())]


def test_what_lies_openly_is_told_even_when_no_time_is_left() -> None:
    """Telling what a part is has its least turn; opening has none."""
    raw = mails.mail("x", Attachment("a.zip", SMALL), mails.pdf_attachment(PDF))
    closed, form = opened(raw, soon(-1))
    assert (closed.told.kind, closed.told.codes, form.told.kind) == (Kind.ZIP, ("time",), Kind.PDF)
    assert LEAST_TURN_SECONDS > 0


def test_a_task_opens_for_its_share_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not open by then is a part that a person must see, and there is time left to say so."""
    monkeypatch.setattr(zips, "unpack", lambda *_: time.sleep(60))
    raw = mails.mail("x", Attachment("a.zip", SMALL))
    begun = time.monotonic()
    survey = read.survey(raw, seconds=1.0)
    assert OPENING_SHARE <= time.monotonic() - begun < OPENING_END
    assert isinstance(survey, Survey)
    assert survey.parts[1].codes == ("time",)
    (document,) = read.read_mail(raw, read.Library(fields=(), sheets=(), neighbours=()), 1.0).documents
    assert (document.state, document.why) == (DocumentState.OVER_LIMIT, "time")


def test_what_was_spent_on_unpacking_stays_spent() -> None:
    """A zip that is over the limit at its last file cost as much as any; the next one is not unpacked for nothing."""
    inner = zip_of(*(Item(f"{n}.txt", b"x") for n in range(9)))
    late = zip_of(*(Item(f"{n}.txt", bytes(1_000)) for n in range(9)), Item("z.zip", inner))
    allowance = Allowance(leaves=12)
    raw = mails.mail("x", *(Attachment(f"{n}.zip", late) for n in range(2)), mails.pdf_attachment(PDF))
    first, second, form = opened(raw, allowance)
    assert [leaf.told.codes for leaf in (first, second)] == [("too-many-parts", "over-limit")] * 2
    assert (allowance.leaves, form.told.kind) == (8, Kind.PDF)
    assert MAX_UNPACKED_BYTES - allowance.unpacked >= 2 * (9 * 1_000)


def test_a_zip_that_says_too_much_spends_nothing() -> None:
    """It is not begun, so that the zip beside it has what there is."""
    liar = zip_of(Item("a", b"x", says_size=MAX_UNPACKED_BYTES + 1))
    closed, inside = opened(mails.mail("x", Attachment("a.zip", liar), Attachment("b.zip", SMALL)))
    assert (closed.told.codes, inside.data) == (("unpacks-too-large", "over-limit"), b"words")


def _entries(count: int) -> bytes:
    return zip_of(*(Item("a", b"", STORED, silent=number > 0, at=0) for number in range(count)))


@pytest.mark.parametrize("more", [0, 1])
@pytest.mark.parametrize("said", [None, 1], ids=["true", "a lie"])
def test_a_directory_of_all_entries_is_listed(said: int | None, more: int) -> None:
    """One more is over the limit before one is listed, whatever the directory's end says of their number."""
    data = _entries(MAX_ZIP_ENTRIES + more)
    at = data.rindex(b"PK\5\6")
    if said is not None:
        data = data[: at + 8] + said.to_bytes(2, "little") * 2 + data[at + 12 :]
    assert kind_of(data) == (Kind.ZIP, False, ("too-many-entries",) * more)


def test_a_longer_record_hides_no_directory() -> None:
    """Where a zip has the record of large ones, that is what a reader goes by, so it is what is weighed."""
    data = _entries(MAX_ZIP_ENTRIES + 1)
    at = data.rindex(b"PK\5\6")
    size = data[at + 12 : at + 16]
    record = (
        b"PK\6\6" + (44).to_bytes(8, "little") + bytes(20) + b"\1".ljust(8, b"\0") + size.ljust(8, b"\0") + bytes(8)
    )
    locator = b"PK\6\7" + bytes(12) + b"\1\0\0\0"
    end = b"PK\5\6" + bytes(4) + b"\1\0\1\0" + (46).to_bytes(4, "little") + bytes(6)
    assert kind_of(data[:at] + record + locator + end)[2] == ("too-many-entries",)


@pytest.mark.parametrize("more", [0, 1])
def test_so_many_signed_parts_are_verified(more: int) -> None:
    """The words of one more are read like any others, and said to be unverified."""
    signed = [smime.detached(smime.entity(mails.mail(f"words {n}"))) for n in range(MAX_SIGNED + more)]
    inner = [_bounded(each, number) for number, each in enumerate(signed)]
    head = b"From: a@agency.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    raw = head + b"".join(b"--b\r\n" + each + b"\r\n" for each in inner) + b"--b--\r\n"
    allowance = Allowance()
    codes = [leaf.told.codes for leaf in open_mail(parse(raw, allowance), allowance, raw) if leaf.body]
    assert codes == [("smime-intact",)] * MAX_SIGNED + [("smime-unverified",)] * more


def _bounded(raw: bytes, number: int) -> bytes:
    """Return a signed mail as a part of another, its boundary its own."""
    return raw[raw.index(b"Content-Type: multipart/signed") :].replace(b"=_signed", b"=_signed%d" % number)


@pytest.mark.parametrize("more", [0, 1])
def test_a_signature_is_taken_apart_to_its_length(more: int) -> None:
    """A longer one, whatever it holds, is no signature that anybody made."""
    content = smime.entity(mails.mail("words"))
    der = smime.signature(content, smime.identity(), smime.Options.DetachedSignature)
    padded = der + bytes(MAX_SIGNATURE_BYTES - len(der) + more)
    assert judged(content, padded) == (UNVERIFIED if more else INTACT)


@pytest.mark.parametrize("more", [0, 1])
def test_so_many_boundaries_are_found(more: int) -> None:
    """A form behind one more that nobody named is found in the middle of what stands before it, if at all."""
    depth = MAX_BOUNDARIES_FOUND + more
    nested = b"".join(b"Content-Type: multipart/mixed\r\n\r\n--n%d\r\n" % number for number in range(depth))
    raw = b"From: a@agency.example\r\n" + nested + b"Content-Type: application/pdf\r\n\r\n" + PDF
    assert [leaf.told.codes for leaf in opened(raw)] == [("late-pdf-header",) * more]


def test_only_an_encrypted_part_gives_way_to_what_our_key_opened() -> None:
    """Where opening ran out of time the numbers are others: no part is lost for an entity that is not its own."""
    (form,) = opened(mails.mail("x", mails.pdf_attachment(PDF)))
    assert open_instead(form, Allowance(), Keys(part=1, entity=mails.mail("words"))) == (form,)
