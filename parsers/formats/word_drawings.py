"""What a drawing in a Word file holds for reading: its text boxes, and whether it shows a picture or ink."""

from lxml import etree

from parsers.formats.word_names import NO_PICTURES, PICTURES, TEXT_BOX

PICTURE = "[picture]"
"""What a picture says where it stands: a signature may be one."""


def text_boxes(drawing: etree._Element) -> list[etree._Element]:
    """Return the text boxes of a drawing; one inside another is met when the other is read."""
    return [box for box in drawing.iter(TEXT_BOX) if not _boxed(box, drawing)]


def picture(drawing: etree._Element) -> tuple[str, str]:
    """Return what a drawing says as a picture, if it is one, and the code of what only looks like one."""
    looks = next(drawing.iter(*map(str, NO_PICTURES)), None)
    if looks is not None:
        return "", NO_PICTURES[looks.tag]
    shown = any(not _boxed(each, drawing) for each in drawing.iter(*PICTURES))
    return (PICTURE if shown else ""), ""


def _boxed(element: etree._Element, drawing: etree._Element) -> bool:
    """Tell whether an element stands in a text box of this drawing, which is read by itself."""
    return any(above.tag == TEXT_BOX for above in _up_to(element, drawing))


def _up_to(element: etree._Element, drawing: etree._Element) -> list[etree._Element]:
    found = []
    for above in element.iterancestors():
        if above is drawing:
            break
        found.append(above)
    return found
