"""Who on the dated PRSG list is meant by what stands in a QA box: never the wrong person, rather nobody.

The same person is meant when every word of the member's name stands there, in any order, and nothing else does but
titles, roles, agencies' names and words of signing. So:

* ``DCI Orla EXAMPLE``, ``Example, Orla`` and ``QA'd by Orla Example (PRSG member, GMP)`` are Orla Example;
* ``O Example`` is nobody: an initial fits a sister too;
* ``Orla Jane Example`` is nobody: that may be another person. ``Orla J Example`` is Orla Example, unless the list has a
  middle name that says otherwise: a middle initial is a habit of signing, not another name;
* ``Sam Other on behalf of Orla Example`` is Sam Other: who signs counts, not for whom.

A wrong "not a member" costs a look at the list; a wrong "confirmed" would pass a form nobody quality assured.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from intake.domain.names import normal_name
from intake.settings.neighbours import Member

_TITLES = """
mr mrs ms miss mx dr doctor prof professor rev reverend sir dame lady lord sister sr nurse pc ps sgt sergeant insp
inspector ci chief supt superintendent dc ds di dci dsupt dcs det detective cllr esq rn rgn msc bsc ba ma phd frcpch
mrcgp obe mbe qpm
"""
_SIGNING = """
qa qad quality assured assurance checked reviewed read seen approved agreed endorsed authorised confirmed signed sign
signature off by on the and of is was been has have this form referral it i me my our us a an for in to with name print
printed date dated electronically typed yes y done complete completed ok fully full content contents am are
"""
_ROLES = """
prsg practice review subgroup sub group member members rep representative deputy lead leads safeguarding named
designated professional practitioner manager head service services team agency officer director assistant children
childrens child senior partnership board strategic operational principal midwife social worker gp deputising chair unit
public protection
"""
TITLES = frozenset(_TITLES.split())
IDLE = TITLES | frozenset(_SIGNING.split()) | frozenset(_ROLES.split())
"""Words that may stand beside a name without making it another person's."""

_BEHALF = re.compile(r"\b(?:on behalf of|for and on behalf of|o\.?b\.?o\.?|p\.?p\.?)(?=\s)", re.IGNORECASE)
_SEVERAL = re.compile(r"[;/&\n]|\band\b", re.IGNORECASE)
_DATES = re.compile(
    r"\b\d{1,4}(?:st|nd|rd|th)?\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*(?=[ ./-]*\d)",
    re.IGNORECASE,
)


def serving(members: Iterable[Member], day: date) -> tuple[Member, ...]:
    """Return who is on the list on ``day``, first and last day of membership included."""
    return tuple(m for m in members if m.since <= day and (m.to is None or day <= m.to))


def meant_by(text: str, members: Iterable[Member], agency_names: Iterable[str]) -> tuple[Member, ...]:
    """Return the members whose name stands in ``text``, one entry for each agency they serve; empty when in doubt."""
    signer = _BEHALF.split(text)[0]
    idle = _idle(agency_names)
    people = tuple(members)
    whole = tuple(m for m in people if is_name_of(signer, m.name, idle))
    if whole:
        return whole
    return tuple(m for part in _SEVERAL.split(signer) for m in people if is_name_of(part, m.name, idle))


def is_name_of(text: str, name: str, idle: frozenset[str] = TITLES) -> bool:
    """Tell whether ``text`` is ``name`` and nothing else but ``idle`` words and a middle initial."""
    written, known = _words(_DATES.sub(" ", text)), _name_words(name)
    if len(known) < 2:
        return False  # one word alone is too many people's name
    missing = _without(known, written)
    extra = [word for word in _without(written, known) if word not in idle]
    if missing:
        return _initial_for(missing, extra, known)
    return not extra or (len(extra) == 1 and len(extra[0]) == 1 and len(known) == 2)


def names_somebody(text: str, agency_names: Iterable[str]) -> bool:
    """Tell whether ``text`` holds any word that could be of a name, besides titles, roles and words of signing."""
    idle = _idle(agency_names)
    return any(len(word) > 1 and word not in idle for word in _words(_DATES.sub(" ", text)))


def _idle(agency_names: Iterable[str]) -> frozenset[str]:
    return IDLE | {word for name in agency_names for word in _words(name)}


def _initial_for(missing: list[str], extra: list[str], known: list[str]) -> bool:
    """Tell whether one initial stands for the one missing middle name of at least three."""
    if len(known) < 3 or len(missing) != 1 or len(extra) != 1 or len(extra[0]) != 1:
        return False
    return missing[0] not in {known[0], known[-1]} and missing[0].startswith(extra[0])


def _name_words(name: str) -> list[str]:
    """Return the words of a listed name in its own order, titles left out."""
    words = [word for part in re.split(r"[\s-]+", name) for word in normal_name(part).split()]
    return [word for word in words if word not in TITLES]


def _words(text: str) -> list[str]:
    return normal_name(text).split()


def _without(words: list[str], others: Iterable[str]) -> list[str]:
    left = list(words)
    for word in others:
        if word in left:
            left.remove(word)
    return left


def same_person(one: str, other: str) -> bool:
    """Tell whether two typed names are one person's: equal words, titles and order apart."""
    first, second = _name_words(one), _name_words(other)
    return len(first) >= 2 and sorted(first) == sorted(second)


def own_mailbox(address: str, members: Iterable[Member]) -> Iterator[Member]:
    """Yield the members whose own address this is."""
    return (m for m in members if m.email and m.email == address.strip().lower())
