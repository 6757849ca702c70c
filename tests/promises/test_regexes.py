"""No pattern of ours can be made to keep a worker busy: 50 kB of what it likes least end soon (security.md 2.1, 35)."""

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import pytest

import intake
import parsers

ROOT = Path(__file__).parents[2]
LONG = 50_000
MOST_CPU_SECONDS = 4.0
"""Of this process's own, so that a busy machine changes nothing. Linear patterns take thousandths, all texts together
some tenths; what is worse than quadratic would take minutes."""
UNITS = (
    " ", "\t", "\n", "a", "0", "-", ".", "=", '"', "\\", "(", ")", "<", "[", "@", ";", "1 ", "a.", "a b ", "a@",
    "\u00a0", "<!-- -->", "12/",
)  # fmt: skip
SEARCHES = frozenset({"search", "sub", "subn", "split", "findall", "finditer"})
_USE = re.compile(r"\b(_?[A-Z][A-Z_]{1,60})\.(search|sub|subn|split|findall|finditer|match|fullmatch)\(")

Patterns = dict[str, re.Pattern[Any]]


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not found.name.endswith("__main__") and ".migrations" not in found.name:  # those run, or run under alembic
            yield importlib.import_module(found.name)


def _patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 3 and isinstance(value, dict):
        yield from (found for each in (*value, *value.values()) for found in _patterns_in(each, depth + 1))
    elif depth < 3 and isinstance(value, tuple | list | set | frozenset):
        yield from (found for each in value for found in _patterns_in(each, depth + 1))


def patterns() -> Patterns:
    """Return every pattern at the top of a module of ours under ``module:NAME:number``, each once."""
    found: dict[re.Pattern[Any], str] = {}
    for module in (*_modules(intake), *_modules(parsers)):
        for name, value in vars(module).items():
            for number, pattern in enumerate(_patterns_in(value)):
                found.setdefault(pattern, f"{module.__name__}:{name}:{number}")
    return {place: pattern for pattern, place in found.items()}


def uses() -> dict[str, set[str]]:
    """Return by what methods each name is used anywhere in our source."""
    found: dict[str, set[str]] = {}
    for file in (*ROOT.glob("intake/**/*.py"), *ROOT.glob("parsers/**/*.py")):
        for name, method in _USE.findall(file.read_text(encoding="utf-8")):
            found.setdefault(name, set()).add(method)
    return found


PATTERNS, USES = patterns(), uses()


def _methods(name: str, pattern: re.Pattern[Any]) -> tuple[Any, ...]:
    """Return the ways a pattern is used; all of them where its name does not tell (a pattern in a table)."""
    used = USES.get(name.split(":")[1], {"search", "match", "fullmatch"})
    ways = {"match": pattern.match, "fullmatch": pattern.fullmatch}
    chosen = [way for method, way in ways.items() if method in used]
    return (*chosen, pattern.search) if used & SEARCHES else tuple(chosen)


def _hostile(pattern: re.Pattern[Any]) -> Iterator[str]:
    """Give long texts: of marks that patterns stumble over, and of the pattern's own words."""
    own = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    words = tuple(dict.fromkeys(re.findall(r"[A-Za-z<>@=:.-]{2,20}", own)))[:5]
    for unit in (*UNITS, *words, *(f"{word} " for word in words[:2])):
        body = unit * (LONG // len(unit))
        yield from (body, f"{body}\x01")
    yield from (f"{word}{' ' * LONG}\x01" for word in words[:2])


class _TooLongError(Exception):
    """The pattern used up its time."""


def _stop(signum: int, frame: FrameType | None) -> None:
    raise _TooLongError


@pytest.fixture
def _cpu_limit() -> Iterator[None]:
    """Stop what uses more than its CPU time, by the process's own clock; re looks for signals as it goes."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_CPU_SECONDS)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def test_there_are_patterns_to_try() -> None:
    """The search finds the patterns of both packages, or the next test would promise nothing."""
    assert {name.split(".")[0] for name in PATTERNS} == {"intake", "parsers"}


@pytest.mark.usefixtures("_cpu_limit")
def test_a_bad_pattern_would_be_found() -> None:
    """The limit bites: a nested quantifier does not end within it."""
    signal.setitimer(signal.ITIMER_VIRTUAL, 0.2)
    with pytest.raises(_TooLongError):
        re.compile(r"(?:a+)+b").match("a" * 60)


@pytest.mark.parametrize("name", sorted(PATTERNS))
@pytest.mark.usefixtures("_cpu_limit")
def test_fifty_thousand_letters_end_soon(name: str) -> None:
    """Used as it is used, no pattern is slow on a long text."""
    pattern = PATTERNS[name]
    text = ""
    try:
        for text in _hostile(pattern):
            given = text if isinstance(pattern.pattern, str) else text.encode("utf-8")
            for use in _methods(name, pattern):
                use(given)
    except _TooLongError:
        pytest.fail(f"{name}: too slow on {len(text):,} characters of {text[:12]!r}: {pattern.pattern!r}")
