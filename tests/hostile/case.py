"""What a hostile case is, and the verdict a mail ends in, written as lines a person can compare."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby

from parsers.contract import Harvest, Refusal, Survey
from tests.builders.mails import Attachment
from tests.promises.post_bag import sent, word

GOOD = 7
"""The number of the good referral that hangs beside a hostile file."""
READ = "docx read"
"""What the good referral's verdict is; the last line of a case that has one beside."""


@dataclass(frozen=True)
class Case:
    """One hostile mail; what must become of it is told by ``verdicts.toml`` under its name."""

    name: str
    threat: str
    """Of incidents.md ("incident 74") or security.md ("threat 28", "4.2")."""
    make: Callable[[], bytes]
    beside: bool = True
    """A good referral hangs on the same mail, and must be read all the same."""
    slow: bool = False
    """Takes seconds or a hundred megabytes: part of the whole run alone."""
    workshop: bool = False
    """Read slowly too, by the programs of the workshop."""

    def __str__(self) -> str:
        """Name it."""
        return self.name


def attached(
    name: str,
    threat: str,
    make: Callable[[], bytes],
    *,
    called: str = "referral.docx",
    slow: bool = False,
    workshop: bool = False,
) -> Case:
    """Return the case of a hostile file that hangs on an honest mail, a good form behind it."""

    def raw() -> bytes:
        return sent(_number(name), Attachment(called, make()), word(GOOD))

    return Case(name, threat, raw, slow=slow, workshop=workshop)


a_pdf = partial(attached, called="referral.pdf")
a_zip = partial(attached, called="a.zip")


def whole(name: str, threat: str, make: Callable[[], bytes], *, slow: bool = False) -> Case:
    """Return the case of a mail that is hostile as a whole."""
    return Case(name, threat, make, beside=False, slow=slow)


def good_form() -> bytes:
    """Return the good referral's file."""
    return word(GOOD).data


@cache
def good_mail() -> bytes:
    """Return the good referral on a mail of its own."""
    return sent(GOOD, word(GOOD))


def verdict_of(survey: Survey | Refusal, harvest: Harvest | Refusal) -> list[str]:
    """Return what became of a mail: a line for its codes, one for each part that is not its own words."""
    if isinstance(survey, Refusal):
        return [f"refused {survey.code}"]
    if isinstance(harvest, Refusal):
        return [*_of_mail(survey.codes), f"refused {harvest.code} at reading"]
    codes = {part.index: part.codes for part in survey.parts}
    told = [
        _line(f"{each.kind.value} {each.state.value}", each.why, *codes.get(each.index, ()), *each.codes)
        for each in harvest.documents
    ]
    bodies = [_line(f"{part.kind.value} body", None, *part.codes) for part in survey.parts if part.body and part.codes]
    return [*_of_mail((*survey.codes, *harvest.codes)), *bodies, *told]


def shortened(lines: list[str]) -> list[str]:
    """Return lines that follow upon themselves as one, with how often."""
    return [line if count == 1 else f"{count} x {line}" for line, count in map(_counted, groupby(lines))]


def _of_mail(codes: tuple[str, ...]) -> Iterator[str]:
    if codes:
        yield _line("mail", None, *codes)


def _line(what: str, why: str | None, *codes: str) -> str:
    return " ".join([what, *([why] if why else []), *(f"+{code}" for code in sorted(set(codes)))])


def _counted(group: tuple[str, Iterator[str]]) -> tuple[str, int]:
    return group[0], len(list(group[1]))


def _number(name: str) -> int:
    """Return a number for a mail's sender and Message-ID that no other case has."""
    return 100_000 + int.from_bytes(name.encode()[-3:], "big") + 7 * sum(name.encode())
