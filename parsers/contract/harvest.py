"""What the forms of a mail, or one file, answer: each reading with its place and how sure it is."""

from typing import Annotated

from msgspec import Meta

from parsers.contract.bounds import Code, Count, FieldName, Label, Sha256, Struct, Value
from parsers.contract.kinds import Certainty, DocumentState, Kind, Recognised


class UntrustedReading(Struct, frozen=True):
    """One answer as it stands on the form. ``child`` counts from 1; ``where`` names its place for a person."""

    field: FieldName
    child: Annotated[int, Meta(ge=1, le=20)] | None
    untrusted_text: Value
    where: Label
    certainty: Certainty


class Unplaced(Struct, frozen=True):
    """An answer under a label no field knows: kept and shown under its own label."""

    untrusted_label: Label
    untrusted_text: Value
    where: Label


class DocumentReading(Struct, frozen=True):
    """What was read from one document of a mail (``index`` is the part's) or from a single file (index 0)."""

    index: Count
    kind: Kind
    bytes: Count
    sha256: Sha256
    state: DocumentState
    why: Code | None
    recognised: Recognised
    sheet: Code | None
    edition: Label | None
    """As the library has it for this sheet: the trusted side takes no other."""
    readings: Annotated[tuple[UntrustedReading, ...], Meta(max_length=2_000)]
    unplaced: Annotated[tuple[Unplaced, ...], Meta(max_length=500)]
    conflicts: Annotated[tuple[FieldName, ...], Meta(max_length=200)]
    codes: Annotated[tuple[Code, ...], Meta(max_length=30)] = ()


class Harvest(Struct, frozen=True, tag="harvest"):
    """All that was read from one mail: its documents, its body's own words, and whether they look like a form."""

    documents: Annotated[tuple[DocumentReading, ...], Meta(max_length=400)]
    untrusted_body: Value
    body_looks_like_form: bool
    codes: Annotated[tuple[Code, ...], Meta(max_length=60)]
