"""A round: some mails, some faults one after another, then runs that nobody disturbs, then the sum is done."""

import random
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.faults import power
from tests.faults.ground import Ground
from tests.faults.kinds import KINDS, Kind
from tests.faults.shim import Fault
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


def held(here: Ground, name: str, firsts: Sequence[First], more: int = 1) -> Verdict:
    """Hold one round and return what came of it.

    Each of ``firsts`` brings its mails and then its fault, and ``more`` faults of any kind after it; then come runs
    that nobody disturbs. Whether the house is used is what the first of them says.
    """
    chance = random.Random(f"{firsts} {more}")  # noqa: S311 - to be the same again
    verdict = Verdict(", ".join(f"bag {bag} {kind.name} at {at}" for bag, _, kind, at in firsts))
    house = House(here, here.house(name, used=firsts[0][1]), chance, verdict)
    given = len(here.out.taken)
    for bag, used, kind, at in firsts:
        here.box.append_all(name, [one.raw for one in here.bags[bag]])
        house.suffer(kind, at)
        for _ in range(more):
            other = chance.choice(KINDS)
            house.suffer(other, chance.randint(1, other.places(here.seen[bag, used])))
    house.settle()
    mails = [one for bag, *_ in firsts for one in here.bags[bag]]
    summed(here, name, house.config, mails, here.out.taken[given:], verdict)
    if verdict.is_good:
        shutil.rmtree(house.config.parents[1])
    return verdict


class House:
    """One configuration and its records, through all that a round does to them."""

    def __init__(self, here: Ground, config: Path, chance: random.Random, verdict: Verdict) -> None:
        self.config = config
        self._here, self._chance, self._verdict = here, chance, verdict
        self._notes, self._disk = config.parents[1] / "notes", power.Disk(config.parent)

    def suffer(self, kind: Kind, at: int) -> None:
        """Run with one fault; a power cut takes away what was not kept."""
        told = self._run(kind, kind.at(at), wall=kind.wall, log=str(self._notes))
        self._verdict.happened[kind.name] += bool(told["fired"])
        if kind.power and told["fired"]:
            self._disk.play(self._notes.read_bytes())
            self._disk.cut(self._chance)
            self._notes.unlink()
            self._disk = power.Disk(self.config.parent)

    def settle(self) -> None:
        """Run undisturbed until nothing is left to do."""
        for number in range(MOST_RUNS):
            if self._run(None, None)["code"] == 0 and number:
                return
        self._verdict.unexplained.append("never settled")

    def _run(self, kind: Kind | None, fault: Fault | None, **more: Any) -> dict[str, Any]:
        told = self._here.program.run(self.config, self._verdict.runs * HOURS, fault, **more)
        _judged(told, kind, self._verdict)
        return told


def _judged(told: dict[str, Any], kind: Kind | None, verdict: Verdict) -> None:
    """Hold a run to its promise: killed by us, or ended with a good code, and no fault of ours spoken of."""
    verdict.runs += 1
    verdict.doubtful += told["doubtful"]
    killed = told["code"] is None and kind is not None and kind.action == 1 and not told["late"]
    if not killed and told["code"] not in GOOD_ENDS:
        verdict.unexplained.append(f"ended {told['code']} late={told['late']}: {told['said']}")
    verdict.unexplained.extend(told["faults"])


def summed(here: Ground, name: str, config: Path, mails: list[Sent], taken: list[smtp.Taken], verdict: Verdict) -> None:
    """Compare what the records, the server's folders and the letters' server say with what was sent."""
    which = _which(mails)
    answer = here.program.ask(config)
    if len(answer) != 4:
        verdict.unexplained.append("the records cannot be asked")
        return
    log, register, outbox, verified = answer
    verdict.unexplained.extend(f"verify: {one['code']} {one['where']}" for one in verified["discrepancies"])
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
    _letters([row["message_id"] for row in outbox], taken, verdict, may_be_twice=not here.keeps_sent)


def _which(mails: list[Sent]) -> dict[str, str]:
    """Return which mail a digest is of: a copy and what it is a copy of are one, for either may be met first."""
    shortest = sorted(mails, key=lambda one: len(one.raw))
    return {one.sha256: next(other.sha256 for other in shortest if one.raw.endswith(other.raw)) for one in mails}


def _letters(ours: list[str], taken: list[smtp.Taken], verdict: Verdict, *, may_be_twice: bool) -> None:
    """Each letter was given once; twice only where nobody could have known, and then the very same."""
    ids = [str(one.mail["Message-ID"]).strip("<>") for one in taken]
    given = {one: taken[at] for at, one in enumerate(ids) if not (one.startswith(REMINDER) and one not in ours)}
    _held_against("given letter", ours, list(given), verdict)
    twice = len([one for one in ids if one in given]) - len(given)
    verdict.twice += twice
    if twice > (verdict.doubtful if may_be_twice else 0):
        verdict.double.append(f"{twice} letters twice, {verdict.doubtful} in doubt")
    for one, letter in zip(ids, taken, strict=True):
        if one in given and (letter.recipients, letter.content) != (given[one].recipients, given[one].content):
            verdict.unexplained.append(f"came twice and differs: {one}")


def _held_against(what: str, wanted: Iterable[Any], found: Iterable[Any], verdict: Verdict) -> None:
    verdict.lost.extend(f"{what} {one}" for one in (Counter(wanted) - Counter(found)).elements())
    verdict.double.extend(f"{what} {one}" for one in (Counter(found) - Counter(wanted)).elements())
