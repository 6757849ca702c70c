"""Who works on the staff pages: roles from a closed list, and what each may see and do."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is on the pages; one person may be several."""

    REVIEWER = "reviewer"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What a page shows or does."""

    SEE_LOG = "see-log"
    """Messages, findings, exceptions, letters: codes, numbers and references."""
    SEE_CHILDREN = "see-children"
    """What forms say about people; every look is written down."""
    DECIDE = "decide"
    """Moving messages, closing exceptions, correcting values, releasing letters: by name, with a reason."""
    EXPORT = "export"
    SEE_FIGURES = "see-figures"
    SEE_TRAIL = "see-trail"
    """Who looked at what and who did what."""
    SEE_CONFIGURATION = "see-configuration"
    KEEP_ACCOUNTS = "keep-accounts"


_REVIEWING = frozenset({Right.SEE_LOG, Right.SEE_CHILDREN, Right.DECIDE, Right.SEE_FIGURES, Right.SEE_CONFIGURATION})
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.REVIEWER: _REVIEWING,
    Role.MANAGER: _REVIEWING | {Right.EXPORT, Right.SEE_TRAIL},
    Role.AUDITOR: frozenset({Right.SEE_LOG, Right.SEE_FIGURES, Right.SEE_TRAIL, Right.SEE_CONFIGURATION}),
    Role.ADMINISTRATOR: frozenset({Right.SEE_CONFIGURATION, Right.KEEP_ACCOUNTS}),
}
"""Whoever keeps the accounts sees no child, and whoever audits decides nothing."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever is signed in: the name that stands in the log for all they do, and what they are."""

    name: str
    roles: frozenset[Role]

    def may(self, right: Right) -> bool:
        """Tell whether any of their roles gives a right."""
        return may(self.roles, right)


def may(roles: Collection[Role], right: Right) -> bool:
    """Tell whether any of these roles gives a right."""
    return any(right in RIGHTS[role] for role in roles)
