"""How sure a reading may be at most, whatever its label says: by the way it was read and by the look of the answer."""

import re

from msgspec.structs import replace

from parsers.contract import Certainty
from parsers.document import Document
from parsers.recognise.answers import Found
from parsers.template import FieldKind
from parsers.values.shapes import looks_like

PICTURE = "[picture]"
SIGNED = frozenset({"qa.name", "qa.statement"})
"""Fields where a picture is an answer: ink."""
FROM_ELSEWHERE = frozenset({"in-body"})
"""Ways of reading that leave even an exact label no more than likely."""
SEEN = "by-ocr"
BORNE_OUT = frozenset({FieldKind.NHS_NUMBER, FieldKind.CHOICES, FieldKind.YES_NO})
"""Kinds whose answers no misread letter turns into another good one: a check digit, a box with its words."""
_WORD = re.compile(r"[^\W_]+(?:['\u2019./-][^\W_]+)*")


def as_sure_as_may_be(found: Found, document: Document) -> Found | None:
    """Return an answer with no more certainty than it deserves, or None where a picture stands for no answer."""
    text = found.text.strip()
    if PICTURE in text and found.field.name not in SIGNED:
        text = text.replace(PICTURE, "").strip()
        if not text:
            return None
        found = replace(found, text=text)
    if not looks_like(found.field.kind, text) or _is_shaky(text, document):
        return replace(found, certainty=Certainty.DOUBTFUL)
    if found.certainty is Certainty.CERTAIN and _is_unproven(found, document):
        return replace(found, certainty=Certainty.LIKELY)
    return found


def _is_unproven(found: Found, document: Document) -> bool:
    """Tell whether the way of reading leaves a doubt: of a picture only an answer that its form bears out is sure."""
    if SEEN in document.codes:
        return found.field.kind not in BORNE_OUT
    return bool(FROM_ELSEWHERE & set(document.codes))


def _is_shaky(text: str, document: Document) -> bool:
    """Tell whether an answer holds a word that may be misread."""
    if not document.shaky:
        return False
    said = text.casefold()
    return bool(document.shaky & ({*said.split(), *_WORD.findall(said)}))
