"""Cross-checks of agencies.toml and prsg_members.toml."""

import pytest
from pydantic import ValidationError

from intake.settings.neighbours import Agencies, Agency, Member, Members
from intake.settings.people import faults


def agency(**values: object) -> Agency:
    """Return an agency with invented defaults."""
    return Agency.model_validate({"code": "a", "name": "Agency A", **values})


def member(**values: object) -> Member:
    """Return a member with invented defaults."""
    return Member.model_validate({"name": "Orla Example", "agency": "a", "from": "2024-01-01", **values})


def places(*agencies: Agency, members: tuple[Member, ...] = (), shared: tuple[str, ...] = ("nhs.net",)) -> list[str]:
    """Return the places of all faults."""
    return [f.place for f in faults(Agencies(agency=agencies, shared_domains=shared), Members(member=members))]


def test_sound_files_have_no_fault() -> None:
    """Two agencies, one represented by the other, and a member."""
    second = agency(code="b", name="Agency B", represented_by="a", mailboxes=["x@nhs.net"])
    assert places(agency(domains=["a.example"]), second, members=(member(),)) == []


@pytest.mark.parametrize(
    ("second", "place"),
    [
        (agency(name="Agency B"), "agency[0].code"),
        (agency(code="b", name="Agency B", domains=["A.example"]), "agency[1].domains[0]"),
        (agency(code="b", name="Agency B", mailboxes=["One@nhs.net"]), "agency[1].mailboxes[0]"),
        (agency(code="b", name="Agency B", aliases=["agency a"]), "agency[1].aliases"),
        (agency(code="b", name="Agency B", domains=["NHS.net"]), "agency[1].domains[0]"),
        (agency(code="b", name="Agency B", represented_by="c"), "agency[1].represented_by"),
        (agency(code="b", name="Agency B", **{"from": "2025-01-02", "to": "2025-01-01"}), "agency[1].to"),
    ],
)
def test_what_two_agencies_may_not_share_is_told(second: Agency, place: str) -> None:
    """Codes, names, domains and mailboxes belong to one agency, shared domains to none."""
    first = agency(domains=["a.example"], mailboxes=["one@nhs.net"])
    assert place in places(first, second)


@pytest.mark.parametrize(
    ("members", "place"),
    [
        ((member(agency="nobody"),), "member[0].agency"),
        ((member(to="2023-12-31"),), "member[0].to"),
        ((member(to="2024-06-30"), member(**{"from": "2024-06-30"})), "member[1].name"),
        ((member(), member(name="ORLA EXAMPLE")), "member[1].name"),
    ],
)
def test_members_faults_are_told(members: tuple[Member, ...], place: str) -> None:
    """A member's agency is known, dates run forward, and nobody is on the list twice at a time."""
    assert place in places(agency(), members=members)


def test_a_member_may_come_back() -> None:
    """Two memberships one after the other are no fault."""
    assert places(agency(), members=(member(to="2024-06-30"), member(**{"from": "2024-07-01"}))) == []


def test_no_agency_at_all_is_a_fault() -> None:
    """Without agencies nobody could ever be known."""
    assert places() == ["agency"]


@pytest.mark.parametrize(
    "domain", ["nodots", "a_b.example", "bücher.example", "a.example/x", "*.example", "@a.example"]
)
def test_only_plain_domains_are_taken(domain: str) -> None:
    """Nothing but a whole domain in ASCII is compared with senders."""
    with pytest.raises(ValidationError):
        agency(domains=[domain])
