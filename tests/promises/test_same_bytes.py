"""Threat 34: what is scanned is what is read and what is kept, byte for byte."""

from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from intake import journey
from intake.domain.verdict import ScanResult
from intake.ports import Reader
from parsers.contract import Front, Harvest, Refusal, Signature, SigningKey, Survey
from tests.builders.forms import to_docx
from tests.builders.house import house
from tests.builders.mails import docx_attachment
from tests.builders.posted import form, sent


@dataclass
class Watching:
    """A wall and a scanner that note the digest of what they are given."""

    honest: Reader
    seen: list[tuple[str, str]] = field(default_factory=list)

    def noted(self, what: str, raw: bytes) -> None:
        """Note it."""
        self.seen.append((what, sha256(raw).hexdigest()))

    def scan(self, raw: bytes) -> ScanResult:
        """Scan nothing."""
        self.noted("scan", raw)
        return ScanResult.CLEAN

    def survey(self, raw: bytes) -> Survey | Refusal:
        """Take it apart."""
        self.noted("survey", raw)
        return self.honest.survey(raw)

    def front(self, raw: bytes) -> Front | Refusal:
        """Read its headers."""
        self.noted("front", raw)
        return self.honest.front(raw)

    def read(self, raw: bytes, *, password: str = "") -> Harvest | Refusal:
        """Read its forms."""
        self.noted("read", raw)
        return self.honest.read(raw, password=password)

    def read_file(self, data: bytes, *, password: str = "") -> Harvest | Refusal:
        """Read a file."""
        return self.honest.read_file(data, password=password)

    def holding(self, raw: bytes, keys: list[SigningKey]) -> tuple[Signature, ...]:  # type: ignore[override]
        """Verify signatures."""
        return self.honest.holding(raw, keys)


def test_every_stage_has_the_bytes_that_were_received(tmp_path: Path) -> None:
    """The digests of what the scanner and both readings got are the row's own and that of the sealed original."""
    raw = sent(docx_attachment(to_docx(form())))
    with house(tmp_path) as home:
        message = home.arrive(raw)
        watching = Watching(home.world.reader)
        world = replace(home.world, reader=watching, scanner=watching)
        journey.travel(message, world, home.rules, lambda: home.now)
        row = home.row(message)
        assert row["stage"] == "registered"
        assert {what for what, _ in watching.seen} == {"survey", "scan", "read"}
        digests = {digest for _, digest in watching.seen}
        assert digests == {row["sha256"]} == {sha256(home.vault.open(message)).hexdigest()} == {sha256(raw).hexdigest()}
