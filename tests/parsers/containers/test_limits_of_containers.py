"""What all containers of one mail may hold together; what is too much stays closed, what stands beside it is found."""

import zipfile
from io import BytesIO

import pytest

from parsers.containers import outlook
from parsers.containers.leaf import Leaf
from parsers.containers.opening import open_mail
from parsers.containers.tree import parse
from parsers.contract import Kind
from parsers.limits import MAX_LEAVES, MAX_PARTS, MAX_UNPACKED_BYTES, Allowance, OverLimit
from tests.builders import mails
from tests.builders.mails import Attachment
from tests.builders.ole import ole
from tests.builders.outlook import Mail, msg, winmail

PDF = b"%PDF-1.4\nan invented form\n%%EOF\n"


def opened(raw: bytes, allowance: Allowance | None = None) -> tuple[Leaf, ...]:
    """Open a mail; return what is no word of its own."""
    allowance = allowance or Allowance()
    return tuple(leaf for leaf in open_mail(parse(raw, allowance), allowance, raw) if not leaf.body)


def zipped(count: int, data: bytes = b"x", name: str = "a.bin") -> bytes:
    """Return a zip of so many files, stored as they are."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}{name}", data)
    return file.getvalue()


def test_containers_share_one_count_of_parts() -> None:
    """Two zips of two hundred files each: the second stays closed, and the form behind it is found."""
    full = zipped(MAX_PARTS)
    leaves = opened(mails.mail("x", Attachment("a.zip", full), Attachment("b.zip", full), mails.pdf_attachment(PDF)))
    assert len(leaves) <= MAX_LEAVES
    closed, form = leaves[-2:]
    assert (closed.told.kind, closed.told.codes) == (Kind.ZIP, ("too-many-parts", "over-limit"))
    assert form.data == PDF


@pytest.mark.parametrize(
    "write", [msg, winmail, lambda mail: zipped(2, mail.enclosed[0][1])], ids=["msg", "tnef", "zip"]
)
def test_containers_share_one_measure_of_bytes(write) -> None:
    """What the first took is not there for the second; the form beside them costs nothing of it."""
    full = write(Mail(enclosed=[("a.bin", bytes(40_000)), ("b.bin", bytes(40_000))]))
    allowance = Allowance(unpacked=100_000)
    raw = mails.mail("x", *(Attachment("a", full) for _ in range(3)), mails.pdf_attachment(PDF))
    leaves = opened(raw, allowance)
    assert [leaf.data for leaf in leaves if len(leaf.data) == 40_000] == [bytes(40_000)] * 2
    closed = leaves[2:4]
    assert [(leaf.data, leaf.told.codes) for leaf in closed] == [(full, ("unpacks-too-large", "over-limit"))] * 2
    assert leaves[-1].data == PDF


def test_a_zip_weighs_what_its_directory_says_before_it_is_unpacked() -> None:
    """A small file that says it holds more than a mail may is not begun."""
    small = bytearray(zipped(1, bytes(300)))
    at = small.index(b"PK\x01\x02")
    small[at + 20 : at + 28] = (MAX_UNPACKED_BYTES + 1).to_bytes(4, "little") * 2
    (leaf,) = opened(mails.mail("x", Attachment("a.zip", bytes(small))))
    assert leaf.told.codes == ("unpacks-too-large", "over-limit")


def test_streams_that_share_their_sectors_are_counted_each() -> None:
    """A .msg may name one stretch of its file a thousand times: what comes out is weighed, not what is there."""
    large = bytes(70_000)
    tree = {f"__substg1.0_{0x6000 + number:04X}0102": large for number in range(30)}
    data = ole({"__properties_version1.0": bytes(32), **tree})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outlook, "MAX_MAIL_BYTES", 1_000_000)
        patch.setattr(outlook._File.__init__, "__defaults__", (1_000_000,))
        with pytest.raises(OverLimit, match="unpacks-too-large"):
            outlook.letter_of(data)


def test_a_directory_of_endless_names_is_over_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are counted before one is looked up."""
    monkeypatch.setattr(outlook, "_MAX_NAMES", 50)
    data = ole({"__properties_version1.0": bytes(32), **{f"x{number}": b"" for number in range(60)}})
    with pytest.raises(OverLimit, match="too-many-parts"):
        outlook.letter_of(data)
