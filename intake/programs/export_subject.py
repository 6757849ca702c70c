"""``intake export-subject``: all that is on record about a child, for an access request; the giving is on record too.

The child is asked for on the terminal, never named on the command line, where every account of the machine can read.
"""

import os
import sys
from argparse import Namespace
from pathlib import Path

import msgspec

from intake.domain.case import Reference
from intake.domain.identity import child_key
from intake.domain.private import Private
from intake.errors import BrokenPromise, ConfigFault, Misconfigured, Unavailable
from intake.programs import tables
from intake.programs.opening import House, opened
from intake.records.keeping import Disclosed
from intake.settings import Settings

FOUND_NOTHING = 1
SAYS = {"no-such-case": "no such case", "erased": "is erased"}
README = """What the partnership holds about one child, written for an access request.

<reference>.json      every version of the case: each answer, where on the form it was read, how sure the reading is
<reference>-way.json  what was done about it and decided, with the rationale; notes; links that were judged
<reference>-log.json  what happened to it, line by line
m-....eml             the mails themselves, where they were asked for

There are other people in it. Somebody who knows the law looks through it before anything is given out.
"""


def command(options: Namespace, settings: Settings) -> int:
    """Write the folder; 1 where nothing is found, Misconfigured where it may not be asked so."""
    missing = [f"--{name}" for name in ("by", "reason") if not (getattr(options, name) or "").strip()]
    if missing:
        raise _misuse("export-subject", f"needs {' and '.join(missing)}")
    folder: Path = options.out
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise _misuse(folder.name, "is not an empty folder")
    with opened(settings) as house:
        wanted = [Reference(options.reference)] if options.reference else house.records.cases_of_child(_asked())
        for reference in wanted:
            _write_case(house, reference, options, folder)
    if not wanted:
        sys.stdout.write("No case is found by that name and date of birth.\n")
        return FOUND_NOTHING
    _write(folder / "README.txt", README.encode())
    sys.stdout.write(f"{folder}: {tables.joined(wanted)}. Look through it for other people's data first.\n")
    return 0


def _asked() -> str:
    """Ask for the child on the terminal and return its normal form."""
    if not sys.stdin.isatty():
        raise _misuse("export-subject", "asks for the child on a terminal; or name a case's reference")
    sys.stdout.write("Child's full name: ")
    sys.stdout.flush()
    name = sys.stdin.readline()
    sys.stdout.write("Date of birth: ")
    sys.stdout.flush()
    key = child_key(name.strip(), sys.stdin.readline().strip())
    if key is None:
        raise _misuse("export-subject", "needs a name and a whole date of birth")
    return key


def _write_case(house: House, reference: Reference, options: Namespace, folder: Path) -> None:
    try:
        found = house.records.disclose(reference, options.by.strip(), options.reason.strip(), house.clock())
    except BrokenPromise as refused:
        if refused.promise not in SAYS:
            raise
        raise _misuse(reference, SAYS[refused.promise]) from None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(folder / f"{reference}.json", _json(found.versions))
        _write(folder / f"{reference}-way.json", _json(_way(found)))
        _write(folder / f"{reference}-log.json", _json(house.records.story(reference)))
        for message in found.messages if options.originals else ():
            _write(folder / f"{message}.eml", house.vault().open(message))
    except OSError:
        raise Unavailable("export-subject", "cannot-be-written") from None


def _way(found: Disclosed) -> dict[str, list[dict[str, object]]]:
    """Return steps, notes and judged links with their words open, which is what was asked for."""
    steps: list[dict[str, object]] = [
        {
            "step": each.step, "day": each.day, "decision": each.decision, "words": _said(each.words), "by": each.by,
            "at": each.at,
        }
        for each in found.steps
    ]  # fmt: skip
    notes: list[dict[str, object]] = [{"note": _said(each.text), "by": each.by, "at": each.at} for each in found.notes]
    links: list[dict[str, object]] = [
        {
            "kind": link.kind, "case": link.reference, "other": link.other, "verdict": each.verdict,
            "reason": _said(each.reason), "by": each.by, "at": each.at,
        }
        for link in found.links
        for each in link.judgements
    ]  # fmt: skip
    return {"steps": steps, "notes": notes, "links": links}


def _said(words: Private | None) -> str | None:
    return words.reveal() if words is not None else None


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _write(path: Path, content: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # noqa: PTH123 - mode
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _misuse(what: str, says: str) -> Misconfigured:
    return Misconfigured([ConfigFault("export-subject", tables.visible(what), says)])
