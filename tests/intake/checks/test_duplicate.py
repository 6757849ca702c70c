"""Duplicates: nothing is merged in doubt, nothing known is overlooked."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.checks.duplicate import ask, verdict_on
from intake.domain.case import DuplicateVerdict, KnownCase, Reference, Relation
from intake.domain.verdict import SenderTrust
from intake.settings import Settings
from tests.builders.referrals import context, referral, sender

A, B = Reference("SSCP-2026-00000A"), Reference("SSCP-2026-00000B")


def known(
    case: Reference = A, agency: str | None = "gmp", *, file: bool = False, children: bool = True, incident: bool = True
) -> KnownCase:
    """Return what the register says of one version."""
    return KnownCase(case, agency, same_file=file, same_children=children, same_incident=incident)


def test_nothing_known_is_new() -> None:
    """A first referral."""
    assert verdict_on((), "gmp", sender()) == DuplicateVerdict(Relation.NEW)


def test_the_same_file_is_a_resubmission_whoever_sends_it() -> None:
    """No second case and no new version, also from an unknown sender."""
    for by in (sender(), sender(None, SenderTrust.UNKNOWN)):
        assert verdict_on((known(file=True),), "gmp", by) == DuplicateVerdict(Relation.RESUBMISSION, A)


@pytest.mark.parametrize("trust", [SenderTrust.AUTHENTICATED, SenderTrust.UNVERIFIED])
def test_the_agencys_own_correction_is_a_new_version(trust: SenderTrust) -> None:
    """Same agency, children and incident, from the agency."""
    assert verdict_on((known(),), "gmp", sender(trust=trust)) == DuplicateVerdict(Relation.NEW_VERSION, A)


@pytest.mark.parametrize(
    ("case", "agency", "by"),
    [
        (known(agency="council"), "gmp", sender()),
        (known(agency=None), "gmp", sender()),
        (known(incident=False), "gmp", sender()),
        (known(), None, sender()),
        (known(), "gmp", sender(None, SenderTrust.UNKNOWN)),
        (known(), "gmp", sender("council")),
        (known(), "gmp", sender("gmp", SenderTrust.FAILED)),
        (known(agency=None), None, sender(None)),
    ],
)
def test_anything_less_is_new_with_a_suggestion(case: KnownCase, agency: str | None, by: object) -> None:
    """Another agency, another date, an unproven sender: a person decides side by side."""
    assert verdict_on((case,), agency, by) == DuplicateVerdict(Relation.NEW, suggested=(A,))  # type: ignore[arg-type] # a sender


def test_two_cases_that_fit_are_a_doubt() -> None:
    """Of two cases none is chosen."""
    assert verdict_on((known(A), known(B)), "gmp", sender()) == DuplicateVerdict(Relation.NEW, suggested=(A, B))


def test_the_same_day_alone_means_nothing() -> None:
    """Two incidents on one day are two incidents."""
    assert verdict_on((known(children=False),), "gmp", sender()) == DuplicateVerdict(Relation.NEW)


FLAGS = st.builds(
    KnownCase,
    st.sampled_from([A, B]),
    st.sampled_from(["gmp", "council", None]),
    same_file=st.booleans(),
    same_children=st.booleans(),
    same_incident=st.booleans(),
)


@given(st.lists(FLAGS, max_size=4), st.sampled_from(["gmp", None]), st.sampled_from(list(SenderTrust)))
def test_the_verdict_never_merges_by_chance(cases: list[KnownCase], agency: str | None, trust: SenderTrust) -> None:
    """Whatever the register's order the verdict is one, and a version is only made of the agency's own case."""
    verdicts = {verdict_on(order, agency, sender("gmp", trust)) for order in permutations(cases)}
    assert len(verdicts) == 1
    verdict = verdicts.pop()
    if verdict.relation is Relation.NEW_VERSION:
        assert any(
            c.reference == verdict.case and c.agency == agency == "gmp" and c.same_children and c.same_incident
            for c in cases
        )
        assert trust in {SenderTrust.AUTHENTICATED, SenderTrust.UNVERIFIED}
    assert verdict.case not in verdict.suggested


@pytest.mark.parametrize(
    ("cases", "found"),
    [
        ([], []),
        ([known(file=True)], [("resubmission", {"case": A})]),
        ([known()], [("new-version", {"case": A})]),
        ([known(agency="council")], [("same-incident", {"cases": A})]),
        ([known(incident=False)], [("possible-duplicate", {"cases": A})]),
        (
            [known(A, "council"), known(B, incident=False)],
            [("same-incident", {"cases": A}), ("possible-duplicate", {"cases": B})],
        ),
    ],
)
def test_the_findings_name_cases_by_reference(rules: Settings, cases: list[KnownCase], found: list[object]) -> None:
    """What a person needs to open both side by side."""
    assert [(f.code, dict(f.detail)) for f in ask(referral(), context(rules, known=cases))] == found
