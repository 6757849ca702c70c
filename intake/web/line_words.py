"""What a line of the log says beside its event: where to, which letter, which answer, which step, and why."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from intake.domain.case_file import LinkVerdict
from intake.domain.case_way import Decision, Step
from intake.letters.london import day_in_words
from intake.web import words
from intake.web.code_words import SIGNING_IN
from intake.web.way_words import DECISIONS, STEPS

Line = Mapping[str, Any]
Said = Iterator[str | None]
UNSAID = frozenset({"by-a-person"})
"""Reasons that say no more than the event does, beside the event's own name."""
VERDICTS: Mapping[str, str] = {
    LinkVerdict.ACCEPTED.value: "they belong together",
    LinkVerdict.REFUSED.value: "they do not belong together",
}
LOOKS = frozenset({"looked"})
"""Events that only say that somebody looked."""


AREAS: Mapping[str, str] = {
    "today": "the first page", "intake_log": "the intake log", "message": "an email", "keying": "an email",
    "case": "a case", "case_way": "a case", "correcting": "a case", "exceptions": "exceptions", "figures": "figures",
    "trail": "the trail", "configuration": "the configuration", "accounts": "accounts",
}  # fmt: skip
"""What a refused page is about, by the first half of its name."""


def more(line: Line) -> str:
    """Return all that a line says beside its event and who it is by; empty where that is all."""
    said = (*_of_event(line), *_why(line))
    return ". ".join(dict.fromkeys(one[0].upper() + one[1:] for one in said if one))


def _of_event(line: Line) -> Said:
    tell = OF_EVENTS.get(line["event"])
    if tell is not None:
        yield from tell(line, line["details"])


def _why(line: Line) -> Said:
    why, event = line["why"], line["event"]
    if event == "refused":
        yield AREAS.get(why.partition(".")[0])
        return
    if why in UNSAID | {event, line.get("to")} or (event == "letter-released" and why == line["details"].get("kind")):
        return
    yield SIGNING_IN.get(why) if event == "sign-in-failed" and why in SIGNING_IN else words.why(why)


def _moved(line: Line, _told: Line) -> Said:
    yield words.stage(line["to"]) if line.get("to") else None


def _letter(_line: Line, told: Line) -> Said:
    yield words.why(told["kind"]) if told.get("kind") else None


def _corrected(line: Line, told: Line) -> Said:
    yield from _field(line, told)
    yield f"case {line['case']}" if line.get("case") else None


def _field(_line: Line, told: Line) -> Said:
    if told.get("field"):
        child = f", child {told['child']}" if told.get("child") else ""
        yield words.label(told["field"]) + child


def _step(_line: Line, told: Line) -> Said:
    if told.get("step") in set(Step):
        day = f", {day_in_words(date.fromisoformat(told['day']))}" if told.get("day") else ""
        yield STEPS[Step(told["step"])] + day
    if told.get("decision") in set(Decision):
        yield DECISIONS[Decision(told["decision"])]


def _owner(_line: Line, told: Line) -> Said:
    yield told.get("owner") or "nobody any more"


def _link(_line: Line, told: Line) -> Said:
    yield words.why(told["kind"]) if told.get("kind") else None
    yield f"case {told['other']}" if told.get("other") else None
    yield VERDICTS.get(str(told.get("verdict")))


def _account(_line: Line, told: Line) -> Said:
    yield f"account {told['account']}" if told.get("account") else None
    roles = told.get("roles") or ()
    names = [one for one in (roles.split(",") if isinstance(roles, str) else roles) if one]
    yield "now " + " and ".join(names) if names else ("no role any more" if "roles" in told else None)


OF_EVENTS: Mapping[str, Callable[[Line, Line], Said]] = {
    "moved": _moved, "moved-by-person": _moved, "keyed": _moved, "unlocked": _moved,
    "letter-sent": _letter, "letter-found": _letter, "letter-put-off": _letter, "letter-abandoned": _letter,
    "letter-released": _letter, "value-keyed": _corrected, "judged-again": _corrected,
    "step-recorded": _step, "step-taken-back": _step, "owner-set": _owner, "link-judged": _link,
    "account-added": _account, "account-disabled": _account, "account-opened": _account, "roles-changed": _account,
    "password-changed": _account, "second-factor-set": _account, "second-factor-removed": _account,
}  # fmt: skip
