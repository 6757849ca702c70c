"""Whom a heading of a blank form speaks of, and whether the labels below it can mean nobody else."""

import re
from dataclasses import dataclass
from typing import Final

from parsers.drafting.words import Words
from parsers.template import Section

_OTHERS: Final = re.compile(
    r"\b(?:mother|father|parents?|carers?|siblings?|brothers?|sisters?|partner|household|perpetrator|alleged|adults?"
    r"|relatives?|worker|professionals?|manager|school|gp|practitioner|spouse|guardian|emergency contact)\b",
    re.IGNORECASE,
)
"""Whom a heading may name beside the child its other words hint at ("Mother of the child")."""
_SUPERIOR: Final = re.compile(r"\b(?:manager|supervisor|head|second|other|additional)\b", re.IGNORECASE)
"""The same beside any other ("Referrer's line manager")."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a heading says its section is about; ``sure`` where the labels below it can mean nobody else."""

    section: Section | None = None
    sure: bool = False


def spoken_of(title: str, words: Words) -> Spoken:
    """Return what a heading says: by a section's very title surely, by its words unless they may mean another."""
    exact = words.labels.section(title)
    if exact is not None:
        return Spoken(exact, sure=True)
    hinted = words.section(title)
    if hinted is None or hinted.key not in {section.key for section in words.labels.sections}:
        return Spoken(hinted)
    others = _OTHERS if hinted.children else _SUPERIOR
    return Spoken(hinted, sure=others.search(title) is None)


def hints_elsewhere(label: str, spoken: Spoken, words: Words) -> bool:
    """Tell whether a label nobody knows may be the heading of another section, so that what follows is unsure."""
    here, there = spoken.section, words.section(label)
    return there is not None and (here is None or there.key != here.key)
