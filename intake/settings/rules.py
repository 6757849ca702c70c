"""Cross-checks of the partnership's rules: working days and the safety block."""

from collections.abc import Iterator

from intake.errors import ConfigFault
from intake.settings.neighbours import Safety, WorkingDays

Found = Iterator[tuple[str, str]]


def faults(working_days: WorkingDays | None, safety: Safety | None) -> list[ConfigFault]:
    """Return every fault of the two files; a file that could not be read (None) is checked no further."""
    found: list[ConfigFault] = []
    if working_days is not None:
        found += [ConfigFault("working_days.toml", place, says) for place, says in _holidays(working_days)]
    if safety is not None:
        found += [ConfigFault("safety.toml", place, says) for place, says in _safety(safety)]
    return found


def _holidays(file: WorkingDays) -> Found:
    both = set(file.bank_holidays.extra) & set(file.bank_holidays.not_holidays)
    if both:
        yield "bank_holidays.not_holidays", f"{min(both)} is given as a holiday and as none"


def _safety(file: Safety) -> Found:
    if not file.lead.strip():
        yield "lead", "the block needs its first sentence"
    if not file.phrases:
        yield "phrases", "without any, no words would ever raise an alert"
    for code, phrases in file.phrases.items():
        if not phrases or any(len(phrase.split()) == 0 for phrase in phrases):
            yield f"phrases.{code}", "needs phrases, none of them empty"
