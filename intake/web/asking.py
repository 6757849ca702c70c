"""How an answer of the form is asked of a person, by its field's kind, and what they said as the values it has."""

from collections.abc import Sequence

from wtforms import Field as FormField
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from intake.domain.private import Private
from parsers.template import Field, FieldKind

MOST_CHARACTERS = {FieldKind.LONG_TEXT: 20_000, FieldKind.TABLE: 20_000}
"""Of kinds that are asked for in a box of several lines; others have one line."""
SHORT = 2_000
YES_NO = {"Yes": "Yes", "No": "No"}


def asked(field: Field, says: str) -> FormField:
    """Return the form's field for an answer: options to tick, yes or no, a line, or a box."""
    if field.kind is FieldKind.CHOICES:
        return SelectMultipleField(says, [Optional()], choices={one: one for one in field.choices})
    if field.kind is FieldKind.YES_NO:
        return RadioField(says, [Optional()], choices=YES_NO)
    most = MOST_CHARACTERS.get(field.kind, SHORT)
    length = Length(max=most, message=f"Use at most {most:,} characters")
    return (TextAreaField if field.kind in MOST_CHARACTERS else StringField)(says, [length])


def filled(field: Field, shown: Sequence[str]) -> str | list[str] | None:
    """Return what the form's field begins with where an answer is to be corrected: what is shown now, if it is one."""
    if field.kind is FieldKind.CHOICES:
        return [one for one in shown if one in field.choices]
    if field.kind is FieldKind.TABLE:
        return "\n".join(shown)
    only = shown[0] if len(shown) == 1 else None
    return only if field.kind is not FieldKind.YES_NO or only in YES_NO else None


def values(field: Field, said: str | list[str] | None) -> tuple[Private, ...]:
    """Return what was said: a choice's options, a table's rows line by line, one value; nothing of what is empty."""
    if isinstance(said, list):
        several = said
    else:
        several = (said or "").splitlines() if field.kind is FieldKind.TABLE else [said or ""]
    return tuple(Private(one.strip()) for one in several if one.strip())
