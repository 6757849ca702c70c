"""The elements of WordprocessingML that mean something to reading, by what they mean (ECMA-376 part 1, 17)."""

from parsers.formats.word_xml import COMPATIBILITY, DRAWING, OFFICE, VML, WORD_2010, w

DOCUMENT, BODY, P, R, T, TAB, BREAK, SYMBOL = map(w, ("document", "body", "p", "r", "t", "tab", "br", "sym"))
TABLE, ROW, CELL, CONTROL, CONTENT = map(w, ("tbl", "tr", "tc", "sdt", "sdtContent"))
P_PR, R_PR, CELL_PR, ROW_PR, CONTROL_PR = map(w, ("pPr", "rPr", "tcPr", "trPr", "sdtPr"))
FIELD_MARK, FIELD_DATA = map(w, ("fldChar", "ffData"))
NOTES = (w("footnoteReference"), w("endnoteReference"))
DRAWINGS = tuple(map(w, ("drawing", "pict", "object")))
TEXT_BOX = w("txbxContent")

CHECKBOX, CHECKED = (f"{{{WORD_2010}}}{name}" for name in ("checkbox", "checked"))
ALTERNATIVES, CHOICE, FALLBACK = (f"{{{COMPATIBILITY}}}{name}" for name in ("AlternateContent", "Choice", "Fallback"))
PICTURES = (
    f"{{{DRAWING}}}blip",
    f"{{{VML}}}imagedata",
    f"{{{WORD_2010}}}contentPart",
    w("contentPart"),
    f"{{{OFFICE}}}ink",
    f"{{{OFFICE}}}OLEObject",
)
"""What shows a picture or ink inside a drawing."""
NO_PICTURES: dict[object, str] = {f"{{{OFFICE}}}signatureline": "has-signature-line", w("control"): "has-activex"}
"""What is drawn as a picture and is none: a line to sign on, a control of another make; with the code to tell."""

BEFORE, COLUMNS, CONTINUED, ACROSS, LEVEL = "before", "columns", "continued", "across", "level"
"""Attributes hung on rows, cells and paragraphs by settling: columns left out before the row, columns covered, goes on
the cell above, goes on the cell to the left, level as a heading."""
