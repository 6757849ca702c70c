"""Finishing what erasures left: originals go from the vault, and the database's own files let go of what they held.

Whatever cut an erasure short, the same command, any other, or the next start of ``advance`` finishes it.
"""

from collections.abc import Callable

import structlog

from intake.programs.opening import House

log = structlog.get_logger("erasing")


def finish(house: House) -> bool:
    """Take away what is left of all that is erased; False where a program still reads what the files held before."""
    vault = house.vault()
    kept = vault.ids()
    for message in house.records.erased():
        if message in kept:
            vault.erase(message)
    return not house.records.erasure_is_unfinished() or house.records.settle_erasures(house.clock())


def finisher(house: House) -> Callable[[], None]:
    """Return what a loop calls at each turn: it looks into the vault once, then only while something is unfinished."""
    looked = False

    def go_on() -> None:
        nonlocal looked
        if looked and not house.records.erasure_is_unfinished():
            return
        looked = True
        if not finish(house):
            log.warning("erasure-unfinished")

    return go_on
