"""Form sheets as data: which labels stand for which field on which form; trusted, it crosses inwards.

A sheet is a TOML file of ``config/forms/``; the common labels are ``config/labels.toml`` (``config/README.md``). The
trusted side reads the files and hands the walled process a :class:`Library` at its start. Source: form.md.

A blank form names its content controls and PDF fields ``FIELD[+][#N][=K]``: the field's name, the number of the child
or of the table's row from 1, the number of the option (in the field's choices) or of the table's column from 1, as in
``referrer.name``, ``child.name#2``, ``child.legal_status#2=3``, ``family.members#1=2``, ``safety.current_risk=1`` (1
yes, 2 no). A second question on the same field adds ``+`` (``safety.current_risk+``). A PDF field writes ``:`` for
the point, which would nest it.
"""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from parsers.contract import Struct

CONSTRUCTED = "Reconstructed from public information; not the partnership's own template."
FieldName = Annotated[str, Meta(pattern=r"\A[a-z_]+\.[a-z_]+\Z", max_length=60)]


class FieldKind(StrEnum):
    """What sort of answer a field takes (form.md, "Fields")."""

    TEXT = "text"
    LONG_TEXT = "long-text"
    PERSON = "person"
    AGENCY = "agency"
    PHONE = "phone"
    EMAIL = "email"
    DATE = "date"
    APPROXIMATE_DATE = "approximate-date"
    ADDRESS = "address"
    NHS_NUMBER = "nhs-number"
    CHOICES = "choices"
    YES_NO = "yes-no"
    TABLE = "table"


class Field(Struct, frozen=True):
    """One field of the closed list: its name, its kind, whether it is one per child, needed for completeness."""

    name: FieldName
    kind: FieldKind
    per_child: bool = False
    needed: bool = False
    labels: tuple[str, ...] = ()
    """The common labels, for forms no sheet knows and for wording that drifted."""
    columns: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    wordings: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Choice or column -> other words that forms and people have for it ("CIN", "Child protection plan")."""
    keeps: tuple[str, ...] = ()
    """Words that elsewhere mean an empty answer and are an answer here ("TBC" as the name of a sign-off)."""
    asks: tuple[str, ...] = ()
    """Phrases by which a question tells that it asks for this, whatever else it says, on a form nobody knows."""


class Question(Struct, frozen=True):
    """A field as one sheet asks it: its label there, its guidance, its choices, and its content control's tag."""

    field: FieldName
    label: str
    also: tuple[str, ...] = ()
    guidance: str = ""
    choices: tuple[str, ...] = ()
    """The options this sheet offers, of the field's own, where it does not offer all."""
    tag: str = ""
    """The name of its content control or PDF field on this form, where it is not our own (see the module's head)."""


class Section(Struct, frozen=True):
    """One section of a sheet in order. ``answers = false`` (office use, appendix) is never read."""

    key: Annotated[str, Meta(pattern=r"\A[a-z0-9-]{1,40}\Z")]
    title: str
    also: tuple[str, ...] = ()
    answers: bool = True
    children: int = 0
    """How many rows for children this section offers; 0 when it is not the children's table."""
    questions: tuple[Question, ...] = ()
    text: tuple[str, ...] = ()


class Sheet(Struct, frozen=True):
    """One form edition: its key, title, edition, header line and its sections in order."""

    key: Annotated[str, Meta(pattern=r"\A[a-z0-9-]{1,40}\Z")]
    title: str
    edition: str
    referral_type: str
    reconstruction: bool
    header: str
    marks: tuple[str, ...] = ()
    """Phrases that tell this form from others."""
    sections: tuple[Section, ...] = ()

    @property
    def edition_line(self) -> str:
        """What a blank says of itself below its title."""
        return f"Edition {self.edition}. {CONSTRUCTED}" if self.reconstruction else f"Edition {self.edition}"


class Neighbour(Struct, frozen=True):
    """Another process's form, recognised so that it is not taken for ours (domain.md, "What arrives")."""

    key: Annotated[str, Meta(pattern=r"\A[a-z0-9-]{1,40}\Z")]
    name: str
    marks: tuple[str, ...]
    current_risk: bool = False
    """Such a form itself suggests that a child may be at risk now (MARF, Bridge)."""
    supporting: bool = False
    """Not a referral to anybody but a paper of a review (agency summary, chronology): to a person, without alarm."""


class Hint(Struct, frozen=True):
    """Words by which the heading of a form nobody knows tells what its section is about."""

    section: Annotated[str, Meta(pattern=r"\A[a-z0-9-]{1,40}\Z")]
    words: tuple[str, ...]
    subjects: tuple[str, ...] = ()
    """Whom its questions ask about, as a label says it: "referrer" makes "Referrer's telephone" of "Telephone"."""


class Library(Struct, frozen=True):
    """All that reading needs to know of forms: fields, sheets, neighbours, prompts that mean an empty answer."""

    fields: tuple[Field, ...]
    sheets: tuple[Sheet, ...]
    neighbours: tuple[Neighbour, ...]
    empty_prompts: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()
    title_words: tuple[tuple[str, ...], ...] = ()
    """Groups of words; a title with one of each group is that of a referral for a practice review."""
    closings: tuple[str, ...] = ()
    """Lines that end a letter: no answer goes on after one."""
    child_words: tuple[str, ...] = ()
    """What others call a child: "pupil", "patient"."""
    strangers: tuple[str, ...] = ()
    """Words of questions that ask for what no field holds, whatever else they say: "line manager"."""

    def field(self, name: str) -> Field:
        """Return the field of that name, or raise KeyError: sheets are checked against the list when loaded."""
        return next(field for field in self.fields if field.name == name)


decode_library = msgspec.json.Decoder(Library).decode
encode_library = msgspec.json.Encoder().encode
