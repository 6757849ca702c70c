"""Is a child at risk now, as far as words can tell?

The program never answers no: it only knows when to call a person.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import takewhile

from intake.checks.context import CheckContext
from intake.domain.findings import Finding, FindingKind, Severity
from intake.domain.referral import Referral
from intake.settings.neighbours import Safety

AT_RISK = "child-at-risk-now"
NOT_ANSWERED = "current-risk-not-answered"
SAID_ON_THE_FORM = "form-says-at-risk"
"""Alert code of an answer to the form's own question that is not a plain no; the others are the configuration's."""

FIELD = "safety.current_risk"

KINDS = (
    FindingKind(AT_RISK, "Words or an answer suggest that a child may be at risk now", Severity.ALERT),
    FindingKind(NOT_ANSWERED, "The form does not say whether any child is at risk now", Severity.TODAY),
)

SENTENCE = re.compile(r"[.!?;:]+|\r?\n[ \t]*\r?\n")
"""Ends of sentences and paragraphs; a single line end is a mail program's folding."""
QUOTED = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
"""Lines quoted from an earlier mail (RFC 3676 4.5): often our own safety block coming back."""


def ask(referral: Referral, context: CheckContext) -> tuple[Finding, ...]:
    """Find alert and unanswered question; the detail counts the kinds of alert."""
    alerts = alerts_of(referral, context.settings.safety)
    if alerts:
        return (Finding(AT_RISK, referral.document, {"kinds": len(alerts), "codes": ",".join(alerts)}),)
    asked = context.asks(referral.sheet, FIELD)
    unanswered = asked and not any(True for _ in _answers(referral))
    return (Finding(NOT_ANSWERED, referral.document),) if unanswered else ()


def alerts_of(referral: Referral, safety: Safety) -> tuple[str, ...]:
    """Return the alert codes of a form: from all its words, and from its own question."""
    texts = [r.text.reveal() for r in referral.readings] + [u.text.reveal() for u in referral.unplaced]
    found = {code for text in texts for code in alerts_in(text, safety)}
    if _says_yes(tuple(_answers(referral)), safety):
        found.add(SAID_ON_THE_FORM)
    return tuple(sorted(found))


def alerts_in(text: str, safety: Safety) -> tuple[str, ...]:
    """Return the codes of the phrases that stand in ``text``, sorted; quoted lines and standing advice are left out."""
    found: set[str] = set()
    for written in SENTENCE.split(QUOTED.sub("", text)):
        sentence = _without_our_own(_plain(_without_advice(written, safety)), safety)
        found.update(code for code, phrases in safety.phrases.items() if _holds(sentence, phrases))
    return tuple(sorted(found))


def _without_advice(written: str, safety: Safety) -> str:
    """Leave out what advises whoever reads it: from the line that begins so to the end of the sentence."""
    openings = tuple(f"{_plain(start)} " for start in safety.standing_advice)
    lines = written.splitlines()
    return "\n".join(takewhile(lambda line: not f"{_plain(line)} ".startswith(openings), lines))


def _without_our_own(sentence: str, safety: Safety) -> str:
    """Take out the safety block of our letters, which comes back with every answer to them."""
    for own in (*SENTENCE.split(safety.lead), *(channel.name for channel in safety.channels)):
        sentence = sentence.replace(_plain(own), "")
    return sentence.strip()


def _holds(sentence: str, phrases: Iterable[str]) -> bool:
    return any(_pattern(phrase).search(sentence) for phrase in phrases)


@lru_cache(maxsize=2_000)
def _pattern(phrase: str) -> re.Pattern[str]:
    """Match the phrase as whole words, unless "not" or "no" stands right before it."""
    return re.compile(rf"(?<!\bnot )(?<!\bno )(?<!\bnot in )(?<!\bnot at )(?<!\w){re.escape(_plain(phrase))}(?!\w)")


def _plain(text: str) -> str:
    """Return text in lower case, words one space apart, apostrophes gone."""
    lower = text.casefold().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    return " ".join(re.findall(r"\w+", lower))


def _answers(referral: Referral) -> Iterator[str]:
    return (reading.text.reveal() for reading in referral.answers(FIELD) if reading.text.reveal().strip())


def _says_yes(answers: tuple[str, ...], safety: Safety) -> bool:
    """Tell whether the form's own question is answered by anything but a plain no.

    Beside a plain no, what action was taken may stand: then only a "yes" or a doubt makes it an alert.
    """
    if not answers:
        return False
    plain_no = [answer for answer in answers if _reassures(answer, safety)]
    rest = [_plain(answer) for answer in answers if answer not in plain_no]
    if not plain_no:
        return True
    return any(answer.split()[:1] == ["yes"] or _doubts(answer, safety) for answer in rest)


def _reassures(answer: str, safety: Safety) -> bool:
    """Tell whether an answer is a plain no, going on after a mark at most, and without a doubt."""
    opening, _, remainder = _split_at_mark(answer)
    plain_nos = {_plain(no) for no in safety.reassurances}
    if _plain(answer) in plain_nos:
        return True
    return _plain(opening) in plain_nos and not _doubts(_plain(remainder), safety)


def _split_at_mark(answer: str) -> tuple[str, str, str]:
    mark = re.search(r"[,.;:!\n\r(]|\s[-\N{EN DASH}\N{EM DASH}]\s?", answer)
    return (answer[: mark.start()], mark.group(), answer[mark.end() :]) if mark else (answer, "", "")


def _doubts(plain: str, safety: Safety) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(_plain(doubt))}(?!\w)", plain) for doubt in safety.doubts)
