"""The nightly report in words, as plain text and HTML from the same blocks; by reference only, no name."""

from collections.abc import Iterator, Mapping
from datetime import date
from fnmatch import fnmatchcase

from intake.checks.roll import KINDS as KINDS_OF_FINDINGS
from intake.domain.case import LetterKind, LetterState
from intake.domain.findings import Severity
from intake.domain.overview import OutboxLine
from intake.domain.stages import Stage
from intake.domain.way_deadlines import Clock, ClockState
from intake.letters.london import LONDON, day_in_words, short_time
from intake.letters.parts import Block, Body, Heading, Paragraph, Rows, Table, body
from intake.report.letter_words import said
from intake.report.nightly import Health, Listing, ReportFacts, Whose
from intake.settings.words import Facts, Words, say

MOST_ROWS = 200
"""Rows shown in one table; more are counted, and stand on the pages and in ``intake exceptions``."""

HEAD = ("What", "Number", "Since")
WARNINGS: Mapping[str, str] = {
    "mailbox-not-seen": "A mailbox was not looked at for over 15 minutes: is its server there, is our password taken?",
    "holidays-end-soon": "The table of bank holidays ends soon: add next year's to working_days.toml.",
    "certificate-ends-soon": "A certificate ends soon (see below which): then no email is read before it is renewed.",
    "disk-nearly-full": "Less than 1 GB of disk is free.",
    "mails-not-fetched": "The mail server does not give every email as it says; they are tried again.",
    "mails-wait": "Emails have waited for over 15 minutes to be looked at: is the malware scanner reachable?",
    "letters-are-late": "Letters have waited for over an hour: is the mail server reachable?",
}
CERTIFICATES: Mapping[Whose, str] = {
    Whose.SERVER: "Certificate of the server of mailbox {mailbox} ends",
    Whose.APP: "Certificate the program signs in with at mailbox {mailbox} ends",
}
LETTERS = {
    LetterKind.ACKNOWLEDGEMENT: "Acknowledgement",
    LetterKind.RECEIPT: "Receipt",
    LetterKind.SAFETY_ALERT: "Safety alert",
    LetterKind.REPORT: "Report",
}
CLOCKS: Mapping[Clock, str] = {
    Clock.TO_PANEL: "Send to the Virtual Panel",
    Clock.DECISION: "Decision of the panel",
    Clock.NOTIFICATION: "Notification of the national Panel",
    Clock.RAPID_REVIEW: "Rapid review",
    Clock.REFERRER_TOLD: "Tell the referrer",
}
DUE: Mapping[ClockState, str] = {ClockState.OVERDUE: "Overdue", ClockState.DUE_SOON: "Due soon"}
STAGES = {
    Stage.RECEIVED: "Just received",
    Stage.SCREENED: "Screened",
    Stage.PARSED: "Read",
    Stage.CHECKED: "Checked",
    Stage.REGISTERED: "Registered as referrals",
    Stage.HELD: "Held for a person",
    Stage.QUARANTINED: "In quarantine",
    Stage.SET_ASIDE: "Set aside (not referrals)",
}


def facts_in_words(facts: ReportFacts, words: Words) -> Facts:
    """Return what the report's sentences may name."""
    return {
        "date": day_in_words(facts.night.at.astimezone(LONDON).date()),
        "alerts": facts.alerts,
        "today": facts.today,
        "attention": facts.attention,
        "letters": len(facts.letters),
        "deadlines": len(facts.night.clocks),
        "waiting": facts.night.waiting,
        "duplicates": facts.night.links,
        "unaccounted": facts.night.unaccounted,
        "unit": words.common.unit,
    }


def render(facts: ReportFacts, words: Words) -> Body:
    """Return the report as text and HTML."""
    heading = say(words.report.heading, facts_in_words(facts, words))
    return body(words, heading, tuple(_blocks(facts, words)), words.common.duty)


def _blocks(facts: ReportFacts, words: Words) -> Iterator[Block]:
    named = facts_in_words(facts, words)
    opening = words.report.quiet if facts.is_quiet else words.report.busy
    yield Paragraph(say(opening, named), strong=True)
    if facts.night.unaccounted:
        yield Paragraph(say(words.report.unaccounted, named), strong=True)
    for warning in facts.warnings:
        yield Paragraph(WARNINGS[warning], strong=True)
    for listing in facts.listings:
        yield _listed(listing, facts, words)
    if facts.night.clocks:
        yield _clocks(facts, words)
    if facts.letters:
        yield _letters(facts, words)
    yield Heading(words.report.mails_heading)
    yield Rows(tuple(_mails(facts)))
    yield Heading(words.report.health_heading)
    yield Rows(tuple(_health(facts)))


