"""A letter as parts, neither text nor HTML yet: one source for both, so that they cannot say different things."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.settings.neighbours import Safety
from intake.settings.words import Facts, LetterWords, Part, PartKind, Words, lay_out, say

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the second level."""

    text: str
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``strong`` where it must not be overlooked."""

    text: str
    strong: bool = False
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Items:
    """A list of short items."""

    items: tuple[str, ...]
    kind: str = "list"


@dataclass(frozen=True, slots=True)
class Rows:
    """Names and values."""

    rows: Pairs
    kind: str = "rows"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head and what it is about."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    loud: bool = False
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class SafetyBlock:
    """Whom to call when a child may be at risk now: (who and number, when)."""

    heading: str
    lead: str
    channels: Pairs
    kind: str = "safety"


Block = Heading | Paragraph | Items | Rows | Table | SafetyBlock


@dataclass(frozen=True, slots=True)
class Body:
    """The same letter twice."""

    text: str
    html: str


def body(words: Words, heading: str, blocks: Sequence[Block], closing: str) -> Body:
    """Lay out heading, blocks and last words as plain text and as HTML."""
    content = {
        "unit": words.common.unit,
        "heading": heading,
        "parts": tuple(blocks),
        "closing": closing,
    }
    return Body(
        text=lay_out(words.text_layout, html=False, **content).strip() + "\n",
        html=lay_out(words.html_layout, html=True, **content).strip() + "\n",
    )


def body_of(letter: LetterWords, facts: Facts, words: Words, safety: Safety, closing: str) -> Body:
    """Fill in a letter's words with its facts and lay it out."""
    return body(words, say(letter.heading, facts), blocks_of(letter, facts, words, safety), closing)


def blocks_of(letter: LetterWords, facts: Facts, words: Words, safety: Safety) -> tuple[Block, ...]:
    """Fill in the parts of a letter that these facts call for."""
    called_for = (part for part in letter.part if _called_for(part, facts))
    return tuple(block for part in called_for for block in _blocks(part, facts, words, safety))


def safety_block(words: Words, safety: Safety) -> SafetyBlock:
    """Return the safety block of ``safety.toml``."""
    return SafetyBlock(
        heading=words.common.safety_heading,
        lead=safety.lead,
        channels=tuple((f"{channel.name}: {channel.phone}", channel.hours) for channel in safety.channels),
    )


def _called_for(part: Part, facts: Facts) -> bool:
    return bool((not part.when or facts[part.when]) and not (part.unless and facts[part.unless]))


def _blocks(part: Part, facts: Facts, words: Words, safety: Safety) -> Iterator[Block]:
    match part.kind:
        case PartKind.HEADING:
            yield Heading(say(part.text, facts))
        case PartKind.PARAGRAPH:
            yield Paragraph(say(part.text, facts))
        case PartKind.LIST:
            yield Items(_items(part, facts))
        case PartKind.ROWS:
            filled = ((say(label, facts), say(value, facts)) for label, value in part.rows)
            yield Rows(tuple((label, value) for label, value in filled if value))
        case PartKind.SAFETY:
            yield safety_block(words, safety)


def _items(part: Part, facts: Facts) -> tuple[str, ...]:
    each = facts[part.each] if part.each else ()
    named = tuple(str(item) for item in each) if isinstance(each, tuple) else ()
    return named + tuple(say(item, facts) for item in part.items)
