"""``intake export-subject``: all that is on record about a child, for an access request; the giving is on record too.

The child is asked for on the terminal, never named on the command line, where every account of the machine can read.
"""

import os
import sys
from argparse import Namespace
from pathlib import Path

import msgspec

from intake.domain.case import Reference
from intake.domain.message import MessageId
from intake.domain.private import Private
from intake.domain.subject import Found, Subject, subject
from intake.errors import BrokenPromise, ConfigFault, Misconfigured, Unavailable
from intake.programs import tables
from intake.programs.opening import House, opened
from intake.records.disclosing import Disclosed
from intake.settings import Settings

FOUND_NOTHING = 1
MESSAGE = "m-"
SAYS = {"no-such-case": "no such case", "no-such-message": "no such message", "erased": "is erased"}
BY_NAME = "Found by name alone: make sure that it is the child who was asked about.\n"
README = """What the partnership holds about one child, written for an access request.

<reference>.json          every version of the case: each answer, where on the form it was read, how sure the reading is
<reference>-way.json      what was done about it and decided, with the rationale; notes; links that were judged
<reference>-letters.json  the letters that went out: of which kind, when, to which organisation
<reference>-acts.json     exceptions with who closed them; what people did and why; who looked at it or at everything
<reference>-log.json      what happened to it, line by line
m-....json and so on      the same of an email that became no case: the forms it brought, as they were read
m-....eml                 the mails themselves, where they were asked for

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
        wanted = [options.reference] if options.reference else _searched(house, options.by.strip())
        for each in wanted:
            _write_one(house, each, options, folder)
    if not wanted:
        return FOUND_NOTHING
    _write(folder / "README.txt", README.encode())
    sys.stdout.write(f"{folder}: {tables.joined(wanted)}. Look through it for other people's data first.\n")
    return 0


def _searched(house: House, by: str) -> list[str]:
    """Return the cases and emails that speak of a child; that somebody searched is written down, not for whom."""
    wanted = _asked()
    found = house.records.found_of(wanted)
    how, count = "by-name-and-birth" if wanted.child else "by-name-alone", len(found.cases) + len(found.messages)
    house.records.note_act("subject-searched", how, by, house.clock(), found=str(count))
    sys.stdout.write(_told(wanted, found))
    return [*found.cases, *found.messages]


def _told(wanted: Subject, found: Found) -> str:
    if wanted.child is None:
        return BY_NAME if found.cases or found.messages else "Nothing is found by that name.\n"
    more = tables.joined(found.by_name_alone)
    told = "" if found.cases or found.messages else "Nothing is found by that name and date of birth.\n"
    return told + (
        f"By the name alone there is also {more}: look at it, and ask for it by its number.\n" if more else ""
    )


def _asked() -> Subject:
    """Ask for the child on the terminal and return its normal form."""
    if not sys.stdin.isatty():
        raise _misuse("export-subject", "asks for the child on a terminal; or name a case's reference")
    sys.stdout.write("Child's full name: ")
    sys.stdout.flush()
    name = sys.stdin.readline()
    sys.stdout.write("Date of birth (empty where it is not known): ")
    sys.stdout.flush()
    wanted = subject(name, sys.stdin.readline().strip())
    if wanted is None or not wanted.name:
        raise _misuse("export-subject", "needs a name")
    return wanted


def _write_one(house: House, wanted: str, options: Namespace, folder: Path) -> None:
    try:
        found = _disclosed(house, wanted, options)
    except BrokenPromise as refused:
        if refused.promise not in SAYS:
            raise
        raise _misuse(wanted, SAYS[refused.promise]) from None
    acts = {"exceptions": found.exceptions, "acts": found.acts}
    parts: dict[str, object] = {"": found.versions, "-letters": found.letters, "-acts": acts}
    parts["-log"] = house.records.story(wanted)
    if not wanted.startswith(MESSAGE):
        parts["-way"] = _way(found)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, part in parts.items():
            _write(folder / f"{wanted}{name}.json", _json(part))
        for message in found.messages if options.originals else ():
            _write(folder / f"{message}.eml", house.vault().open(message))
    except OSError:
        raise Unavailable("export-subject", "cannot-be-written") from None


def _disclosed(house: House, wanted: str, options: Namespace) -> Disclosed:
    act = (options.by.strip(), options.reason.strip(), house.clock())
    if wanted.startswith(MESSAGE):
        return house.records.disclose_message(MessageId(wanted), *act)
    return house.records.disclose(Reference(wanted), *act)


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
