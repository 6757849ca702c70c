"""The draft of a form sheet as TOML: what was placed as lines that load, what a person must place as comments.

Every word came from a stranger's form: in a string or a comment it stands escaped, so that nothing of it is TOML.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from intake.blank_form.slugs import slug, unused
from parsers.contract import Draft, DraftQuestion, DraftSection
from parsers.template import Library

MARK: Final = "# PLACE: "
"""Begins every line a person must act on."""
BY_CRITERIA: Final = "by-criteria"
NOT_STATED: Final = "not stated"
_ESCAPED: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_WHY: Final = {
    "unknown-label": "no label says which field this is",
    "likely-label": "probably this field, but its label or heading leaves a doubt",
    "asked-twice": "this field is asked for above already",
    "other-options": "the field's own options are others than the form's",
    "other-columns": "the field's own columns are others than the form's",
    "asked-of-a-child": "a child's question among others: give it a section with children = N",
    "not-asked-of-a-child": "no child's question, but it stands among a child's: give it a section of its own",
}


@dataclass(frozen=True, slots=True)
class DraftedSheet:
    """A sheet's TOML, and a line for each thing that a person must place."""

    toml: str
    to_place: tuple[str, ...]


def drafted_sheet(draft: Draft, library: Library, *, name: str = "") -> DraftedSheet:
    """Return a blank form's sheet as a draft; ``name`` is the file's own where it is known, and becomes the key."""
    writing = _Writing(library)
    writing.head(draft, unused(slug(name or draft.untrusted_title), {sheet.key for sheet in library.sheets}))
    known = {section.key for section in draft.sections}
    for section in draft.sections:
        writing.section(section, section.key or unused(slug(section.untrusted_title), known | writing.keys))
    return DraftedSheet("\n".join(writing.lines) + "\n", tuple(writing.to_place))


class _Writing:
    """One sheet being written, line by line."""

    def __init__(self, library: Library) -> None:
        self.lines: list[str] = []
        self.to_place: list[str] = []
        self.keys: set[str] = set()
        self._library = library

    def head(self, draft: Draft, key: str) -> None:
        self.lines += [
            f"# Drafted by `intake form learn` from a blank {draft.kind.value}. Read it against the form before use.",
            "# A line without # was placed with certainty. A line marked PLACE is yours to decide: where the lines",
            "# below it are right, take their # away. `intake form try FILE` shows what is read from a filled form.",
            "",
            f"key = {_text(key)}",
            f"title = {_text(draft.untrusted_title)}",
        ]
        if draft.neighbour is not None:
            self._place(f"this looks like the form of another process ({draft.neighbour}); a sheet would make it ours")
        ours = self._speaks_of_a_review(draft.untrusted_title)
        if not ours:
            self._place("the title speaks of no practice review: each form that begins with it would be taken for ours")
        if not draft.untrusted_edition:
            self._place("the form does not say its edition")
        self.lines.append(f"edition = {_text(draft.untrusted_edition or NOT_STATED)}")
        if not any(question.field == "referral.criteria" for each in draft.sections for question in each.questions):
            self._place(f'the type of referral: "{BY_CRITERIA}", or the one type this form is for')
        self.lines += [
            f"referral_type = {_text(BY_CRITERIA)}",
            "reconstruction = false",
            f"header = {_text(draft.untrusted_header)}",
        ]
        if not ours:
            self._place("marks: phrases near its top that only a referral for a practice review has")
        self.lines.append(f"marks = [{_text(draft.untrusted_title) if ours else ''}]")

    def _speaks_of_a_review(self, title: str) -> bool:
        """Tell whether a title has a word of each group of ``title_words``: what makes a form ours by its title."""
        said = " ".join(re.findall(r"[a-z0-9]+", title.casefold()))
        groups = self._library.title_words
        return bool(groups) and all(any(f" {word} " in f" {said} " for word in group) for group in groups)

    def section(self, section: DraftSection, key: str) -> None:
        self.keys.add(key)
        self.lines += ["", "[[sections]]", f"key = {_text(key)}", f"title = {_text(section.untrusted_title)}"]
        if not section.answers:
            self.lines.append("answers = false  # not read: office use, guidance or an appendix")
        if section.children:
            self.lines.append(f"children = {section.children}")
        if section.untrusted_text:
            self.lines += ["text = [", *(f"    {_text(line)}," for line in section.untrusted_text), "]"]
        for question in section.questions:
            self._question(question)

    def _question(self, question: DraftQuestion) -> None:
        label = _visible(question.untrusted_label)
        self.lines.append("")
        if question.why is not None:
            self._place(f"'{label}' ({question.where}): {_WHY.get(question.why, question.why)}; {_asks(question)}")
        elif question.untrusted_options:
            self._place(f"'{label}': no option of {question.field} is {_listed(question)}; see wordings in labels.toml")
        start = "" if question.why is None else "# "
        self.lines += [start + line for line in _lines_of(question)]
        if question.untrusted_tag:
            tag = _text(question.untrusted_tag)
            self.lines.append(f"# tag = {tag}  # its control's name: only if no other form has it")

    def _place(self, what: str) -> None:
        self.lines.append(MARK + _visible(what))
        self.to_place.append(_visible(what))


def _lines_of(question: DraftQuestion) -> Iterator[str]:
    yield "[[sections.questions]]"
    yield f"field = {_text(question.field or '')}"
    yield f"label = {_text(question.untrusted_label)}"
    if question.untrusted_guidance:
        yield f"guidance = {_text(question.untrusted_guidance)}"
    if question.choices:
        yield f"choices = [{', '.join(map(_text, question.choices))}]"


def _asks(question: DraftQuestion) -> str:
    """Say what sort of answer a question takes, with the options or columns that are the form's own."""
    listed = f": {_listed(question)}" if question.untrusted_options else ""
    return f"it takes {question.kind.replace('-', ' ')}{listed}"


def _listed(question: DraftQuestion) -> str:
    return " / ".join(f"'{option}'" for option in question.untrusted_options)


def _text(words: str) -> str:
    """Return a TOML basic string."""
    return '"' + "".join(map(_sign, words)) + '"'


def _sign(sign: str) -> str:
    if sign in _ESCAPED:
        return _ESCAPED[sign]
    return sign if sign.isprintable() else f"\\U{ord(sign):08x}"


def _visible(words: str) -> str:
    """Return words for a comment or a terminal: on one line, nothing that steers either."""
    return "".join(sign if sign.isprintable() else " " for sign in words)
