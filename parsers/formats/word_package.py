"""The parts of a Word file beside its document: what it refers to, where, and what lies outside it.

Nothing outside is ever followed; that it was asked for is told as a code. Source: ECMA-376 part 2 (relationships).
"""

import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from lxml import etree

from parsers.contract import DocumentState
from parsers.document import NotRead
from parsers.formats.word_xml import parsed
from parsers.formats.zip_gate import Gate
from parsers.signs import is_afar

USUAL_PART = "word/document.xml"
MAX_RELATIONSHIPS_BYTES = 256 * 1024
MAX_SIDE_BYTES = 2 * 1024 * 1024
"""Of a header, footer, the notes or the styles."""
UNREADABLE = "part-unreadable"
_CARRIED = (
    ("has-macros", re.compile(r"vbaProject\.bin$", re.IGNORECASE)),
    ("has-ole-objects", re.compile(r"/embeddings/.+\.bin$", re.IGNORECASE)),
    ("has-active-x", re.compile(r"/activeX/", re.IGNORECASE)),
)
"""What a part's name tells of programs inside; what the objects hold, and what lies outside of other parts than the
document, is told of the whole file (containers/packages)."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """One thing a part refers to: what it is to it (the last word of its type), where it lies, whether outside."""

    kind: str
    target: str
    outside: bool
    folder: str

    @property
    def part(self) -> str:
        """The name of the part it is, where it is inside."""
        return posixpath.normpath(posixpath.join("/", self.folder, self.target)).lstrip("/")


class Package:
    """A Word file's parts; ``codes`` tell what was met, a side part that cannot be read among it."""

    def __init__(self, gate: Gate) -> None:
        """Look through ``gate``."""
        self._gate = gate
        self._names = gate.names()
        self.codes = {code for code, told in _CARRIED if any(told.search(name) for name in self._names)}
        self.main = self._main_part()
        self.relationships = self._of(self.main)
        self._look_outside()

    def document(self) -> etree._Element:
        """Return the document itself, parsed; raises NotRead."""
        return parsed(self._gate.part(self.main))

    def side(self, name: str) -> etree._Element | None:
        """Return another part, parsed; None where it is absent or cannot be read, which never costs the document."""
        if name in self._names:
            with self.beside():
                return parsed(self._gate.part(name, MAX_SIDE_BYTES))
        return None

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Read something beside the body: what is wrong with it is told and costs nothing else."""
        try:
            yield
        except NotRead:
            self.codes.add(UNREADABLE)

    def targets(self, kind: str) -> list[str]:
        """Return the parts inside that the document refers to as of this kind."""
        return [each.part for each in self.relationships.values() if each.kind == kind and not each.outside]

    def _main_part(self) -> str:
        """Return the name of the document's part: the usual one, else what the package's relationships say."""
        if USUAL_PART in self._names:
            return USUAL_PART
        for each in _relationships(parsed(self._gate.part("_rels/.rels", MAX_RELATIONSHIPS_BYTES)), ""):
            if each[1].kind == "officeDocument":
                return each[1].part
        raise NotRead(DocumentState.UNREADABLE, "not-a-word-document")

    def _of(self, part: str) -> dict[str, Relationship]:
        folder, name = posixpath.split(part)
        root = self.side(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {} if root is None else dict(_relationships(root, folder))

    def _look_outside(self) -> None:
        if any(each.outside and each.kind != "hyperlink" for each in self.relationships.values()):
            self.codes.add("has-external-links")
        for settings in self.targets("settings"):
            if any(each.outside and is_afar(each.target) for each in self._of(settings).values()):
                self.codes.add("has-remote-template")


def _relationships(root: etree._Element, folder: str) -> list[tuple[str, Relationship]]:
    found = []
    for each in root:
        kind = each.get("Type", "").rpartition("/")[2]
        outside = each.get("TargetMode", "") == "External"
        found.append((each.get("Id", ""), Relationship(kind, each.get("Target", ""), outside, folder)))
    return found
