"""What a content control tells of itself: its name, its title, whether it shows its prompt, a tick, an exact date."""

from lxml import etree

from parsers.formats.word_names import CHECKED, CONTROL_PR, SYMBOL, T
from parsers.formats.word_xml import WORD_2010, is_on, w

TAG, TITLE, PROMPT, DATE, FULL_DATE = map(w, ("tag", "alias", "showingPlcHdr", "date", "fullDate"))
_STATE = f"{{{WORD_2010}}}val"

Properties = dict[object, etree._Element]  # noqa: SLF001 - the type lxml gives its elements


def properties_of(control: etree._Element) -> Properties:
    """Return the properties of a ``w:sdt`` by their names."""
    for properties in control:
        if properties.tag == CONTROL_PR:
            return {each.tag: each for each in properties}
    return {}


def ticked(control: etree._Element, box: etree._Element) -> bool | None:
    """Tell whether a tick-box is ticked; None where its sign was struck out or deleted ([MS-DOCX] 2.6.1.14)."""
    if next(control.iter(T, SYMBOL), None) is None:
        return None
    return any(is_on(state, _STATE) for state in box if state.tag == CHECKED)
