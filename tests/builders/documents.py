"""What a document says, in a word: for tests that look at one thing alone."""

from parsers.document import Document, Paragraph, Table


def texts(document: Document) -> list[str]:
    """Return the paragraphs' words."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grid(document: Document) -> list[list[str]]:
    """Return the first table's words."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [[cell.text for cell in row] for row in tables[0].rows]


def named(document: Document) -> list[tuple[str, str]]:
    """Return the controls' names and words."""
    return [(control.tag, control.text) for control in document.controls]
