"""Load the letters' words from ``config/letters/`` and try every sentence out before the program starts."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import jinja2

from intake.errors import ConfigFault, Misconfigured, refuse_if_passing
from intake.settings import toml
from intake.settings.words import Common, Facts, LetterWords, Part, PartKind, ReportWords, Words, lay_out, say
from parsers.template import Library

ANSWER_FACTS: Facts = {
    "references": ("SSCP-2026-000000", "SSCP-2026-000001"),
    "reference": "SSCP-2026-000000",
    "received": "9am on Monday 2 November 2026",
    "documents": 2,
    "sections": ("A section",),
    "note": "A note.",
    "limit_megabytes": 60,
    "unit": "A unit",
}
ALERT_FACTS: Facts = {
    "message": "m-000000000000",
    "reference": "SSCP-2026-000000",
    "received": "9am on Monday 2 November 2026",
    "codes": ("A code",),
    "repeated": 2,
    "unit": "A unit",
}
REPORT_FACTS: Facts = {
    "date": "Monday 2 November 2026",
    "alerts": 2,
    "today": 2,
    "attention": 2,
    "letters": 2,
    "deadlines": 1,
    "waiting": 2,
    "duplicates": 1,
    "unaccounted": 2,
    "unit": "A unit",
}
LETTERS: Mapping[str, Facts] = {"acknowledgement": ANSWER_FACTS, "receipt": ANSWER_FACTS, "safety-alert": ALERT_FACTS}
"""The letters there are, and the facts each may name (with values to try its sentences on)."""

NEED_SAFETY_BLOCK = frozenset({"acknowledgement", "receipt"})
"""Letters to senders carry the safety block, all of them (domain.md, "A child may be at risk now")."""


def section_titles(library: Library) -> Mapping[str, str]:
    """Return each section key's title, the first sheet's where several have the key."""
    titles: dict[str, str] = {}
    for sheet in library.sheets:
        for section in sheet.sections:
            titles.setdefault(section.key, section.title)
    return titles


def load_words(folder: Path, titles: Mapping[str, str] | None = None) -> Words:
    """Return the words of ``folder``; raises Misconfigured with every fault of every file, each with its place.

    ``titles`` are the form sheets' section titles (:func:`section_titles`).
    """
    faults: list[ConfigFault] = []
    letters = {name: toml.read(folder / f"{name.replace('-', '_')}.toml", LetterWords, faults) for name in LETTERS}
    common = toml.read(folder / "common.toml", Common, faults)
    report = toml.read(folder / "report.toml", ReportWords, faults)
    text, html = (_text(folder / name, faults) for name in ("layout.txt", "layout.html"))
    for name, letter in letters.items():
        if letter is not None:
            faults += _faults_of(f"{name.replace('-', '_')}.toml", name, letter)
    faults += _report_faults(report)
    faults += _layout_faults(text, html)
    if faults or common is None or report is None:
        raise Misconfigured(faults)
    return Words(
        letters={name: letter for name, letter in letters.items() if letter is not None},
        common=common,
        report=report,
        text_layout=text,
        html_layout=html,
        section_titles=dict(titles or {}),
    )


def _text(file: Path, faults: list[ConfigFault]) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as fault:
        if isinstance(fault, OSError):
            refuse_if_passing(fault, "config")
        faults.append(ConfigFault(file.name, "", f"cannot be read ({type(fault).__name__})"))
        return ""


def _faults_of(file: str, name: str, letter: LetterWords) -> Iterator[ConfigFault]:
    """Try out every sentence of a letter, and see that what must stand in it does."""
    facts = LETTERS[name]
    for place, sentence in _sentences(letter):
        says = _trial(sentence, facts)
        if says:
            yield ConfigFault(file, place, says)
    yield from _subject_faults(file, letter.subject)
    for number, part in enumerate(letter.part):
        for key in ("when", "unless", "each"):
            fact = getattr(part, key)
            if fact and fact not in facts:
                yield ConfigFault(file, f"part[{number}].{key}", f"no fact {fact!r}; there are {_names(facts)}")
    if name in NEED_SAFETY_BLOCK and not any(_always_safety(part) for part in letter.part):
        yield ConfigFault(file, "part", 'needs one part with kind = "safety" and without when or unless')


def _always_safety(part: Part) -> bool:
    return part.kind is PartKind.SAFETY and not part.when and not part.unless


def _sentences(letter: LetterWords) -> Iterator[tuple[str, str]]:
    yield "subject", letter.subject
    yield "heading", letter.heading
    for number, part in enumerate(letter.part):
        yield f"part[{number}].text", part.text
        for at, item in enumerate(part.items):
            yield f"part[{number}].items[{at}]", item
        for at, (label, value) in enumerate(part.rows):
            yield f"part[{number}].rows[{at}]", f"{label}{value}"


def _subject_faults(file: str, subject: str) -> Iterator[ConfigFault]:
    if "\n" in subject.strip():
        yield ConfigFault(file, "subject", "must be one line")
    if "=?" in subject:
        yield ConfigFault(file, "subject", "must be written plainly, not as an encoded word (=?...?=)")


def _report_faults(report: ReportWords | None) -> Iterator[ConfigFault]:
    yield from _subject_faults("report.toml", report.subject if report else "")
    for name in ("subject", "heading", "quiet", "busy", "unaccounted"):
        says = _trial(getattr(report, name, ""), REPORT_FACTS)
        if says:
            yield ConfigFault("report.toml", name, says)


def _trial(sentence: str, facts: Facts) -> str | None:
    try:
        say(sentence, facts)
    except jinja2.TemplateError as fault:
        return f"{fault.message}; there are {_names(facts)}"
    except (TypeError, ValueError, ArithmeticError) as fault:
        return f"cannot be filled in ({type(fault).__name__})"
    return None


def _names(facts: Facts) -> str:
    return ", ".join(sorted(facts))


def _layout_faults(text: str, html: str) -> Iterator[ConfigFault]:
    """Lay out a letter without parts: finds wrong syntax and unknown names outside the parts."""
    for name, layout, as_html in (("layout.txt", text, False), ("layout.html", html, True)):
        try:
            lay_out(layout, html=as_html, unit="", heading="", parts=(), closing="")
        except jinja2.TemplateSyntaxError as fault:
            yield ConfigFault(name, f"line {fault.lineno}", fault.message or "is no template")
        except jinja2.TemplateError as fault:
            yield ConfigFault(name, "", fault.message or "cannot be filled in")
