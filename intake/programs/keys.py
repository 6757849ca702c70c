"""``intake keys new | rotate | list``: a new key seals what is new; the old ones stay to open the rest."""

import sys
from argparse import Namespace
from collections import Counter

from intake.edges.keyring import KeyRing, told
from intake.edges.vault import FileVault
from intake.errors import BrokenPromise, ConfigFault, Misconfigured
from intake.programs import tables
from intake.programs.opening import opened
from intake.records import seals
from intake.settings import Settings

FOUND = 1
COLUMNS = ("KEY", "MADE", "", "ORIGINALS")


def new(options: Namespace, settings: Settings) -> int:  # noqa: ARG001 - the shape of every command
    """Make the ring of an empty store; Misconfigured where there is one, or where a store only its lost ring opens."""
    file = settings.program.store.keyring_file
    if file.exists():
        raise Misconfigured([ConfigFault("intake.toml", "store.keyring_file", "is there already: rotate adds a key")])
    with opened(settings) as house:
        sys.stdout.write(f"{house.keys.current}: made. Keep a copy of {file.name} apart from the backups.\n")
    return 0


def rotate(options: Namespace, settings: Settings) -> int:  # noqa: ARG001 - the shape of every command
    """Put a new key before the others and wrap every data key with it; nothing that is sealed is written again."""
    file = settings.program.store.keyring_file
    with opened(settings) as house:
        ids = house.vault().ids()
        ring = KeyRing.rotate(file)
        vault, broken = FileVault(settings.program.store.vault, ring), 0
        for message in sorted(ids):
            try:
                vault.rewrap(message)
            except BrokenPromise as promise:
                broken += 1
                sys.stderr.write(f"{message}: {promise.promise}\n")
        with house.records.store.writing() as connection:
            wrapped = seals.rewrap(ring, connection)
    done = f"{len(ids) - broken} of {len(ids)} originals and {wrapped} data keys"
    sys.stdout.write(f"{ring.current}: current. {done} are wrapped with it.\n")
    sys.stdout.write(f"Older keys stay: they open what the records hold. Keep a new copy of {file.name}.\n")
    return FOUND if broken else 0


def show(options: Namespace, settings: Settings) -> int:
    """Tell every key's name and age, which one is current, and how many originals each wraps."""
    with opened(settings) as house:
        vault = house.vault()
        wrapped = Counter(vault.key_of(message) for message in vault.ids())
        keys = told(settings.program.store.keyring_file)
    rows = [{"key": k.id, "made": k.made, "current": at == 0, "originals": wrapped[k.id]} for at, k in enumerate(keys)]
    if options.json:
        tables.show_json(rows)
    else:
        shown = [
            (r["key"], f"{r['made']:%Y-%m-%d}", "current" if r["current"] else "", str(r["originals"])) for r in rows
        ]
        tables.show(COLUMNS, [tuple(map(str, row)) for row in shown], empty="There is no key.")
    return 0
