"""The map of stages: its laws."""

from collections.abc import Mapping

from intake.domain.stages import PEOPLES_WAYS, WORKABLE, WORKERS_WAYS, Stage, person_may, worker_may


def reachable(start: Stage, ways: Mapping[Stage, frozenset[Stage]]) -> set[Stage]:
    """Return every stage that can be come to from ``start``."""
    found, edge = {start}, [start]
    while edge:
        for there in ways.get(edge.pop(), frozenset()) - found:
            found.add(there)
            edge.append(there)
    return found


ALL_WAYS = {stage: WORKERS_WAYS[stage] | PEOPLES_WAYS.get(stage, frozenset()) for stage in Stage}


def test_every_stage_can_be_reached() -> None:
    """No stage is there for nothing."""
    assert reachable(Stage.RECEIVED, ALL_WAYS) == set(Stage)


def test_registered_can_be_reached_from_everywhere() -> None:
    """Whatever was decided, a referral can still be registered."""
    assert all(Stage.REGISTERED in reachable(stage, ALL_WAYS) for stage in Stage)


def test_the_machine_alone_never_cycles() -> None:
    """No message goes round for ever."""
    for stage in Stage:
        onward = set().union(*(reachable(there, WORKERS_WAYS) for there in WORKERS_WAYS[stage]))
        assert stage not in onward


def test_what_waits_for_a_person_only_a_person_moves() -> None:
    """Held, quarantined and set aside have no way the machine may take."""
    for stage in (Stage.HELD, Stage.QUARANTINED, Stage.SET_ASIDE):
        assert stage not in WORKABLE
        assert not any(worker_may(stage, there) for there in Stage)
        assert any(person_may(stage, there) for there in Stage)


def test_what_the_machine_works_on_a_person_does_not_move() -> None:
    """Nobody can push a message past a check, and what is registered stays so."""
    for stage in (Stage.RECEIVED, Stage.SCREENED, Stage.PARSED, Stage.CHECKED, Stage.REGISTERED):
        assert not any(person_may(stage, there) for there in Stage)


def test_checking_never_turns_a_referral_away() -> None:
    """Findings never hold a referral: from PARSED on there is no quarantine and no setting aside."""
    for stage in (Stage.PARSED, Stage.CHECKED):
        assert not WORKERS_WAYS[stage] & {Stage.QUARANTINED, Stage.SET_ASIDE}
