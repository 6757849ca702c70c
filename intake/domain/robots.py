"""Addresses at which nobody reads, or which answer by themselves: one list for all who ask (RFC 3834 2, RFC 2142)."""

import re

_WHOLE = frozenset(
    {"mailer-daemon", "postmaster", "bounce", "bounces", "listserv", "majordomo", "root", "daemon", "nobody",
     "autoreply", "auto-reply", "autoresponder"}
)  # fmt: skip
_PREFIXES = ("owner-", "bounce-", "bounces-", "mailer-daemon")
_NOBODY_READS = re.compile(
    r"(?:\A|[._-])(?:no[._-]?reply|do(?:[._-]?not|nt)[._-]?reply|no[._-]?response)\d{0,9}(?:[._-]|\Z)"
)
"""As a whole or as a word of it: ``hr-noreply``, ``no.reply``, ``donotreply-hr``; not ``norep.ly``."""


def is_robot(address: str) -> bool:
    """Tell whether an address, or a local part alone, is a robot's, with or without a ``+`` tag. Never raises."""
    local = (address.rpartition("@")[0] or address).lower().partition("+")[0][:320]
    whole = local in _WHOLE or local.startswith(_PREFIXES) or local.endswith("-request")
    return whole or _NOBODY_READS.search(local) is not None
