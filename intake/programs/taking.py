"""Taking new mail in: sealed, verified, fsynced, then row and log line; the server is not touched by any of it."""

from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

import structlog

from intake.domain.message import Arrival, MessageId, Place, new_message_id
from intake.edges.mailbox.session import Facts, Listing, Session, Unfetchable
from intake.errors import Overtaken, Unavailable
from intake.programs.gate import Gate
from intake.programs.tries import Seen, Tries

log = structlog.get_logger("watch")


class Stumbled(Unavailable):
    """The conversation broke over one message: it is tried again last, after all the others."""


class _TooLarge(Exception):
    """More bytes came than a message may have, whatever its size was said to be."""


class _KnownBefore(Exception):
    """These bytes were known under an older UIDVALIDITY: nothing new is to be kept."""


class _NotWhole(Exception):
    """The server gave fewer or more bytes than it had said."""

    def __init__(self, given: Seen) -> None:
        super().__init__()
        self.given = given


@dataclass(frozen=True, slots=True)
class Taking:
    """One look's work: the conversation, where mail goes, and what is remembered of messages that would not come."""

    session: Session
    gate: Gate
    tries: Tries

    def take(self, listing: Listing, done: Counter[str]) -> None:
        """Take in every message the records do not know, each on its own; count in ``done`` what became of them."""
        box, validity = self.gate.mailbox, listing.uidvalidity
        new = set(listing.uids) - set(self.gate.records.known_uids(box.name, box.folder, validity))
        queue = deque(self.tries.ready(validity, new, self.gate.clock()))
        while queue:
            self.gate.renew()
            uid = queue.popleft()
            outcome = self._tried(Place(box.name, box.folder, validity, uid))
            if outcome == "again":
                queue.append(uid)
            else:
                done[outcome] += 1

    def _tried(self, place: Place) -> str:
        """Take one message in; a fault of its own is remembered and touches no other."""
        try:
            outcome = self._taken(place)
        except _NotWhole as fault:
            return self._failed(place, "not-whole", fault.given)
        except Unfetchable as fault:
            return self._failed(place, fault.code)
        except Overtaken:
            outcome = "known"
        except Unavailable as fault:
            if fault.what != "imap":
                raise
            self._failed(place, fault.detail)
            raise Stumbled(fault.what, fault.detail) from None
        self.tries.done(place.uid)
        return outcome

    def _failed(self, place: Place, why: str, given: Seen | None = None) -> str:
        log.warning("message-not-fetched", mailbox=place.mailbox, uid=place.uid, why=why)
        return "again" if self.tries.failed(place.uid, self.gate.clock(), given) else "unfetchable"

    def _taken(self, place: Place) -> str:
        facts = self.session.facts(place.uid)
        if facts is None:
            return "gone"  # somebody moved it between our listing and now; if it comes back it has a new UID
        message = new_message_id(self.gate.randomness())
        with suppress(_KnownBefore):
            if facts.bytes <= self.gate.mailbox.max_bytes:
                with suppress(_TooLarge):
                    return self._received(message, self._sealed(message, place, facts), oversize=False)
            return self._received(message, self._header_sealed(message, place, facts), oversize=True)
        log.info("message-relisted", mailbox=place.mailbox, uid=place.uid)
        return "relisted"

    def _received(self, message: MessageId, arrival: Arrival, *, oversize: bool) -> str:
        """Write row and log line of what is now sealed and durable."""
        if not self.gate.records.receive(message, arrival, now=self.gate.clock(), oversize=oversize):
            return "known"
        box = arrival.place.mailbox
        log.info("message-received", message=message, mailbox=box, bytes=arrival.bytes, oversize=oversize)
        return "oversize" if oversize else "taken"

    def _sealed(self, message: MessageId, place: Place, facts: Facts) -> Arrival:
        """Stream the whole into the vault; what is not whole, or too large, or known, is not kept."""
        length, digest = 0, sha256()
        with self.gate.originals.writer(message) as original:
            for chunk in self.session.chunks(place.uid, facts.bytes):
                length += len(chunk)
                if length > self.gate.mailbox.max_bytes:
                    raise _TooLarge
                digest.update(chunk)
                original.write(chunk)
            if length != facts.bytes:
                self._accept_only_what_is_insisted_on(place, (length, digest.hexdigest()))
            return self._arrival(place, facts, length, digest.hexdigest())

    def _accept_only_what_is_insisted_on(self, place: Place, given: Seen) -> None:
        """Refuse a mail cut short, but not for ever: some servers (Exchange, by default) only estimate RFC822.SIZE.

        Where each of three fetches gave the same bytes up to an end the server confirmed, these are what it has.
        """
        if not self.tries.is_insisted_on(place.uid, given):
            raise _NotWhole(given)
        log.warning("size-was-an-estimate", mailbox=place.mailbox, uid=place.uid, bytes=given[0])

    def _header_sealed(self, message: MessageId, place: Place, facts: Facts) -> Arrival:
        """Keep the header alone of what is over the limit; the rest is not kept."""
        header = self.session.header(place.uid)
        with self.gate.originals.writer(message) as original:
            original.write(header)
            return self._arrival(place, facts, facts.bytes, sha256(header).hexdigest())

    def _arrival(self, place: Place, facts: Facts, length: int, digest: str) -> Arrival:
        """Return the arrival, unless these bytes only have a new UID: their row has been told, and nothing is new."""
        now = self.gate.clock()
        if facts.received_at is None:
            log.warning("no-internaldate", mailbox=place.mailbox, uid=place.uid)
        arrival = Arrival(place, facts.received_at or now, length, digest)
        if self.gate.records.relisted(arrival, now) is not None:
            raise _KnownBefore
        return arrival
