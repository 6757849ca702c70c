"""What is fuzzed: each target takes bytes and gives a verdict; an exception, or a fault of the reader, is a finding."""

from collections.abc import Callable, Mapping
from email.utils import parseaddr
from pathlib import Path
from tempfile import TemporaryDirectory

from intake.domain.dates import read_date
from intake.edges.reader import WalledReader
from intake.errors import Misconfigured
from intake.screening.from_header import strict_sender
from intake.screening.results_grammar import read_instance
from intake.settings.loading import load
from parsers.contract import Harvest, Refusal, Survey
from tests.builders import forms, mails
from tests.builders.mails import docx_attachment, mail
from tests.builders.settings import write_config

Target = Callable[[bytes], str]
KEPT = Path(__file__).parent / "seeds"
GOLDEN = Path(__file__).parents[1] / "golden" / "forms"
OUR_FAULT = "reader-fault"
"""The state's code of a document that met an exception of ours: the wall held, and it is to be mended."""

HELD_BY_THE_WALL = frozenset({"killed", "time", "memory", "bad-answer"})
"""What a child says no more, because it was ended, or says wrongly: the wall held, and the reader is to be mended."""


class FindingError(Exception):
    """Something that must not happen; its text is a code."""


def words_of(data: bytes) -> str:
    """Return bytes as a header or an answer may hold them."""
    return data.decode("utf-8", "surrogateescape")


def dates(data: bytes) -> str:
    """Read an answer as a day: some days in order, or unknown."""
    found = read_date(words_of(data))
    if found.earliest is not None and found.latest is not None and found.earliest > found.latest:
        raise FindingError("days-out-of-order")
    return found.precision.value


def results(data: bytes) -> str:
    """Read an Authentication-Results field."""
    return "plain" if read_instance(words_of(data)).statements is not None else "odd"


def senders(data: bytes) -> str:
    """Read a From field: whoever the strict grammar names, the standard library reads the same."""
    text = words_of(data)
    sender = strict_sender(text)
    if sender is not None and parseaddr(text)[1].lower() != sender.address:
        raise FindingError("readers-disagree")
    return "named" if sender is not None else "nobody"


def configuration(data: bytes) -> str:
    """Load a configuration: settings, or faults that each name a place."""
    with TemporaryDirectory() as folder:
        file = write_config(Path(folder))
        file.write_bytes(data)
        try:
            load(file, {})
        except Misconfigured as wrong:
            if not wrong.faults:
                raise FindingError("no-fault-told") from None
            return "misconfigured"
    return "settings"


def behind_the_wall(reader: WalledReader) -> Mapping[str, Target]:
    """Return the targets that only a child may open."""

    def files(data: bytes) -> str:
        return verdict(reader.read_file(data))

    def whole_mails(data: bytes) -> str:
        surveyed = reader.survey(data)
        return verdict(surveyed if isinstance(surveyed, Refusal) else reader.read(data))

    return {"mail": whole_mails, "docx": files, "pdf": files}


def verdict(answer: Harvest | Survey | Refusal) -> str:
    """Return an answer in a word; raises FindingError for a reader's fault, and where the wall had to hold."""
    if isinstance(answer, Refusal):
        refused = f"refused-{answer.code}"
        if answer.code in HELD_BY_THE_WALL:
            raise FindingError(refused)
        return refused
    if not isinstance(answer, Harvest):
        return "surveyed"
    if any(document.why == OUR_FAULT for document in answer.documents):
        raise FindingError(OUR_FAULT)
    return "-".join(sorted({document.state.value for document in answer.documents})) or "no-document"


HERE: Mapping[str, Target] = {"date": dates, "results": results, "from": senders, "config": configuration}


def seeds() -> dict[str, list[bytes]]:
    """Return what is harmed, by target; what is kept is harmed further."""
    sound = _sound()
    for path in sorted(path for path in KEPT.iterdir() if path.name != "README.md"):
        sound[path.name.partition("-")[0]].append(path.read_bytes())
    return sound


def _sound() -> dict[str, list[bytes]]:
    with TemporaryDirectory() as folder:
        config = write_config(Path(folder)).read_bytes()
    files = sorted(GOLDEN.iterdir())
    return {
        "mail": [mail("words"), mail("words", docx_attachment(forms.to_docx())), mails.mail("=?utf-8?q?a?= <b>")],
        "docx": [path.read_bytes() for path in files if path.suffix == ".docx"],
        "pdf": [path.read_bytes() for path in files if path.suffix == ".pdf"],
        "date": [
            b"16/11/2026",
            b"between 1 and 3 November 2026",
            b"w/c 2nd Nov 26",
            b"Thu 12 Nov 2026 at 14:30",
            b"2026-11-16",
        ],
        "results": [
            b"mx.salford.gov.uk; spf=pass smtp.mailfrom=gmp.example; dkim=pass (ok) header.d=gmp.example; dmarc=pass"
        ],
        "from": [b"Orla Example <orla@gmp.example>", b'"Example, O. (x)" <o.e@nca.example>', b"o@gmp.example"],
        "config": [config],
    }
