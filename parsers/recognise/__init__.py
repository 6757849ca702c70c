"""From a document to readings: whose form it is, which label means which field, and what answers it.

Order of trust: a control or PDF field that bears a field's name, then a label within its section, then position.
"""

from parsers.recognise.known import known_of
from parsers.recognise.reading import read_body, read_document

__all__ = ["known_of", "read_body", "read_document"]
