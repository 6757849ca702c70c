"""Two mails of the same content: which of them goes on, where the first was stopped at the door."""

from intake.domain.message import Earlier
from intake.domain.stages import Stage
from intake.domain.verdict import SenderTrust

_STANDING = {SenderTrust.FAILED: 1, SenderTrust.UNVERIFIED: 2, SenderTrust.AUTHENTICATED: 3}
"""Of one and the same From address, by how it was proved; the others are as they are whoever carried the mail."""
_NEVER_READ = ("unreadable-mail-", "gave-up-at-screen")


def better_proved(trust: SenderTrust, earlier: Earlier) -> bool:
    """Tell whether a mail goes on although its content is known: the earlier was stopped, and is less well proved.

    A copy that was sent on by somebody often fails where the mail itself passes: it must not swallow the genuine one.
    """
    return _was_stopped(earlier) and _STANDING.get(trust, 0) > _STANDING.get(earlier.trust or SenderTrust.UNKNOWN, 0)


def _was_stopped(earlier: Earlier) -> bool:
    """Tell whether nothing came of it, set aside by a person for the failing included."""
    match earlier.stage:
        case Stage.QUARANTINED:
            return True
        case Stage.HELD:
            return earlier.why.startswith(_NEVER_READ)
        case Stage.SET_ASIDE:
            return earlier.trust is SenderTrust.FAILED
        case _:
            return False
