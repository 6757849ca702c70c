"""Sealing in the records: each case and each message has a data key of its own, wrapped by the key ring.

Destroying one data key makes everything sealed under it unreadable for good, whoever has the key ring; a new key of the
ring wraps the data keys anew and touches nothing they sealed. What belongs to no case and no message, and what was
sealed before there were data keys, is under the ring itself.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, insert, select, update

from intake.errors import BrokenPromise
from intake.records.codec import stamp
from intake.records.retention_tables import data_keys
from intake.records.ring import Ring

MARK = b"d1:"
"""Before what a data key sealed; the ring's own begins with the name of its key."""
KEY_ID_BYTES, NONCE_BYTES, KEY_BITS = 10, 12, 256
OF_A_MESSAGE = frozenset({"messages", "documents", "readings", "letters", "reasons"})
OF_A_CASE = frozenset({"case_versions", "keyed_values", "case_acts", "case_notes"})


def of_message(message: str) -> str:
    """Return whose data key seals what belongs to a message."""
    return f"message/{message}"


def of_case(reference: str) -> str:
    """Return whose data key seals what belongs to a case."""
    return f"case/{reference}"


def owner_of(place: str) -> str | None:
    """Return whose data key seals a ``place`` (table/row/...), None for what is the house's own."""
    table, _, rest = place.partition("/")
    row = rest.partition("/")[0]
    if table in OF_A_MESSAGE:
        return of_message(row)
    return of_case(row) if table in OF_A_CASE else None


def seal(ring: Ring, connection: Connection, place: str, plain: bytes) -> bytes:
    """Seal for one place, in the caller's transaction; BrokenPromise("erased") where its owner was."""
    owner = owner_of(place)
    if owner is None:
        return ring.seal(place, plain)
    key = _key(ring, connection, owner) or _new_key(ring, connection, owner)
    nonce = os.urandom(NONCE_BYTES)
    return MARK + nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def unseal(ring: Ring, connection: Connection, place: str, sealed: bytes) -> bytes:
    """Open what was sealed; BrokenPromise("erased" | "seal-broken" | "key-missing")."""
    owner = owner_of(place)
    if owner is None or not sealed.startswith(MARK):
        if not sealed:
            raise BrokenPromise("erased")
        return ring.unseal(place, sealed)
    return _opened(_key(ring, connection, owner), place, sealed)


def unseal_all(ring: Ring, connection: Connection, sealed: Mapping[str, bytes]) -> dict[str, bytes]:
    """Open what was sealed at many places, by place, with one look for their keys; raises as :func:`unseal`."""
    owners = {place: owner_of(place) for place in sealed}
    asked = select(data_keys).where(data_keys.c.owner.in_({owner for owner in owners.values() if owner is not None}))
    wrapped = {row.owner: row.wrapped for row in connection.execute(asked)}
    keys: dict[str, bytes] = {}
    opened: dict[str, bytes] = {}
    for place, text in sealed.items():
        owner = owners[place]
        if owner is None or not text.startswith(MARK) or wrapped.get(owner) is None:
            opened[place] = unseal(ring, connection, place, text)
            continue
        if owner not in keys:
            keys[owner] = ring.unseal(_place(owner), wrapped[owner])
        opened[place] = _opened(keys[owner], place, text)
    return opened


def _opened(key: bytes | None, place: str, sealed: bytes) -> bytes:
    if key is None:
        raise BrokenPromise("key-missing")
    nonce, text = sealed[len(MARK) :][:NONCE_BYTES], sealed[len(MARK) + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, text, place.encode())
    except (InvalidTag, ValueError):
        raise BrokenPromise("seal-broken") from None


def destroy(connection: Connection, owner: str, now: datetime) -> None:
    """Destroy an owner's data key, in the caller's transaction; nothing is sealed for that owner again."""
    gone = {"wrapped": None, "destroyed_at": stamp(now)}
    done = connection.execute(update(data_keys).where(data_keys.c.owner == owner).values(**gone))
    if done.rowcount == 0:
        connection.execute(insert(data_keys).values(owner=owner, **gone))


@dataclass(frozen=True, slots=True)
class Wrapped:
    """How one data key stands: whose it is, by which key of the ring it is wrapped, why it does not open (or None)."""

    owner: str
    key: str
    broken: str | None


def wrapped_keys(ring: Ring, connection: Connection) -> Iterator[Wrapped]:
    """Give every data key that is not destroyed, each tried."""
    for row in connection.execute(select(data_keys).where(data_keys.c.wrapped.is_not(None))).all():
        broken: str | None = None
        try:
            ring.unseal(_place(row.owner), row.wrapped)
        except BrokenPromise as fault:
            broken = fault.promise
        yield Wrapped(row.owner, row.wrapped[:KEY_ID_BYTES].decode("ascii", "replace"), broken)


def rewrap(ring: Ring, connection: Connection) -> tuple[int, list[Wrapped]]:
    """Wrap every data key with the ring's current key, in the caller's transaction; how many, and which do not open."""
    done, broken = 0, []
    for each in wrapped_keys(ring, connection):
        if each.broken:
            broken.append(each)
            continue
        mine = data_keys.c.owner == each.owner
        key = ring.unseal(_place(each.owner), connection.execute(select(data_keys.c.wrapped).where(mine)).scalar_one())
        connection.execute(update(data_keys).where(mine).values(wrapped=ring.seal(_place(each.owner), key)))
        done += 1
    return done, broken


def _key(ring: Ring, connection: Connection, owner: str) -> bytes | None:
    """Return an owner's data key, None where there is none yet; BrokenPromise("erased")."""
    row = connection.execute(select(data_keys.c.wrapped).where(data_keys.c.owner == owner)).one_or_none()
    if row is None:
        return None
    if row.wrapped is None:
        raise BrokenPromise("erased")
    return ring.unseal(_place(owner), row.wrapped)


def _new_key(ring: Ring, connection: Connection, owner: str) -> bytes:
    key = AESGCM.generate_key(KEY_BITS)
    connection.execute(insert(data_keys).values(owner=owner, wrapped=ring.seal(_place(owner), key)))
    return key


def _place(owner: str) -> str:
    return f"data_keys/{owner}"
