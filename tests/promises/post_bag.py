"""A hundred invented mails of every sort that matters, each with what must have become of it in the end."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256

from tests.builders import mails
from tests.builders.forms import CHILD, FilledForm, marf_docx, to_docx, to_pdf
from tests.builders.mails import Attachment, docx_attachment, mail, pdf_attachment

SYLLABLES = ("ba", "ko", "mi", "ru", "te", "zo", "vi", "na", "pe", "lu", "sha", "dri")
ACKNOWLEDGED = ("acknowledgement",)
RECEIPT = ("receipt",)


@dataclass(frozen=True)
class Sent:
    """One mail: its bytes, where it must stand in the end and why, which letters must be sent, how many new forms."""

    raw: bytes
    stage: str
    why: str
    letters: tuple[str, ...]
    forms: int = 0

    @property
    def sha256(self) -> str:
        """What the intake log knows it by."""
        return sha256(self.raw).hexdigest()


def form(number: int) -> FilledForm:
    """Return a complete referral about a child of its own, in an incident of its own."""
    first, second, third = (SYLLABLES[number // 12**place % 12] for place in range(3))
    child = {
        **CHILD,
        "child.name": f"{first}{second}{third}".title() + f" Madeup{third}{first}{second}",
        "child.aka": "",
        "child.dob": f"{1 + number % 28:02}/{1 + number // 28 % 12:02}/{2010 + number % 9}",
        "child.nhs_number": "",
        "child.address": f"{number + 1} Made Up Street, Salford",
    }
    summary = f"Invented incident {number}: a neighbour called an ambulance."
    return replace(FilledForm(), children=(child,)).but(
        incident__summary=summary, incident__place=f"{number + 1} Made Up Street, Salford"
    )


def word(number: int) -> Attachment:
    """Return the numbered referral as a Word file."""
    return docx_attachment(to_docx(form(number)))


def sent(number: int, *files: Attachment, text: str = "Our form is attached.", **more: str) -> bytes:
    """Return a mail of the police's, from an address of its own so that no cap on letters is met."""
    sender = f"Orla Example <orla.example{number}@gmp.example>"
    return mail(text, *files, sender=sender, message_id=f"<{number}@gmp.example>", **more)


def post_bag(chance: random.Random) -> list[Sent]:
    """Return a hundred mails in an order of chance, but one of each sort first, and no re-send before its first."""
    numbers = iter(range(1, 10_000))
    makers = [_referral, _pdf, _two_forms, _locked, _wrong_form, _spoof, _out_of_office, _chatter, _damaged]
    counts = (50, 4, 6, 5, 5, 7, 6, 5, 4)
    first = [make(next(numbers)) for make in makers]
    rest = [partial(make, next(numbers)) for make, count in zip(makers, counts, strict=True) for _ in range(count - 1)]
    chance.shuffle(rest)
    bag = [*first, *(make() for make in rest)]
    return [*bag, *_again(chance, bag, numbers)]


def _again(chance: random.Random, bag: list[Sent], numbers: Iterator[int]) -> Iterator[Sent]:
    """Give very copies by another route (one trace header more), and the first form sent again in other mails."""
    for one in chance.sample([one for one in bag if one.forms == 1], 3):
        yield Sent(b"Delivered-To: list@salford.gov.uk\r\n" + one.raw, "set-aside", "exact-copy", ())
    for _ in range(5):
        yield Sent(sent(next(numbers), word(1)), "registered", "registered", ACKNOWLEDGED)


def _referral(number: int) -> Sent:
    return Sent(sent(number, word(number)), "registered", "registered", ACKNOWLEDGED, forms=1)


def _pdf(number: int) -> Sent:
    return Sent(sent(number, pdf_attachment(to_pdf(form(number)))), "registered", "registered", ACKNOWLEDGED, forms=1)


def _two_forms(number: int) -> Sent:
    other = docx_attachment(to_docx(form(number + 1_000)), "second.docx")
    return Sent(sent(number, word(number), other), "registered", "registered", ACKNOWLEDGED, forms=2)


def _locked(number: int) -> Sent:
    return Sent(sent(number, docx_attachment(mails.locked_docx())), "held", "locked", RECEIPT)


def _wrong_form(number: int) -> Sent:
    return Sent(sent(number, docx_attachment(marf_docx())), "held", "wrong-form", (*RECEIPT, "safety-alert"))


def _spoof(number: int) -> Sent:
    return Sent(sent(number, word(number), verdict="fail"), "quarantined", "spoof", ())


def _out_of_office(number: int) -> Sent:
    raw = mails.out_of_office(
        sender=f"orla.example{number}@gmp.example", message_id=f"<{number}@gmp.example>", authserv=mails.AUTHSERV
    )
    return Sent(raw, "set-aside", "auto-reply", ())


def _chatter(number: int) -> Sent:
    return Sent(sent(number, text=f"Thank you, see you on day {number}."), "set-aside", "not-a-referral", ())


def _damaged(number: int) -> Sent:
    return Sent(sent(number, docx_attachment(to_docx(form(number))[:9_000])), "held", "unreadable-document", RECEIPT)
