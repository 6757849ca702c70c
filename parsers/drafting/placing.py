"""Which field a question of a blank form asks for: only what leaves no doubt is placed, the rest waits for a person.

Certain is a control that bears a field's name, or a label by its very words in a section whose heading is plain.
"""

import re
from collections.abc import Sequence
from typing import Final

from parsers.contract import DraftQuestion
from parsers.drafting.kinds import is_yes_no, kind_of
from parsers.drafting.pieces import Asked, Band
from parsers.drafting.spoken import Spoken
from parsers.drafting.words import Words
from parsers.recognise.headers import column_index
from parsers.template import Field, FieldKind, Section
from parsers.values.choices import option
from parsers.values.text import clean, plain

UNKNOWN, LIKELY, TWICE = "unknown-label", "likely-label", "asked-twice"
OTHER_OPTIONS, OTHER_COLUMNS = "other-options", "other-columns"
CHILDS, NOT_CHILDS = "asked-of-a-child", "not-asked-of-a-child"
MAX_LABEL: Final = 300
MAX_GUIDANCE: Final = 1_000
MAX_OPTIONS: Final = 60
LEAST_COLUMNS: Final = 2
LONGEST_OPTION: Final = 120
_TYPED: Final = frozenset({FieldKind.CHOICES, FieldKind.YES_NO, FieldKind.TABLE})
_NUMBER: Final = re.compile(r"^(?:section|part)?\s*[0-9]{1,2}[.):]?\s+", re.IGNORECASE)
_MADE_UP: Final = re.compile(
    r"(?:text|check|drop|combo|field|fill|undefined|untitled|toggle|group|button).{0,8}", re.IGNORECASE
)
"""Names that programs give to controls by themselves."""


def place(asked: Asked, spoken: Spoken, words: Words) -> DraftQuestion:
    """Return a question with its field and, unless that is certain, why a person must look."""
    label = _label(asked.label)
    named = words.named(asked.spots, label)
    field, sure = (named, True) if named is not None else _by_label(label, spoken, words)
    options = _options(asked, label, field, words)
    if field is None and len(options) >= LEAST_COLUMNS:
        field = words.chosen_from(options)
        sure = spoken.sure and field is not None and field.name in _asked_in(spoken.section)
    choices, others, fits = _offered(options, field)
    why = None if field is not None and sure and fits else _why(field, fits=fits)
    beside = "" if options or words.blank(asked.beside) else asked.beside
    return DraftQuestion(
        untrusted_label=label[:MAX_LABEL],
        untrusted_guidance=clean(f"{asked.guidance}\n{beside}")[:MAX_GUIDANCE].strip(),
        where=asked.where[:MAX_LABEL],
        kind=field.kind if field is not None and fits else kind_of(label, options),
        field=field.name if field is not None else None,
        why=why,
        untrusted_options=others,
        choices=choices,
        untrusted_tag="" if named is not None else _tag(asked, label, field, words),
    )


def place_table(band: Band, spoken: Spoken, words: Words, title: str) -> DraftQuestion | None:
    """Return the table a header row begins, or None where its columns are questions of their own."""
    names = [_label(column.label) for column in band.columns]
    spots = tuple(spot for column in band.columns for spot in column.spots)
    named = words.named(spots, "")
    found = named if named is not None and named.kind is FieldKind.TABLE else _table(names, spoken, words)
    if found is None:
        return None
    known = {column_index(name, found) for name in names}
    sure = named is not None or (spoken.sure and found.name in _asked_in(spoken.section))
    fits = None not in known and len(known) == len(names)
    return DraftQuestion(
        untrusted_label=_unnumbered(title)[:MAX_LABEL],
        untrusted_guidance="",
        where=band.where[:MAX_LABEL],
        kind=FieldKind.TABLE,
        field=found.name,
        why=None if sure and fits else _why(found, fits=fits, misfit=OTHER_COLUMNS),
        untrusted_options=() if fits else _unknown(names, found),
    )


def _unknown(names: Sequence[str], table: Field) -> tuple[str, ...]:
    """Return the columns of a form's table that the field has not."""
    return tuple(name[:MAX_LABEL] for name in names if name and column_index(name, table) is None)[:MAX_OPTIONS]


