"""Fills a foreign form with a case, and keeps account: what was asked plainly, what stands in the document."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from benchmarks.reading.case import Case
from benchmarks.reading.foreign.wordings import DIED, FULL, HARM, HARMED, OWN, PARALLEL
from benchmarks.reading.paper.blocks import TICKED, UNTICKED, Paper
from benchmarks.reading.paper.printed import printed
from benchmarks.reading.paper.web import web
from benchmarks.reading.paper.word import word
from benchmarks.reading.rendered import Rendered

WRITERS = {"docx": word, "pdf": printed, "html": web}


class Filling:
    """One case being written into one layout. Every answer taken from it is noted as standing in the document.

    ``plain=False`` on any of its methods: the answer stands there, but its question is arguable, so it is not asked.
    """

    def __init__(self, case: Case, rng: Random) -> None:
        self._case, self.rng = case, rng
        self._mark = rng.choice(("", "", ":"))
        self._worded: dict[str, str] = {}
        self._asked: set[str] = set()
        self._shown: set[str] = set()
        self._choices: dict[str, tuple[str, ...]] = {}
        self._children = self._family = self._agencies = 0
        self._risk = ("", "")

    def one_of(self, *wordings: str) -> str:
        """Return one wording."""
        return self.rng.choice(wordings)

    def own(self, part: str) -> str:
        """Return a short label ("Tel"), the same each time in this form: its block says whose."""
        return self._label(part, OWN[part])

    def full(self, field: str) -> str:
        """Return a label that says alone what is asked, the same each time in this form."""
        return self._label(field, FULL[field])

    def _label(self, key: str, wordings: tuple[str, ...]) -> str:
        if key not in self._worded:
            chosen = self.rng.choice(wordings)
            self._worded[key] = chosen + ("" if chosen[-1] in "?:" else self._mark)
        return self._worded[key]

    def _note(self, field: str, *, plain: bool) -> None:
        self._shown.add(field)
        if plain:
            self._asked.add(field)

    def answer(self, field: str, *, plain: bool = True) -> str:
        """Return the answer as typed, "" where left blank."""
        self._note(field, plain=plain)
        return self._case.answers.get(field, "")

    def pair(self, field: str) -> tuple[str, str]:
        """Return a label of its own and the answer."""
        return self.full(field), self.answer(field)

    def own_pair(self, field: str) -> tuple[str, str]:
        """Return a short label and the answer, to stand in its person's block; ``referral.date`` is a "date"."""
        return self.own(field.split(".")[1]), self.answer(field)

    def count(self, most: int) -> int:
        """Return how many children the form shows, of at most as many."""
        self._children = min(most, len(self._case.children))
        return self._children

    def child(self, number: int, field: str, *, plain: bool = True) -> str:
        """Return the answer for the child of this number, from 0."""
        self._note(field, plain=plain)
        self._children = max(self._children, min(number + 1, len(self._case.children)))
        children = self._case.children
        return children[number].get(field, "") if number < len(children) else ""

    def children(self, most: int, *fields: str) -> list[tuple[str, ...]]:
        """Return a row of these fields for each child, at most so many."""
        return [tuple(self.child(number, field) for field in fields) for number in range(self.count(most))]

    def family(self, most: int = 9, *, plain: bool = True) -> list[tuple[str, str, str, str]]:
        """Return the family's rows: name, relationship, date of birth, address."""
        self._note("family.members", plain=plain)
        self._family = most
        return list(self._case.family[:most])

    def agencies(self, most: int = 9, *, plain: bool = True) -> list[tuple[str, str, str]]:
        """Return the agencies' rows: agency, worker, contact."""
        self._note("agencies.involved", plain=plain)
        self._agencies = most
        return list(self._case.agencies[:most])

    def risk(self, *, plain: bool = True) -> tuple[str, str]:
        """Return "Yes", "No" or "" and the words with it."""
        self._note("safety.current_risk", plain=plain)
        self._risk = self._case.risk
        return self._risk

    def options(self, field: str, offered: Mapping[str, str], *, plain: bool = True) -> list[tuple[str, bool]]:
        """Return each offered wording and whether it is ticked; ``offered`` is recorded word -> wording."""
        self._note(field, plain=plain)
        chosen = self._case.choices.get(field, ())
        self._choices[field] = tuple(word for word in chosen if word in offered)
        return [(wording, word in chosen) for word, wording in offered.items()]

    def criteria(self, *, plain: bool = True) -> list[tuple[str, bool]]:
        """Return the two criteria of the law, ticked or not."""
        return self.options("referral.criteria", {w[0]: self.one_of(*w) for w in (DIED, HARMED)}, plain=plain)

    def parallel(self, *words: str, plain: bool = True) -> list[tuple[str, bool]]:
        """Return parallel processes, these or all, ticked or not."""
        offered = {word: self.one_of(*PARALLEL[word]) for word in words or PARALLEL}
        return self.options("parallel.processes", offered, plain=plain)

    def harm(self, *, plain: bool = True) -> list[tuple[str, bool]]:
        """Return the kinds of harm, ticked or not."""
        return self.options("incident.harm", {w: self.one_of(*said) for w, said in HARM.items()}, plain=plain)

    def truth(self) -> Case:
        """Return the case as it stands in the document so far."""
        case, shown = self._case, self._shown
        return replace(
            case,
            answers={field: text for field, text in case.answers.items() if field in shown},
            choices={field: words for field, words in self._choices.items() if words},
            children=tuple(
                {field: text for field, text in child.items() if field in shown}
                for child in case.children[: self._children]
            ),
            family=case.family[: self._family],
            agencies=case.agencies[: self._agencies],
            risk=self._risk,
        )

    def rendered(self, name: str, kind: str, made: Paper | bytes) -> Rendered:
        """Return the document with what it asks and what stands in it."""
        data = WRITERS[kind](made) if isinstance(made, Paper) else made
        return Rendered(data, kind, frozenset(self._asked), name, self.truth())


def box(ticked: bool) -> str:
    """Return a tick-box."""
    return TICKED if ticked else UNTICKED


def yes_no(answer: str) -> str:
    """Return a Yes and a No with their boxes."""
    return f"Yes {box(answer == 'Yes')}  No {box(answer == 'No')}"
