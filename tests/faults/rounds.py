"""A round: some mails, some faults one after another, then runs that nobody disturbs, then the sum is done."""

import random
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.faults import power
from tests.faults.ground import Ground
from tests.faults.kinds import KINDS, Kind
from tests.promises.post_bag import Sent
from tests.servers import smtp

FOLDERS = {
    "registered": "Intake/Registered", "set-aside": "Intake/Set aside", "held": "Intake/Needs a person",
    "quarantined": "Intake/Quarantine", "": "INBOX",
}  # fmt: skip
MOST_RUNS = 6
HOURS = 2.0
"""Between one run and the next: what was put off is due again."""
REMINDER = "reminder"
"""So a letter's name begins that says an alert again: hours go by here, and nobody acts on it."""
GOOD_ENDS = frozenset({0, 75})
"""Done, and "something outside is away, try again": what a run that was not killed may say."""

First = tuple[int, bool, Kind, int]
"""Which bag of mails, whether in a used house, which kind of fault, at which call."""


@dataclass
class Verdict:
    """What came of a round: faults that happened, by kind; what was lost or came twice or cannot be explained."""

    name: str
    happened: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    double: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    doubtful: int = 0
    twice: int = 0
    runs: int = 0

    @property
    def is_good(self) -> bool:
        """Tell whether every promise held."""
        return not (self.lost or self.double or self.unexplained)


def held(here: Ground, name: str, first: First, more: int = 0) -> Verdict:
    """Hold one round: this fault first, then ``more`` of any kind, then undisturbed runs; return what came of it."""
    bag, used, kind, at = first
    chance = random.Random(f"{bag} {used} {kind.name} {at} {more}")  # noqa: S311 - to be the same again
    verdict = Verdict(f"bag {bag} used {used} {kind.name} at {at}, {more} more")
    config = here.house(name, used=used)
    here.box.append_all(name, [one.raw for one in here.bags[bag]])
    given = len(here.out.taken)
    disk, notes = power.Disk(config.parent), config.parents[1] / "notes"
    faults = [(kind, at), *_others(here.seen[bag, used], chance, more)]
    for number, (kind, at) in enumerate(faults):
        told = here.program.run(config, number * HOURS, kind.at(at), wall=kind.wall, log=str(notes))
        verdict.happened[kind.name] += bool(told["fired"])
        _judged(told, kind, verdict)
        if kind.power and told["fired"]:
            disk.play(notes.read_bytes())
            disk.cut(chance)
            notes.unlink()
            disk = power.Disk(config.parent)
    _settled(here, config, len(faults), verdict)
    summed(here, name, config, bag, here.out.taken[given:], verdict)
    if verdict.is_good:
        shutil.rmtree(config.parents[1])
    return verdict


def _others(seen: dict[str, int], chance: random.Random, more: int) -> Iterator[tuple[Kind, int]]:
    for _ in range(more):
        kind = chance.choice(KINDS)
        yield kind, chance.randint(1, kind.places(seen))


def _judged(told: dict[str, Any], kind: Kind | None, verdict: Verdict) -> None:
    """Hold a run to its promise: killed by us, or ended with a good code, and no fault of ours spoken of."""
    verdict.runs += 1
    verdict.doubtful += told["doubtful"]
    killed = told["code"] is None and kind is not None and kind.action == 1 and not told["late"]
    if not killed and told["code"] not in GOOD_ENDS:
        verdict.unexplained.append(f"ended {told['code']} late={told['late']}: {told['said']}")
    verdict.unexplained.extend(told["faults"])


def _settled(here: Ground, config: Path, before: int, verdict: Verdict) -> None:
    """Run undisturbed until nothing is left to do."""
    for number in range(MOST_RUNS):
        told = here.program.run(config, (before + number) * HOURS)
        _judged(told, None, verdict)
        if told["code"] == 0 and number:
            return
    verdict.unexplained.append("never settled")


def summed(here: Ground, name: str, config: Path, bag: int, taken: list[smtp.Taken], verdict: Verdict) -> None:
    """Compare what the records, the server's folders and the letters' server say with what was sent."""
    mails, which = here.bags[bag], _which(here.bags[bag])
    answer = here.program.ask(config)
    if len(answer) != 4:
        verdict.unexplained.append("the records cannot be asked")
        return
    log, register, outbox, verified = answer
    if verified != 0:
        verdict.unexplained.append("verify found something")
    wanted = [(which[one.sha256], one.stage, one.why) for one in mails]
    found = [(which.get(row["sha256"], row["id"]), row["stage"], row["why"]) for row in log]
    _held_against("mail", wanted, found, verdict)
    _held_against("case", range(sum(one.forms for one in mails)), range(len(register)), verdict)
    wanted = [(which[one.sha256], kind, "sent") for one in mails for kind in one.letters]
    found = [(which[row["sha256"]], each["kind"], each["state"]) for row in log for each in row["letters"]]
    _held_against("letter", wanted, found, verdict)
    for stage, folder in FOLDERS.items():
        there = [which.get(sha256(raw).hexdigest(), "strange") for raw in here.box.mails(name, folder)]
        _held_against(folder, [which[one.sha256] for one in mails if one.stage == stage], there, verdict)
    _letters([row["message_id"] for row in outbox], taken, verdict)


def _which(mails: list[Sent]) -> dict[str, str]:
    """Return which mail a digest is of: a copy and what it is a copy of are one, for either may be met first."""
    first = {one.raw: one.sha256 for one in mails}
    return {one.sha256: next(digest for raw, digest in first.items() if one.raw.endswith(raw)) for one in mails}


def _letters(ours: list[str], taken: list[smtp.Taken], verdict: Verdict) -> None:
    """Each letter was given once; twice only where nobody could have known, and then the very same."""
    ids = [str(one.mail["Message-ID"]).strip("<>") for one in taken]
    given = {one: taken[at] for at, one in enumerate(ids) if not (one.startswith(REMINDER) and one not in ours)}
    _held_against("given letter", ours, list(given), verdict)
    twice = len([one for one in ids if one in given]) - len(given)
    verdict.twice += twice
    if twice > verdict.doubtful:
        verdict.double.append(f"{twice} letters twice, {verdict.doubtful} in doubt")
    for one, letter in zip(ids, taken, strict=True):
        if one in given and (letter.recipients, letter.content) != (given[one].recipients, given[one].content):
            verdict.unexplained.append(f"came twice and differs: {one}")


def _held_against(what: str, wanted: Iterable[Any], found: Iterable[Any], verdict: Verdict) -> None:
    verdict.lost.extend(f"{what} {one}" for one in (Counter(wanted) - Counter(found)).elements())
    verdict.double.extend(f"{what} {one}" for one in (Counter(found) - Counter(wanted)).elements())
