"""Cross-checks of ``agencies.toml`` and ``prsg_members.toml``: each mail domain, mailbox and member has one agency."""

from collections import Counter
from collections.abc import Iterable, Iterator

from intake.errors import ConfigFault
from intake.settings.neighbours import Agencies, Agency, Member, Members

AGENCIES, MEMBERS = "agencies.toml", "prsg_members.toml"

Found = Iterator[tuple[str, str]]


def faults(agencies: Agencies | None, members: Members | None) -> list[ConfigFault]:
    """Return every fault of the two files; a file that could not be read (None) is checked no further."""
    found: list[ConfigFault] = []
    if agencies is not None:
        found += [ConfigFault(AGENCIES, place, says) for place, says in _agencies(agencies)]
    if members is not None:
        codes = None if agencies is None else {agency.code for agency in agencies.agency}
        found += [ConfigFault(MEMBERS, place, says) for place, says in _members(members.member, codes)]
    return found


def _agencies(file: Agencies) -> Found:
    codes = Counter(agency.code for agency in file.agency)
    domains = Counter(domain for agency in file.agency for domain in agency.domains)
    mailboxes = Counter(mailbox for agency in file.agency for mailbox in agency.mailboxes)
    names = Counter(name for agency in file.agency for name in _names(agency))
    if not file.agency:
        yield "agency", "at least one is needed"
    for index, agency in enumerate(file.agency):
        place = f"agency[{index}]"
        if codes[agency.code] > 1:
            yield f"{place}.code", "another agency has this code"
        if any(names[name] > 1 for name in _names(agency)):
            yield f"{place}.aliases", "another agency has one of its names"
        if agency.represented_by is not None and agency.represented_by not in codes:
            yield f"{place}.represented_by", "is no agency's code"
        yield from _own(f"{place}.domains", agency.domains, domains, file.shared_domains)
        yield from _own(f"{place}.mailboxes", agency.mailboxes, mailboxes, ())
        yield from _dates(place, agency)


def _own(place: str, here: Iterable[str], all_of_them: Counter[str], shared: Iterable[str]) -> Found:
    for number, one in enumerate(here):
        if all_of_them[one] > 1:
            yield f"{place}[{number}]", "is given twice"
        if one in shared:
            yield f"{place}[{number}]", "many share this domain: list single mailboxes instead"


def _members(members: tuple[Member, ...], codes: set[str] | None) -> Found:
    for index, member in enumerate(members):
        place = f"member[{index}]"
        if codes is not None and member.agency not in codes:
            yield f"{place}.agency", "is no agency's code"
        yield from _dates(place, member)
        if any(_same_days(member, other) for other in members[:index]):
            yield f"{place}.name", "is on the list of this agency already on some of these days"


def _same_days(one: Member, other: Member) -> bool:
    if (one.name.casefold(), one.agency) != (other.name.casefold(), other.agency):
        return False
    return (one.to is None or other.since <= one.to) and (other.to is None or one.since <= other.to)


def _names(agency: Agency) -> set[str]:
    return {name.casefold() for name in (agency.name, *agency.aliases)}


def _dates(place: str, dated: Agency | Member) -> Found:
    if dated.since is not None and dated.to is not None and dated.since > dated.to:
        yield f"{place}.to", "is before from"
