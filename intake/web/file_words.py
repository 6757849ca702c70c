"""What is said of an attachment: its kind, what came of it, why nobody read it, and whose form it is."""

from collections.abc import Iterable, Mapping
from typing import Any

from parsers.contract import Recognised
from parsers.template import Neighbour

KINDS: Mapping[str, str] = {
    "docx": "Word document",
    "docm": "Word document with macros",
    "dotx": "Word template",
    "doc": "Word document, old format",
    "odt": "OpenDocument text",
    "rtf": "Rich text",
    "pdf": "PDF",
    "spreadsheet": "Spreadsheet",
    "image": "Picture",
    "zip": "Zip folder",
    "mail": "Email",
    "outlook-msg": "Outlook email",
    "tnef": "Outlook attachments (winmail.dat)",
    "smime-signed": "Signed email",
    "smime-encrypted": "Encrypted email",
    "pgp-encrypted": "Encrypted email (PGP)",
    "protected-message": "Protected email",
    "locked-office": "Locked Office file",
    "html": "Web page",
    "text": "Plain text",
    "calendar": "Calendar entry",
    "delivery-status": "Delivery report",
    "executable": "Program",
    "empty": "Empty",
    "unknown": "Unknown",
    "keyed": "Keyed by a person",
}
DOCUMENTS: Mapping[str, str] = {
    "read": "Read",
    "locked": "Locked with a password",
    "unreadable": "Could not be read",
    "unsupported": "Of a kind that is not read",
    "over-limit": "Over a limit",
    "not-a-form": "No form",
    "blank-form": "A form with nothing in it",
    "ignored": "Of no account",
    "unopened": "Not opened",
}
BROKEN, TOO_LARGE, NESTED = "the file is broken", "there is too much in it", "too many files lie inside one another"
LOCKED_UP = "a password is needed"
WHYS: Mapping[str, str] = {
    "locked": LOCKED_UP,
    "office-password": LOCKED_UP,
    "pdf-password": LOCKED_UP,
    "zip-password": LOCKED_UP,
    "wrong-password": "the password given opens it not",
    "no-document": "it is no document",
    "no-text-layer": "it is a picture of a page, and nothing here reads pictures",
    "no-ocr": "it is a picture of a page, and nothing here reads pictures",
    "no-converter": "it is an old format, and nothing here converts it",
    "conversion-failed": "it could not be converted",
    "ocr-failed": "the picture could not be read",
    "pdf-xfa": "it is a kind of PDF that only Adobe's programs show",
    "pdf-feature": "it uses something of PDF that is not read",
    "no-pages": "it has no pages",
    "time": "reading it took too long",
    "memory": TOO_LARGE,
    "pdf-limit": TOO_LARGE,
    "picture-too-large": "the picture is too large",
    "too-much-text": TOO_LARGE,
    "too-many-marks": TOO_LARGE,
    "too-many-cells": TOO_LARGE,
    "too-many-paragraphs": TOO_LARGE,
    "too-many-controls": TOO_LARGE,
    "too-many-entries": TOO_LARGE,
    "part-too-large": TOO_LARGE,
    "unpacks-too-large": TOO_LARGE,
    "zip-ratio": TOO_LARGE,
    "zip-directory-too-large": TOO_LARGE,
    "over-limit": TOO_LARGE,
    "too-deep": NESTED,
    "nested-too-deep": NESTED,
    "nothing-inside": "there is nothing in it",
    "broken-zip": BROKEN,
    "broken-msg": BROKEN,
    "broken-tnef": BROKEN,
    "broken-pdf": BROKEN,
    "broken-xml": BROKEN,
    "broken-picture": BROKEN,
    "not-a-zip": BROKEN,
    "not-a-word-document": "it is no Word document, whatever it is called",
    "part-missing": BROKEN,
    "names-twice": BROKEN,
    "zip-overlap": BROKEN,
    "unknown-compression": "it is packed in a way that is not read",
    "has-doctype": "it holds what no Word document holds",
    "reader-fault": "a fault of the program: tell whoever looks after it",
}
OF_A_KIND = "kind-"
"""Before a kind that no reader is for."""


def kind_in_words(code: str) -> str:
    """Return what a kind of attachment is called."""
    return KINDS.get(code, code)


def file_why(code: str) -> str:
    """Return why an attachment was not read."""
    if code.startswith(OF_A_KIND):
        return f"{kind_in_words(code.removeprefix(OF_A_KIND)).lower()}: nothing here reads it"
    return WHYS.get(code, code)


def verdict(document: Mapping[str, Any], neighbours: Iterable[Neighbour]) -> str:
    """Return what came of an attachment; of another service's form, whose it is."""
    if document["recognised"] == Recognised.NEIGHBOUR:
        whose = next((one for one in neighbours if one.key == document["sheet"]), None)
        if whose is not None and whose.supporting:
            return f"Papers for a review: {whose.name}"
        return "A form of another service" + (f": {whose.name}" if whose is not None else "")
    state = DOCUMENTS.get(document["state"], document["state"])
    return f"{state}: {file_why(document['why'])}" if document["why"] else state
