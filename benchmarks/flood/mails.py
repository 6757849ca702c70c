"""The invented flood: few referrals among newsletters, robots, chatter, hostile files, and one who repeats himself."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tests.builders import mails
from tests.builders.forms import marf_docx
from tests.builders.mails import Attachment, docx_attachment, mail
from tests.promises.post_bag import sent, word

EACH_HUNDRED = ("referral",) + ("alert",) + ("hostile",) * 10 + ("insistent",) * 5 + ("chatter",) * 33 + ("robot",) * 25
"""Of a hundred mails so many of each; the rest are newsletters."""
INSISTENT = "Kit Sample <kit.sample@gmp.example>"
HOSTILE = ("bomb.docx", "broken.pdf", "huge-header", "deep", "executable")


@dataclass(frozen=True)
class Flood:
    """The mails in the order in which they come, and how many there are of each kind."""

    mails: tuple[bytes, ...]
    kinds: tuple[str, ...]

    @property
    def counted(self) -> Counter[str]:
        """How many of each kind."""
        return Counter(self.kinds)


def flood(count: int, seed: int) -> Flood:
    """Invent so many mails; the same seed invents the same."""
    chance = random.Random(seed)
    kinds = [EACH_HUNDRED[n % 100] if n % 100 < len(EACH_HUNDRED) else "newsletter" for n in range(count)]
    chance.shuffle(kinds)
    return Flood(tuple(_made(kind, number) for number, kind in enumerate(kinds, 1)), tuple(kinds))


def _made(kind: str, number: int) -> bytes:
    return MAKERS[kind](number, {"message_id": f"<flood-{number}@gmp.example>"})


def _alert(number: int, _: Mapping[str, str]) -> bytes:
    return sent(number, docx_attachment(marf_docx()), text=f"Our form {number}.")


def _insistent(number: int, own: Mapping[str, str]) -> bytes:
    return mail(
        f"For the {number}th time.",
        docx_attachment(mails.locked_docx()),
        sender=INSISTENT,
        message_id=own["message_id"],
    )


def _robot(number: int, own: Mapping[str, str]) -> bytes:
    return mails.out_of_office(sender=f"rae.{number}@gmp.example", authserv=mails.AUTHSERV, **own)


def _newsletter(number: int, own: Mapping[str, str]) -> bytes:
    return mail(f"News {number}.", headers=[("List-Id", "<news.gmp.example>")], message_id=own["message_id"])


def _hostile(number: int) -> Iterator[Attachment]:
    name = HOSTILE[number % len(HOSTILE)]
    match name:
        case "bomb.docx":
            yield docx_attachment(b"PK\x03\x04" + b"\0" * 20_000, name)
        case "broken.pdf":
            yield Attachment(name, b"%PDF-1.7\n" + b"<<" * 5_000, "application/pdf")
        case "executable":
            yield Attachment("referral.docx", b"MZ" + bytes(2_000))
        case _:
            yield Attachment("a\u202ecod.exe", b"#!/bin/sh\n" * 100)


MAKERS: Mapping[str, Callable[[int, Mapping[str, str]], bytes]] = {
    "referral": lambda number, _: sent(number, word(number)),
    "alert": _alert,
    "hostile": lambda number, _: sent(number, *_hostile(number), text=f"Please open {number}."),
    "insistent": _insistent,
    "robot": _robot,
    "newsletter": _newsletter,
    "chatter": lambda number, _: sent(number, text=f"Thank you, see you on day {number}."),
}
