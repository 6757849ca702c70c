"""Which section a line is the title of: by its words exactly, nearly, or, on somebody else's form, by hints."""

import re
from collections.abc import Iterable, MutableMapping
from typing import Any, Final

from msgspec.structs import replace
from rapidfuzz import fuzz, process

from parsers.recognise.wordings import NEAR
from parsers.template import Hint, Question, Section, Sheet
from parsers.values.text import plain, plain_whole
from parsers.values.ticks import ticks

MAX_LABEL_LETTERS: Final = 200
LEAST_NEAR_TITLE: Final = 8
MAX_PARTINGS: Final = 4
MAX_HINTED_LETTERS: Final = 120
MAX_JOINED: Final = 3
MAX_REMEMBERED: Final = 5_000
"""Wordings whose meaning is kept: the same labels stand on every form."""
_PARTING: Final = re.compile(r"[:?]|\n|_{3,}|\.{4,}|\u2026|\s[-\u2013\u2014]\s")


class Titles:
    """The titles of a form's sections."""

    def __init__(
        self, sections: tuple[Section, ...], hints: Iterable[Hint], title_words: Iterable[Iterable[str]]
    ) -> None:
        """``hints`` tell other people's titles, ``title_words`` the title of a whole referral (template.Library)."""
        self.sections = sections
        self._sections = {plain(title): s for s in reversed(sections) for title in (*reversed(s.also), s.title)}
        self._hints = tuple((hint.section, tuple(map(plain_whole, hint.words))) for hint in hints)
        self._title_words = tuple(tuple(map(plain_whole, group)) for group in title_words)
        self._met: dict[str, Section | None] = {}

    def section(self, text: str) -> Section | None:
        """Return the section this text is the heading of, or None."""
        if not 0 < len(text) <= MAX_LABEL_LETTERS:
            return None
        if text not in self._met:
            forget(self._met)
            self._met[text] = self._titled(text)
        return self._met[text]

    def _titled(self, text: str) -> Section | None:
        words = plain(text)
        known = self._sections.get(words)
        if known is not None or len(words) < LEAST_NEAR_TITLE or partings(text):
            return known
        near = process.extractOne(words, self._sections.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=NEAR)
        return self._sections[near[0]] if near is not None else None

    def hinted(self, text: str) -> Section | None:
        """Return what a heading of somebody else's form is about by its words; several sections' words join them.

        Only for what looks like a heading, and is no sentence and no whole form's title: the words are common ones.
        """
        if not 0 < len(text) <= MAX_HINTED_LETTERS or (text.endswith(".") and " " in text):
            return None
        if self.is_title_of_referral(plain_whole(text)) or ticks(text):
            return None
        words = f" {plain_whole(text)} "
        meant = [key for key, hints in self._hints if any(f" {hint} " in words for hint in hints)]
        sections = [section for section in self.sections if section.key in meant]
        closed = [section for section in sections if not section.answers]
        if closed or not 0 < len(sections) <= MAX_JOINED:
            return closed[0] if closed else None
        joint = sections[0]
        for section in sections[1:]:
            joint = _joined(joint, section, key=f"{joint.key}-{section.key}"[:40])
        return joint

    def is_title_of_referral(self, title: str) -> bool:
        """Tell whether a line, made comparable, speaks of a review and of referring to it."""
        words = f" {title} "
        groups = self._title_words
        return bool(groups) and all(any(f" {word} " in words for word in group) for group in groups)


def forget(met: MutableMapping[Any, Any]) -> None:
    """Keep a memory small whatever a stranger's documents say."""
    if len(met) >= MAX_REMEMBERED:
        met.clear()


def partings(text: str) -> list[re.Match[str]]:
    """Return the first marks that may part a label from what follows it; one at the very end parts nothing."""
    found = _PARTING.finditer(text[: MAX_LABEL_LETTERS + 1])
    return [parting for parting in found if text[parting.end() :].strip()][:MAX_PARTINGS]


def merged(sheets: Iterable[Sheet]) -> tuple[Section, ...]:
    """Join the sections of all sheets by key, for a layout that none of them is."""
    by_key: dict[str, Section] = {}
    for sheet in sheets:
        for section in sheet.sections:
            known = by_key.get(section.key)
            by_key[section.key] = section if known is None else _joined(known, section)
    return tuple(by_key.values())


def _joined(first: Section, second: Section, *, key: str = "") -> Section:
    others = {question.field: question for question in reversed(second.questions)}
    asked = {question.field for question in first.questions}
    return Section(
        key=key or first.key,
        title=first.title,
        also=(*first.also, second.title, *second.also),
        answers=first.answers and second.answers,
        children=max(first.children, second.children),
        questions=(
            *(_with_wordings(question, others.get(question.field)) for question in first.questions),
            *(question for question in second.questions if question.field not in asked),
        ),
        text=first.text,
    )


def _with_wordings(question: Question, other: Question | None) -> Question:
    """Return a question with the words that another sheet has for it."""
    if other is None or other.label == question.label:
        return question
    return replace(question, also=(*question.also, other.label, *other.also))
