"""A reader that opens what was encrypted to us: the wall hands out the sealed part, we open it, the wall reads it."""

from collections.abc import Callable, Iterable, Sequence

from intake.edges.reader import Inside, WalledReader
from intake.edges.smime import MailKey, decrypted
from parsers.contract import Front, Harvest, Kind, Refusal, Signature, SigningKey, Survey

MAX_TRIED = 3
"""Encrypted parts of one mail that are tried; the first that opens is read."""


class OpeningReader:
    """A :class:`intake.ports.Reader`: as :class:`WalledReader`, and encrypted mail is read as what it holds.

    ``keys`` is asked at each encrypted part; our keys never go behind the wall. A mail no key opens stays as it came:
    locked. Raises what the reader does, and Unavailable("secret", code) while a key is away.
    """

    def __init__(self, reader: WalledReader, keys: Callable[[], Iterable[MailKey]] | None = None) -> None:
        self._reader = reader
        self._keys = keys

    def holds(self) -> tuple[str, ...]:
        """Return what of the kernel's keeps the children behind the wall (:meth:`WalledReader.holds`)."""
        return self._reader.holds()

    def survey(self, raw: bytes) -> Survey | Refusal:
        """Take a mail apart without reading its forms; its digest is that of the mail as it came."""
        survey = self._reader.survey(raw)
        inside = self._inside(raw, survey)
        return survey if inside is None else self._reader.survey(raw, inside=inside)

    def front(self, raw: bytes) -> Front | Refusal:
        """Return the headers alone, of a mail that could not be taken apart."""
        return self._reader.front(raw)

    def read(self, raw: bytes, *, password: str = "") -> Harvest | Refusal:
        """Read every form of a mail; ``password`` opens what is locked by one."""
        inside = None if self._keys is None else self._inside(raw, self._reader.survey(raw))
        return self._reader.read(raw, password=password, inside=inside)

    def read_file(self, data: bytes, *, password: str = "") -> Harvest | Refusal:
        """Read one file as a form."""
        return self._reader.read_file(data, password=password)

    def holding(self, raw: bytes, keys: Sequence[SigningKey]) -> tuple[Signature, ...]:
        """Return which DKIM signatures hold by these keys."""
        return self._reader.holding(raw, keys)

    def _inside(self, raw: bytes, survey: Survey | Refusal) -> Inside | None:
        """Return the first encrypted part that one of our keys opens."""
        if self._keys is None or isinstance(survey, Refusal):
            return None
        sealed = [part.index for part in survey.parts if part.kind is Kind.SMIME_ENCRYPTED]
        for index in sealed[:MAX_TRIED]:
            part = self._reader.extract(raw, index)
            entity = None if isinstance(part, Refusal) else decrypted(part, self._keys())
            if entity:
                return Inside(index, entity)
        return None
