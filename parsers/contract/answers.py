"""All that may come back: one of these for each task, and nothing else."""

from parsers.contract.bounds import Code, Struct
from parsers.contract.draft import Draft
from parsers.contract.harvest import Harvest
from parsers.contract.signing import Verified
from parsers.contract.survey import Front, Survey


class Extract(Struct, frozen=True, tag="extract"):
    """One part's bytes, as they came."""

    data: bytes


class Refusal(Struct, frozen=True, tag="refusal"):
    """The whole task could not be done: over-limit, unreadable, time, memory, killed."""

    code: Code
    limit: Code | None = None
    """What there was too much of, where the code is over-limit."""


Answer = Survey | Front | Harvest | Extract | Draft | Verified | Refusal
