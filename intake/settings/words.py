"""The words of the letters as types: what ``config/letters/*.toml`` may say, part by part (domain.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Annotated

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import Field

from intake.settings.model import Model

Facts = Mapping[str, object]
"""What a letter's sentences may name; a name that is not there is a fault, never an empty place."""


class PartKind(StrEnum):
    """What a part of a letter is, whatever it looks like in plain text or HTML."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    """The items of ``items``, or one for each of the fact named by ``each``."""
    ROWS = "rows"
    """Pairs of a name and a value; a row whose value comes out empty is left out."""
    SAFETY = "safety"
    """The safety block, from ``safety.toml``."""


class Part(Model):
    """One part; ``when`` names a fact without which the part is left out, ``unless`` one with which it is."""

    kind: PartKind
    text: str = ""
    items: tuple[str, ...] = ()
    each: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    when: str = ""
    unless: str = ""


class LetterWords(Model):
    """One letter: its subject and heading, and its parts in order."""

    subject: str
    heading: str
    part: tuple[Part, ...] = ()


class ReportSection(Model):
    """A section of the nightly report: the codes (``*`` stands for any ending) and severities it lists."""

    heading: str
    codes: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()


class ReportWords(Model):
    """The nightly report (``report.toml``)."""

    subject: str
    heading: str
    quiet: str
    """What an empty night says: silence must not look like success."""
    busy: str
    unaccounted: str
    deadlines_heading: str
    letters_heading: str
    mails_heading: str
    health_heading: str
    section: Annotated[tuple[ReportSection, ...], Field(min_length=1)]
    meanings: Mapping[str, str]
    """What a code says to staff; a code without words stands for itself."""


class Common(Model):
    """What every letter shares (``common.toml``)."""

    unit: str
    """Who writes, at the head of each letter."""
    safety_heading: str
    privacy: str
    """Last words of each letter to a sender: how personal information is handled and whom to ask."""
    duty: str
    """Last words of each letter to our own people."""
    notes: Mapping[str, str]
    """What a note's code says to the sender; ``default`` for a code that has no words of its own."""
    alert_codes: Mapping[str, str]
    """What an alert's code says to the duty channel; a code without words stands for itself."""


@dataclass(frozen=True, slots=True)
class Words:
    """All letters' words, tried out when they were loaded, and the two ways a letter is laid out."""

    letters: Mapping[str, LetterWords]
    common: Common
    report: ReportWords
    text_layout: str = field(repr=False)
    html_layout: str = field(repr=False)
    section_titles: Mapping[str, str] = field(default_factory=dict)
    """Section key of the form sheets -> its title there."""

    def title_of(self, section: str) -> str:
        """Return a section's title; a key no sheet has any more is made readable."""
        return self.section_titles.get(section) or section.replace("-", " ").capitalize()

    def note(self, code: str | None) -> str:
        """Return what a note says; never fails, since a missing sentence must not cost the whole letter."""
        if code is None:
            return ""
        return self.common.notes.get(code) or self.common.notes.get("default", "")


def say(sentence: str, facts: Facts) -> str:
    """Fill in one sentence of plain text; raises jinja2.TemplateError for a wrong sentence or an unknown name."""
    return _sentence(sentence).render(facts).strip()


def lay_out(layout: str, *, html: bool, **content: object) -> str:
    """Fill in a layout; in HTML every value is escaped."""
    return _layout(layout, html=html).render(content)


@lru_cache(maxsize=256)
def _sentence(source: str) -> jinja2.Template:
    return _environment(html=False).from_string(source)


@lru_cache(maxsize=8)
def _layout(source: str, *, html: bool) -> jinja2.Template:
    return _environment(html=html).from_string(source)


@lru_cache(maxsize=2)
def _environment(*, html: bool) -> jinja2.Environment:
    """Return an environment in which a template can neither reach code nor leave a gap."""
    return ImmutableSandboxedEnvironment(
        autoescape=html,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
