"""What a blank form asks: the draft of its sheet, for a person to finish."""

from typing import Annotated

from msgspec import Meta

from parsers.contract.bounds import Code, FieldName, Label, Struct
from parsers.contract.kinds import Kind


class DraftQuestion(Struct, frozen=True):
    """One question of a blank form: its words, its place, the kind of answer, and the field it asks for if known."""

    untrusted_label: Label
    untrusted_guidance: Annotated[str, Meta(max_length=1_000)]
    where: Label
    kind: Code
    field: FieldName | None
    why: Code | None
    """Why a person must place it; None where its field is certain."""
    untrusted_options: Annotated[tuple[Label, ...], Meta(max_length=60)] = ()
    """The options or columns that no field knows."""
    choices: Annotated[tuple[Label, ...], Meta(max_length=60)] = ()
    """The options of the field that it offers, where it does not offer all."""
    untrusted_tag: Label = ""
    """The form's own name for its control."""


class DraftSection(Struct, frozen=True):
    """One section of a blank form; ``key`` is that of the section of other sheets that it is, or empty."""

    key: Annotated[str, Meta(pattern=r"\A[a-z0-9-]{0,40}\Z")]
    untrusted_title: Label
    answers: bool
    children: Annotated[int, Meta(ge=0, le=20)]
    questions: Annotated[tuple[DraftQuestion, ...], Meta(max_length=200)]
    untrusted_text: Annotated[tuple[Label, ...], Meta(max_length=100)]


class Draft(Struct, frozen=True, tag="draft"):
    """What a blank form asks, section by section; ``neighbour`` is the other process whose form it looks like."""

    kind: Kind
    unreadable: Code | None
    """Why it could not be read; then all else is empty."""
    untrusted_title: Label = ""
    untrusted_edition: Label = ""
    untrusted_header: Label = ""
    neighbour: Code | None = None
    sections: Annotated[tuple[DraftSection, ...], Meta(max_length=60)] = ()
