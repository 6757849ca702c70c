"""``intake keys new | rotate | list``: a new key seals what is new; the old ones stay to open the rest."""

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Mapping

from intake.domain.message import MessageId
from intake.edges.claim import claimed
from intake.edges.keyring import KeyRing, told
from intake.edges.vault import FileVault
from intake.errors import BrokenPromise, ConfigFault, Misconfigured
from intake.programs import tables
from intake.programs.opening import House, opened
from intake.programs.show_register import account
from intake.records import SqlRecords
from intake.records.key_notes import counted
from intake.settings import Settings

FOUND = 1
COLUMNS = ("KEY", "MADE", "", "ORIGINALS", "DATA KEYS")


def new(options: Namespace, settings: Settings) -> int:  # noqa: ARG001 - the shape of every command
    """Make the ring of an empty store; Misconfigured where there is one, or where a store only its lost ring opens."""
    file = settings.program.store.keyring_file
    if file.exists():
        raise Misconfigured([ConfigFault("intake.toml", "store.keyring_file", "is there already: rotate adds a key")])
    with opened(settings) as house:
        sys.stdout.write(f"{house.keys.current}: made. Keep a copy of {file.name} apart from the backups.\n")
    return 0


def rotate(options: Namespace, settings: Settings) -> int:  # noqa: ARG001 - the shape of every command
    """Put a new key before the others and wrap every data key with it; nothing that is sealed is written again.

    A rotation that was cut short is finished first, without another key. 1 where something does not open: it is named.
    """
    file = settings.program.store.keyring_file
    with claimed(file.with_name(f"{file.name}.rotating")), opened(settings) as house:
        broken = _original_faults(house)
        resumed = len(told(file)) > 1 and not house.records.was_rotated_to(house.keys.current)
        ring = house.keys if resumed else KeyRing.rotate(file)
        vault = FileVault(settings.program.store.vault, ring)
        whole = sorted(house.vault().ids() - set(broken))
        for message in whole:
            vault.rewrap(message)
        records = SqlRecords(house.records.store.engine, ring, house.anchor)
        told_: Mapping[str, str | int] = {"by": account(), "originals": len(whole), "spoilt_originals": len(broken)}
        wrapped, spoilt = records.rewrap_keys(house.clock(), told_)
    sys.stderr.write("".join(f"{message}: {why}\n" for message, why in sorted(broken.items())))
    sys.stderr.write("".join(f"{each.owner}: its data key does not open ({each.broken})\n" for each in spoilt))
    if resumed:
        sys.stdout.write("A rotation that was cut short was finished; no key was added.\n")
    done = f"{len(whole)} of {len(whole) + len(broken)} originals and {wrapped} of {wrapped + len(spoilt)} data keys"
    sys.stdout.write(f"{ring.current}: current. {done} are wrapped with it.\n")
    sys.stdout.write(f"Older keys stay: they open what the records hold. Keep a new copy of {file.name}.\n")
    return FOUND if broken or spoilt else 0


def show(options: Namespace, settings: Settings) -> int:
    """Tell every key's name and age, which one is current, and how many originals and data keys each wraps."""
    with opened(settings) as house:
        originals = Counter(_keys_of_originals(house.vault()))
        wrapped = counted(house.records.wrapped_keys())
        keys = told(settings.program.store.keyring_file)
    rows = [
        {"key": k.id, "made": k.made, "current": at == 0, "originals": originals[k.id], "data_keys": wrapped[k.id]}
        for at, k in enumerate(keys)
    ]
    if options.json:
        tables.show_json(rows)
        return 0
    shown = [
        (r["key"], f"{r['made']:%Y-%m-%d}", "current" if r["current"] else "", r["originals"], r["data_keys"])
        for r in rows
    ]
    tables.show(COLUMNS, [tuple(map(str, row)) for row in shown], empty="There is no key.")
    return 0


def _keys_of_originals(vault: FileVault) -> list[str]:
    """Return by which key each original is wrapped; one that is spoilt counts for none."""
    found = []
    for message in vault.ids():
        try:
            found.append(vault.key_of(message))
        except BrokenPromise:
            continue
    return found


def _original_faults(house: House) -> Mapping[MessageId, str]:
    """Return which originals cannot be wrapped anew, and why: looked at before any key is added."""
    vault, found = house.vault(), {}
    for message in vault.ids():
        try:
            vault.is_wrapped_with(message, house.keys.current)
        except BrokenPromise as broken:
            found[message] = broken.promise
    return found
