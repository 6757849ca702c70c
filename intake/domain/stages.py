"""The stages of a message and the only ways between them (architecture.md, "The story")."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a message stands. What is durable at each commit is told beside each."""

    RECEIVED = "received"
    """The original is sealed in the vault and fsynced, row and log line are committed; only now may it be moved."""
    SCREENED = "screened"
    """Verdicts on sender, attachments, malware and loops, with their evidence."""
    PARSED = "parsed"
    """Every reading of every form with its place and certainty; what could not be read, as open exceptions."""
    CHECKED = "checked"
    """Findings: timeliness, sign-off, completeness, agency, duplicates, current risk."""
    REGISTERED = "registered"
    """One case entry (or version) per form, its exceptions, the acknowledgement in the outbox: one transaction."""
    HELD = "held"
    """Waits for a person today, with its reason; its sender may have a receipt without reference."""
    QUARANTINED = "quarantined"
    """Judged hostile: nothing opened, no letter ever."""
    SET_ASIDE = "set-aside"
    """Not a referral, and why."""


WORKERS_WAYS: dict[Stage, frozenset[Stage]] = {
    Stage.RECEIVED: frozenset({Stage.SCREENED, Stage.QUARANTINED, Stage.SET_ASIDE, Stage.HELD}),
    Stage.SCREENED: frozenset({Stage.PARSED, Stage.SET_ASIDE, Stage.HELD}),
    Stage.PARSED: frozenset({Stage.CHECKED, Stage.HELD}),
    Stage.CHECKED: frozenset({Stage.REGISTERED, Stage.HELD}),
    Stage.REGISTERED: frozenset(),
    Stage.HELD: frozenset(),
    Stage.QUARANTINED: frozenset(),
    Stage.SET_ASIDE: frozenset(),
}
"""The ways the machine may go by itself; it never cycles."""

PEOPLES_WAYS: dict[Stage, frozenset[Stage]] = {
    Stage.HELD: frozenset({Stage.RECEIVED, Stage.PARSED, Stage.SET_ASIDE}),
    Stage.QUARANTINED: frozenset({Stage.SCREENED, Stage.SET_ASIDE}),
    Stage.SET_ASIDE: frozenset({Stage.RECEIVED, Stage.HELD}),
}
"""The ways only a person may take a message, by name and with a reason."""

WORKABLE = frozenset(stage for stage, ways in WORKERS_WAYS.items() if ways)
"""Stages the worker takes up; the others wait for a person or are done."""


def worker_may(here: Stage, there: Stage) -> bool:
    """Tell whether the machine alone may move a message from ``here`` to ``there``."""
    return there in WORKERS_WAYS[here]


def person_may(here: Stage, there: Stage) -> bool:
    """Tell whether a person may move a message from ``here`` to ``there``."""
    return there in PEOPLES_WAYS.get(here, frozenset())
