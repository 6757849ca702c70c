"""One document made from a case: its bytes, what kind of file it is, what it asks, what stands in it."""

from dataclasses import dataclass

from benchmarks.reading.case import Case


@dataclass(frozen=True)
class Rendered:
    """``kind`` is how it arrives: docx, pdf, odt, doc, rtf, or text and html for the words of a mail."""

    data: bytes
    kind: str
    asked: frozenset[str]
    """Fields whose questions stand plainly on it: recall is counted over these."""
    name: str
    truth: Case
    """All answers that stand in the document: what is read and not among them is wrong."""
