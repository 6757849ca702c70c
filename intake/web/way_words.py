"""What the steps, decisions and clocks of a case's way are called, and why an entry cannot be added."""

from collections.abc import Mapping

from intake.domain.case_way import Decision, Step
from intake.domain.way_deadlines import Clock, ClockState
from intake.report.render import DUE

STEPS: Mapping[Step, str] = {
    Step.SENT_TO_PANEL: "Sent to the Virtual Panel",
    Step.DECIDED: "The panel has decided",
    Step.NOTIFIED: "The local authority has notified the national Panel",
    Step.RAPID_REVIEW_DONE: "The rapid review is done",
    Step.OUTCOME: "Outcome of the review",
    Step.REFERRER_TOLD: "The referrer was told",
    Step.CLOSED: "Closed",
}
DECISIONS: Mapping[Decision, str] = {
    Decision.CRITERIA_MET: "The criteria are met: a rapid review",
    Decision.SINGLE_AGENCY_AUDIT: "Single agency audit",
    Decision.MULTI_AGENCY_AUDIT: "Multi-agency audit",
    Decision.LOCAL_CASE_REVIEW: "Local case review",
    Decision.SERIOUS_OFFENCE_REVIEW: "Serious offence review",
    Decision.SERIOUSLY_GOOD_OUTCOME_REVIEW: "Seriously good outcome review",
    Decision.NO_FURTHER_ACTION: "No further action",
}
NEXT: Mapping[Clock, str] = {
    Clock.TO_PANEL: "Send the referral to the Virtual Panel, then record it on the case.",
    Clock.DECISION: "Ask the panel for its decision, then record it on the case.",
    Clock.NOTIFICATION: "Ask the local authority whether it has notified the national Panel, then record it.",
    Clock.RAPID_REVIEW: "See that the rapid review is finished, then record it on the case.",
    Clock.REFERRER_TOLD: "Tell the referrer what was decided, then record it on the case.",
}
"""What to do about a deadline."""
REFUSED: Mapping[str, str] = {
    "closed": "The case is closed: take that back first.",
    "not-taken": "There is nothing to take back.",
    "needs-decision": "Say what was decided.",
    "has-no-decision": "Only the panel's step has a decision.",
    "needs-words": "Say it in words: this step says nothing without them.",
    "in-the-future": "The day has not come yet.",
    "before-receipt": "The day is too long before the referral was received.",
    "erased": "The case was erased: nothing more is recorded about it.",
    "no-such-case": "There is no such case any more.",
    "out-of-order": "Another step has to be recorded first, or lies on the wrong side of this day.",
}
STATES: Mapping[ClockState, str] = {
    ClockState.RUNNING: "Running",
    **DUE,
    ClockState.DONE_IN_TIME: "Done in time",
    ClockState.DONE_LATE: "Done late",
    ClockState.ENDED: "Not done: the case was closed",
}
