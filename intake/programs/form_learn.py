"""``intake form learn BLANK``: a draft sheet for a blank form nobody described, with what a person must place."""

import os
import sys
from argparse import Namespace
from pathlib import Path

from intake.blank_form.drafted_sheet import DraftedSheet, drafted_sheet
from intake.edges.reader import WalledReader
from intake.errors import ConfigFault, Misconfigured
from intake.programs.form_files import forms_library, given, written
from parsers.contract import Draft, Refusal
from parsers.template import Library

NOT_READ = 1


def command(options: Namespace) -> int:
    """Take one blank apart behind the wall; 0 with the draft on standard output or in --out, 1 if it cannot be read."""
    if options.out is not None and options.out.exists():
        raise Misconfigured([ConfigFault(str(options.out), "", "is there already: a draft takes nobody's work away")])
    data, library = given(options.file), forms_library(options.config, os.environ)
    with WalledReader(library) as reader:
        answer = reader.draft(data)
    return told(answer, library, out=options.out)


def told(answer: Draft | Refusal, library: Library, *, out: Path | None) -> int:
    """Show the draft and, on standard error, what is left to a person; return the exit code."""
    unreadable = answer.code if isinstance(answer, Refusal) else answer.unreadable
    if isinstance(answer, Refusal) or unreadable is not None:
        sys.stderr.write(f"Could not be read: {unreadable}\n")
        return NOT_READ
    drafted = drafted_sheet(answer, library, name=out.stem if out is not None else "")
    if out is None:
        sys.stdout.write(drafted.toml)
    else:
        written(out, drafted.toml.encode())
    sys.stderr.write(_left(answer, drafted))
    return 0


def _left(draft: Draft, drafted: DraftedSheet) -> str:
    questions = [question for section in draft.sections for question in section.questions]
    placed = sum(question.why is None for question in questions)
    unread = sum(not section.answers for section in draft.sections)
    head = f"{placed} of {len(questions)} questions placed; {unread} sections not read. For you to place:\n"
    return head + "".join(f"  - {what}\n" for what in drafted.to_place)
