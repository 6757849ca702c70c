"""The checks in the order of asking: the one list a policy officer can read."""

from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import Protocol, cast

from intake.checks import (
    completeness,
    current_risk,
    duplicate,
    how_it_was_read,
    incident_date,
    qa_sign_off,
    readings,
    referring_agency,
    right_form,
    sent_date,
    submission_timeliness,
    what_it_carries,
)
from intake.checks.context import CheckContext
from intake.domain.findings import Finding, FindingKind
from intake.domain.referral import Referral
from intake.errors import BrokenPromise


class Check(Protocol):
    """What every check's module offers."""

    KINDS: tuple[FindingKind, ...]
    ask: Callable[[Referral, CheckContext], tuple[Finding, ...]]


ROLL: tuple[ModuleType, ...] = (
    current_risk,
    right_form,
    referring_agency,
    how_it_was_read,
    what_it_carries,
    readings,
    completeness,
    incident_date,
    submission_timeliness,
    sent_date,
    qa_sign_off,
    duplicate,
)


def checks(modules: Iterable[ModuleType] = ROLL) -> tuple[Check, ...]:
    """Return the checks in order; raises BrokenPromise when two of them use one code, so that nothing starts."""
    listed = tuple(cast("Check", module) for module in modules)
    kinds_by_code(listed)
    return listed


def kinds_by_code(listed: Iterable[Check]) -> Mapping[str, FindingKind]:
    """Return every kind of finding by its code; BrokenPromise("finding-code-twice-...") for a code of two kinds."""
    kinds: dict[str, FindingKind] = {}
    for check in listed:
        for kind in check.KINDS:
            if kind.code in kinds:
                raise BrokenPromise("finding-code-twice-" + kind.code)
            kinds[kind.code] = kind
    return kinds


CHECKS = checks()
KINDS = kinds_by_code(CHECKS)


def ask_all(referral: Referral, context: CheckContext) -> tuple[Finding, ...]:
    """Ask every check of the roll, in order."""
    return tuple(finding for check in CHECKS for finding in check.ask(referral, context))