def meaning_of(code: str, meanings: Mapping[str, str]) -> str:
    """Return what a code says: in the words of ``report.toml``, of its check, of its family, else the code itself."""
    if code in meanings:
        return meanings[code]
    if code in KINDS_OF_FINDINGS:
        return KINDS_OF_FINDINGS[code].meaning
    return next((says for family, says in meanings.items() if fnmatchcase(code, family)), code)


def _listed(listing: Listing, facts: ReportFacts, words: Words) -> Table:
    rows = tuple(
        (meaning_of(item.code, words.report.meanings), item.where, short_time(item.since, facts.night.at))
        for item in listing.items[:MOST_ROWS]
    )
    loud = any(item.severity is Severity.ALERT for item in listing.items)
    return Table(f"{listing.heading} ({len(listing.items)})", HEAD, rows + _rest(len(listing.items)), loud=loud)


def _clocks(facts: ReportFacts, words: Words) -> Table:
    clocks = facts.night.clocks
    rows = tuple(
        (f"{DUE[clock.state]}: {CLOCKS[clock.clock]}", way.reference, day_in_words(clock.due))
        for way, clock in clocks[:MOST_ROWS]
    )
    heading = f"{words.report.deadlines_heading} ({len(clocks)})"
    return Table(heading, (*HEAD[:2], "Last day"), rows + _rest(len(clocks)))


def _letters(facts: ReportFacts, words: Words) -> Table:
    rows = tuple(
        (f"{LETTERS[letter.kind]}: {_fate(letter)}", letter.where, short_time(letter.since, facts.night.at))
        for letter in facts.letters[:MOST_ROWS]
    )
    return Table(f"{words.report.letters_heading} ({len(facts.letters)})", HEAD, rows + _rest(len(facts.letters)))


def _rest(count: int) -> tuple[tuple[str, ...], ...]:
    return ((f"and {count - MOST_ROWS} more", "", ""),) if count > MOST_ROWS else ()


def _fate(letter: OutboxLine) -> str:
    code = (letter.why or "").removeprefix("gave-up-")  # how often it was tried is said beside it
    why = f": {said(code) or code}" if code else ""
    if letter.bounced:
        return f"came back{why}"
    if letter.state is LetterState.WAITING:
        return f"waits for your release{why}"
    tries = f"{letter.attempts} {'try' if letter.attempts == 1 else 'tries'}"
    return f"{'given up' if letter.state is LetterState.ABANDONED else 'not yet sent'} after {tries}{why}"


def _mails(facts: ReportFacts) -> Iterator[tuple[str, str]]:
    night = facts.night
    yield "Received in the last day", str(night.received_last_day)
    yield "Received in all", str(night.received)
    for stage, count in night.by_stage.items():
        if count:
            yield STAGES[stage], str(count)
    yield "Accounted for", "all" if not facts.night.unaccounted else f"all but {facts.night.unaccounted}"


def certificates_in_words(health: Health) -> list[tuple[str, date]]:
    """Return what each certificate is called, and its last day."""
    return [(CERTIFICATES[one.whose].format(mailbox=one.mailbox), one.ends) for one in health.certificates]


def _health(facts: ReportFacts) -> Iterator[tuple[str, str]]:
    night, health = facts.night, facts.night.health
    for mailbox, last in health.polls.items():
        yield f"Mailbox {mailbox} last seen", short_time(last, night.at) if last else "never"
    if health.unfetchable:
        yield "Emails that could not be fetched yet", str(health.unfetchable)
    if health.unread_since is not None:
        what = f", for the {health.waits_for}" if health.waits_for else ""
        yield "An email waits to be looked at since", short_time(health.unread_since, night.at) + what
    yield from ((says, day_in_words(ends)) for says, ends in certificates_in_words(health))
    yield "Bank holidays known until", day_in_words(health.holidays_known_until)
    if health.disk_free_bytes is not None:
        yield "Disk free", f"{health.disk_free_bytes / 1e9:.0f} GB"
    yield "Intake log", f"{health.log_lines} lines, ending {health.anchor}"
    yield "Report made", short_time(night.at, night.at)
