"""Addresses and forms for every route of the pages: of what is there, of what is not, and what nobody means well."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from werkzeug.routing import Rule

from tests.builders.pages import Pages

HUGE = "9" * 30
NO_NUMBERS = (HUGE, "9" * 4_400, "-1", str(2**63), "\uff11\uff12", "1.5")
NO_DAYS = ("0001-01-01", "9999-12-31", "0001-01", "9999-12", "31/12/9999", "9" * 9)
NO_WORDS = ("\0", "x" * 3_000, "\u00e9\U0001f600\u202e", "<b>'\"", "../../etc", "%s{0}")
HOSTILE = (*NO_NUMBERS, *NO_DAYS, *NO_WORDS)
NUMBERS = ("below", "after", "version", "child", "children")
DAYS = ("since", "until", "day", "born")
WORDS = ("find", "stage", "agency", "finding", "field", "value", "reason", "to", "kind", "code", "state", "values")
OF_THE_PROGRAM = ("endpoint", "_method", "_external", "_scheme", "_anchor", "self", "reference", "identity", "name")
RIGHT = {
    "reason": "as it should be", "way": "set-aside", "step": "sent-to-panel", "day": "2026-11-16",
    "verdict": "accepted", "field": "incident.place", "version": "1", "value": "the yard", "source": "body",
    "sheet": "none", "roles": "reviewer", "name": "somebody", "born": "1/2/2019", "password": "not the right one",
    "code": "123456", "own_password": "x", "own_code": "1", "new": "x", "again": "y", "text": "a note", "owner": "kim",
    "words": "some words", "incident__date": "16/11/2026", "incident__place": "the yard", "child__name__1": "Kim",
    "child__dob__1": "1/2/2019",
}  # fmt: skip
"""A form of any page, filled in so that it comes to something; no password in it is right."""
FREE = (
    "reason", "day", "version", "child", "value", "name", "born", "password", "code", "own_code", "text", "words",
    "owner", "since", "until", "incident__date", "incident__place", "child__dob__1", "children", "agency", "kind",
)  # fmt: skip
MOST = 2_000
"""Characters of one answer, so that no form is as a whole too large."""
Form = Mapping[str, Any]
_ARGUMENT = re.compile(r"<(?:[a-z]+:)?([a-z]+)>")


def real(rule: Rule, pages: Pages) -> Sequence[str]:
    """Return a route's addresses of what is there."""
    blueprint = rule.endpoint.partition(".")[0]
    identities = ["1"] if blueprint == "exceptions" else [pages.held, pages.locked, pages.quarantined, pages.registered]
    there = {"reference": [pages.case], "name": ["somebody"], "severity": ["today"], "code": ["locked"], "link": ["1"]}
    there |= {"identity": identities, "filename": ["staff.css"]}
    names = [name for name in rule.arguments if name]
    longest = max((len(there[name]) for name in names), default=1)
    return [_at(rule, {name: there[name][min(n, len(there[name]) - 1)] for name in names}) for n in range(longest)]


def missing(rule: Rule) -> Sequence[str]:
    """Return a route's address of what is not there, where it has any."""
    return [_at(rule, dict.fromkeys(rule.arguments, "9999"))] if rule.arguments else []


def hostile(rule: Rule) -> Iterator[str]:
    """Give a route's addresses of what can never be there."""
    for value in HOSTILE if rule.arguments else ():
        yield _at(rule, dict.fromkeys(rule.arguments, value))


def queries() -> Iterator[list[tuple[str, str]]]:
    """Give what nobody means well behind a question mark: by kind, under names of ours and others, twice too."""
    for names, values in ((NUMBERS, NO_NUMBERS), (DAYS, NO_DAYS), (WORDS, NO_WORDS)):
        for value in values:
            yield [(name, value) for name in names]
    yield [(name, "POST") for name in OF_THE_PROGRAM]
    yield [(name, value) for name in (*NUMBERS, *DAYS, *WORDS) for value in ("1", "2")]
    yield [("n\u00f3\0", "1")]


def well_meant() -> Iterator[Form]:
    """Give what is sent by those who mean well: nothing, and what comes to something."""
    yield {}
    yield RIGHT


def forms() -> Iterator[Form]:
    """Give what comes to something with each kind of what nobody means well in its place."""
    for value in (each[:MOST] for each in HOSTILE):
        yield {**RIGHT, **dict.fromkeys(FREE, value)}
        yield {**RIGHT, **dict.fromkeys(("day", "born", "code", "incident__date", "child__dob__1"), value)}
    yield {name: [value, HUGE] for name, value in RIGHT.items()}


def _at(rule: Rule, values: Mapping[str, str]) -> str:
    return _ARGUMENT.sub(lambda found: quote(values[found[1]], safe=""), rule.rule)