def unknown_table(band: Band, title: str) -> DraftQuestion:
    """Return a table that no field is known for."""
    return DraftQuestion(
        untrusted_label=_unnumbered(title)[:MAX_LABEL],
        untrusted_guidance="",
        where=band.where[:MAX_LABEL],
        kind=FieldKind.TABLE,
        field=None,
        why=OTHER_COLUMNS,
        untrusted_options=tuple(_label(column.label)[:MAX_LABEL] for column in band.columns)[:MAX_OPTIONS],
    )


def _label(text: str) -> str:
    """Return a label as a sheet has it: on one line, without the colon and the star behind it."""
    return " ".join(clean(text).split()).rstrip(" :*")


def _unnumbered(title: str) -> str:
    """Return a section's title as the label of its table."""
    label = _label(title)
    return _NUMBER.sub("", label) or label


def _by_label(label: str, spoken: Spoken, words: Words) -> tuple[Field | None, bool]:
    match = words.labels.match(label, spoken.section)
    if match is None:
        return None, False
    if spoken.section is not None and spoken.sure:
        return match.field, match.exact
    return match.field, words.says_whose(label, match.field)


def _table(names: Sequence[str], spoken: Spoken, words: Words) -> Field | None:
    for table in words.labels.tables(spoken.section):
        known = {column_index(name, table) for name in names} - {None}
        if len(known) >= LEAST_COLUMNS and len(known) * 2 >= len(names):
            return table
    return None


def _asked_in(section: Section | None) -> frozenset[str]:
    return frozenset(question.field for question in section.questions) if section is not None else frozenset()


def _options(asked: Asked, label: str, field: Field | None, words: Words) -> tuple[str, ...]:
    """Return the options a question offers: beside boxes, or as lines where its answer goes."""
    lines = tuple(clean(line) for line in asked.beside.split("\n") if line.strip())
    listed = asked.options
    if not listed and len(lines) > 1 and (is_yes_no(lines) or words.options(asked.beside, label)):
        listed = lines
    if not listed and field is not None and field.kind is FieldKind.CHOICES and lines:
        listed = lines if all(option(line, field) for line in lines) else ()
    return tuple(dict.fromkeys(words_[:LONGEST_OPTION] for words_ in listed))[:MAX_OPTIONS]


def _offered(options: tuple[str, ...], field: Field | None) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Return which options of the field are offered (none: all), which others are, and whether the two agree."""
    if field is None or not options:
        return (), options, True
    if field.kind is FieldKind.YES_NO:
        return (), (), is_yes_no(options)
    if field.kind is not FieldKind.CHOICES:
        return (), options, False
    whole = tuple(part for each in options for part in _unjoined(each, field))
    known = {option(each, field) for each in whole} - {None}
    others = tuple(each for each in whole if option(each, field) is None)
    offered = tuple(choice for choice in field.choices if choice in known)
    return (() if len(offered) == len(field.choices) else offered), others, bool(known)


def _unjoined(line: str, field: Field) -> tuple[str, ...]:
    """Return the two options that a printed page's line may hold, or the line."""
    if option(line, field) is None:
        for space in (at for at, letter in enumerate(line) if letter == " "):
            if option(line[:space], field) is not None and option(line[space + 1 :], field) is not None:
                return line[:space], line[space + 1 :]
    return (line,)


def _why(field: Field | None, *, fits: bool, misfit: str = OTHER_OPTIONS) -> str:
    if field is None:
        return UNKNOWN
    return LIKELY if fits else misfit


def _tag(asked: Asked, label: str, field: Field | None, words: Words) -> str:
    """Return the name of the one control that takes this answer, where the form's makers gave it one."""
    if field is None or field.per_child or field.kind in _TYPED:
        return ""
    here = [control for control in words.document.controls if control.spot in asked.spots]
    titled = [control for control in words.document.controls if plain(control.title) == plain(label)]
    found = here or titled
    if len(found) != 1 or found[0].checked is not None or _MADE_UP.fullmatch(found[0].tag):
        return ""
    tag = found[0].tag
    once = sum(control.tag == tag for control in words.document.controls) == 1
    return tag if once and words.known.tag(tag) is None and len(tag) <= MAX_LABEL else ""
