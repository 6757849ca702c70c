"""``intake form blank SHEET -o FILE``: the blank form made from its sheet, as Word or PDF by the file's ending."""

import os
import sys
from argparse import Namespace
from pathlib import Path

from intake.errors import ConfigFault, Misconfigured
from intake.programs.form_files import forms_library, written
from parsers.template import Library, Sheet


def command(options: Namespace) -> int:
    """Write the blank form of one sheet; Misconfigured where there is no such sheet or the ending is neither."""
    library = forms_library(options.config, os.environ)
    content = _made(_sheet(options.sheet, library), library, options.output)
    written(options.output, content)
    sys.stdout.write(f"{options.output}: the blank form {options.sheet}, {len(content)} bytes\n")
    return 0


def _made(sheet: Sheet, library: Library, output: Path) -> bytes:
    match output.suffix.lower():
        case ".docx":
            from intake.blank_form.word import blank_docx

            return blank_docx(sheet, library)
        case ".pdf":
            from intake.blank_form.pdf import blank_pdf

            return blank_pdf(sheet, library)
    raise Misconfigured([ConfigFault(str(output), "", "must end in .docx or .pdf")])


def _sheet(key: str, library: Library) -> Sheet:
    for sheet in library.sheets:
        if sheet.key == key:
            return sheet
    there = ", ".join(sheet.key for sheet in library.sheets)
    raise Misconfigured([ConfigFault("config/forms", key, f"no such sheet; there are {there}")])
