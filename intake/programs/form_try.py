"""``intake form try FILE``: what would be read from this form; keeps nothing, needs no configuration and no records."""

import os
import sys
from argparse import Namespace
from collections.abc import Mapping

from intake.edges.reader import WalledReader
from intake.programs import tables
from intake.programs.form_files import forms_library, given
from parsers.contract import DocumentReading, DocumentState, Harvest, Recognised, Refusal, UntrustedReading

FOUND = 1


def command(options: Namespace) -> int:
    """Read one file behind the wall and show what was read; 1 when it is no form of ours or cannot be read."""
    data = given(options.file)
    with WalledReader(forms_library(options.config, os.environ)) as reader:
        answer = reader.read_file(data)
    return told(answer, json=options.json)


def told(answer: Harvest | Refusal, *, json: bool) -> int:
    """Show the wall's answer to one file and return the exit code."""
    document, unreadable = None, None
    if isinstance(answer, Refusal):
        unreadable = answer.code
    else:
        document = answer.documents[0] if answer.documents else None
        unreadable = _unreadable(document)
    if json:
        tables.show_json(as_json(document, unreadable))
    else:
        _show(document, unreadable)
    ours = document is not None and document.recognised is Recognised.OURS
    return 0 if ours and unreadable is None else FOUND


def as_json(document: DocumentReading | None, unreadable: str | None) -> Mapping[str, object]:
    """Return the shape of interface.md, "JSON": ``form try --json``."""
    return {
        "recognised": document.recognised if document else Recognised.NONE,
        "sheet": document.sheet if document else None,
        "edition": document.edition if document else None,
        "readings": [_reading(reading) for reading in document.readings] if document else [],
        "unplaced": [
            {"label": one.untrusted_label, "value": one.untrusted_text, "where": one.where}
            for one in (document.unplaced if document else ())
        ],
        "conflicts": list(document.conflicts) if document else [],
        "unreadable": unreadable,
    }


def _reading(reading: UntrustedReading) -> Mapping[str, object]:
    return {
        "field": reading.field,
        "child": reading.child,
        "value": reading.untrusted_text,
        "where": reading.where,
        "certainty": reading.certainty,
        "by": None,
    }


def _unreadable(document: DocumentReading | None) -> str | None:
    """Return why a document could not be read, as a code; a blank form or a foreign one was read."""
    if document is None:
        return "no-document"
    read = {DocumentState.READ, DocumentState.BLANK_FORM, DocumentState.NOT_A_FORM}
    return None if document.state in read else document.why or document.state.value


def _show(document: DocumentReading | None, unreadable: str | None) -> None:
    if document is None or unreadable is not None:
        sys.stdout.write(f"Could not be read: {unreadable}\n")
        return
    form = ", ".join(tables.visible(part) for part in (document.recognised, document.sheet, document.edition) if part)
    sys.stdout.write(f"Recognised: {form}\n\n")
    rows = [(_name(r), r.untrusted_text, r.where, r.certainty.value) for r in document.readings]
    tables.show(("FIELD", "VALUE", "WHERE", "CERTAINTY"), rows, empty="Nothing was filled in.")
    if document.unplaced:
        sys.stdout.write("\nUnder labels no field knows:\n")
        others = [(one.untrusted_label, one.untrusted_text, one.where) for one in document.unplaced]
        tables.show(("LABEL", "VALUE", "WHERE"), others, empty="")
    if document.conflicts:
        sys.stdout.write(f"\nAnswered differently in two places: {tables.joined(document.conflicts)}\n")


def _name(reading: UntrustedReading) -> str:
    return reading.field if reading.child is None else f"{reading.field} [{reading.child}]"
