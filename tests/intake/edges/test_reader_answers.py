"""Whatever the walled program does or says, the trusted side gets a value of the closed list."""

import pytest

from parsers.contract import Harvest, Refusal
from tests.builders import mails
from tests.builders.walled import HARVEST, answering, by_child, server_of


@pytest.mark.parametrize("loop", ["time.sleep(60)", "[None for _ in iter(int, 1)]"], ids=["asleep", "busy"])
def test_a_child_that_never_ends_is_ended(loop: str) -> None:
    """The clock runs out with a value, and the next task finds the same server well."""
    patch = answering(f"({loop}) if data == b'loop' else {HARVEST.format(body='data.decode()')}")
    with by_child(patch, seconds=0.5) as walled:
        assert walled.read(b"loop") == Refusal(code="time")
        server = server_of(walled)
        answer = walled.read(b"next")
        assert isinstance(answer, Harvest)
        assert answer.untrusted_body == "next"
        assert server_of(walled) is server


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("bytearray(3 << 30)", "memory"),
        ("__import__('ctypes').string_at(0)", "killed"),
        ("os.chroot('/')", "killed"),
        ("os.abort()", "killed"),
        ("os._exit(7)", "bad-answer"),
        ("sys.exit(0)", "bad-answer"),
        ("1 / 0", "bad-answer"),
        ("Refusal(code='any-other')", "bad-answer"),
        ("Survey(headers=None, content_sha256='', parts=(), wrapper=None, link_hosts=(), codes=())", "bad-answer"),
        ("{'type': 'harvest', 'secret': 1}", "bad-answer"),
        (HARVEST.format(body="'x' * 70_000"), "bad-answer"),
        (HARVEST.format(body="None"), "bad-answer"),
        ("Refusal(code='over-limit')", "over-limit"),
        ("['x' * 5_000_000]", "over-limit"),
    ],
)
def test_whatever_becomes_of_a_child_is_a_code(expression: str, code: str) -> None:
    """Death, memory, a wrong shape, a field too long: each is a Refusal from the closed list, never an exception."""
    with by_child(answering(expression)) as walled:
        assert walled.read(b"data") == Refusal(code=code)


@pytest.mark.parametrize(
    "framing",
    [
        "b''",
        "b'\\xff\\xff\\xff\\xff' + m",
        "b'\\x00\\x00\\x00\\xff' + m",
        "b'\\x00\\x00\\x00\\x05' + b'\\x80\\xff\\x00{['",
        "b'\\x00\\x00\\x00\\x08' + b'\"\\\\ud800\"'",
        "(4_000_000).to_bytes(4, 'big') + b'[' * 4_000_000",
    ],
)
def test_garbage_from_a_child_is_a_bad_answer(framing: str) -> None:
    """No answer, a lying length, no JSON, JSON without end: refused."""
    with by_child(f"session.framed = lambda m: {framing}") as walled:
        assert walled.survey(mails.mail()) == Refusal(code="bad-answer")


def test_an_answer_to_another_question_is_refused() -> None:
    """A survey does not pass for a harvest."""
    with by_child(answering(HARVEST.format(body="''"))) as walled:
        assert walled.survey(b"data") == Refusal(code="bad-answer")


@pytest.mark.parametrize(("sheet", "edition"), [("'tam'", "None"), ("None", "'Tam Madeup'"), ("None", "None")])
def test_a_sheet_is_one_of_the_librarys(sheet: str, edition: str) -> None:
    """What would stand on record as its key and edition is compared with our own: a stranger's word is no answer."""
    document = (
        "DocumentReading(index=0, kind=Kind.DOCX, bytes=1, sha256='a' * 64, state=DocumentState.READ, why=None,"
        f" recognised=Recognised.OURS, sheet={sheet}, edition={edition}, readings=(), unplaced=(), conflicts=())"
    )
    with by_child(answering(HARVEST.replace("documents=()", f"documents=({document},)").format(body="''"))) as walled:
        answer = walled.read(b"data")
    assert (answer == Refusal(code="bad-answer")) is (sheet != edition)


def test_a_child_that_does_not_listen_leaves_a_value() -> None:
    """A child that dies before it has taken a mail larger than any buffer is no broken pipe of ours."""
    with by_child("session.confine = lambda *_: os._exit(0)") as walled:
        assert walled.survey(bytes(5_000_000)) == Refusal(code="bad-answer")


def test_a_task_that_ends_every_server_is_refused() -> None:
    """It is tried once more, then it is this mail's fault."""
    patch = "session._outlived = lambda *_: os.kill(os.getpid(), signal.SIGKILL)"
    with by_child(patch) as walled:
        assert walled.read(b"data") == Refusal(code="killed")
