"""Screen: may this mail be opened, and is it a person's? RECEIVED -> SCREENED | QUARANTINED | SET_ASIDE | HELD."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from intake.domain.case import Letter, Reference
from intake.domain.findings import ExceptionItem, Finding, Severity
from intake.domain.message import Earlier, Message, MessageId
from intake.domain.outcome import DocumentRecord, Outcome
from intake.domain.private import Private
from intake.domain.stages import Stage
from intake.domain.verdict import Automation, ScanResult, Screening
from intake.domain.working_days import local_date
from intake.letters.tokens import ours_among
from intake.ports import World
from intake.screening.authentication import Border
from intake.screening.loops import came_back
from intake.screening.signed import NOTHING_TRIED, Verification, aligned, disputed
from intake.screening.summary import disposition, own_message_id, screening
from intake.settings import Settings
from intake.steps import correspondence, unread_mail
from intake.steps.correspondence import Correspondence, Desk
from intake.steps.likeness import better_proved
from parsers.contract import Front, Headers, Refusal, SigningKey, Survey

ID_REUSED = "message-id-reused"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen of the mail from outside: its survey, the scanner's word, copies and letters it may answer."""

    survey: Survey | Refusal
    scan: ScanResult
    earlier_copy: Earlier | None
    our_letter: str | None
    """The Message-ID of our letter that this mail answers or returns."""
    linked: tuple[Reference, ...]
    correspondence: Correspondence
    signed: Verification = NOTHING_TRIED
    """Our own look at its DKIM signatures."""
    same_message_id: MessageId | None = None
    """An earlier mail that bears the same Message-ID."""
    front: Front | None = None
    """The headers of a mail that was refused; None where they could not be read either."""


def collect(message: Message, world: World, rules: Settings, now: datetime) -> Evidence:
    """Open the original behind the wall, scan it, and look for an earlier copy and the letter it may answer."""
    raw = world.vault.open(message.id)
    survey = world.reader.survey(raw)
    scan = world.scanner.scan(raw)
    if isinstance(survey, Refusal):
        return _unread(message, raw, Evidence(survey, scan, None, None, (), correspondence.NONE), world, now)
    ours = _our_letters(survey.headers, world, rules)
    letter = world.records.letter_of(ours) if ours else None
    own_id = own_message_id(survey.headers.untrusted_message_id)
    return Evidence(
        survey=survey,
        scan=scan,
        earlier_copy=world.records.earlier_copy(message.id, _bytes(message), _content(message, survey)),
        our_letter=ours[0] if letter else None,
        linked=tuple(letter[1]) if letter else (),
        correspondence=correspondence.collect(message, _only_address(survey.headers), world, now),
        signed=_verified(raw, survey, world),
        same_message_id=world.records.of_message_id(message.id, own_id) if own_id else None,
    )


def _unread(message: Message, raw: bytes, evidence: Evidence, world: World, now: datetime) -> Evidence:
    """Add what the headers alone say of a mail that the wall refused."""
    found = world.reader.front(raw)
    front = None if isinstance(found, Refusal) else found
    address = _only_address(front.headers) if front else None
    return replace(evidence, front=front, correspondence=correspondence.collect(message, address, world, now))


def decide(message: Message, evidence: Evidence, rules: Settings, now: datetime) -> Outcome:
    """Judge the sender, the attachments and the loops; hold what cannot be opened, set aside what no person wrote."""
    if isinstance(evidence.survey, Refusal):
        return _refused(message, evidence.survey, evidence, rules, now)
    survey = evidence.survey
    verdicts = _verdicts(message, survey, evidence.scan, rules)
    verdicts = replace(verdicts, linked=evidence.linked, sender=disputed(verdicts.sender, evidence.signed))
    stage, why = _where(message, evidence, verdicts, survey)
    copy, held = why == "exact-copy", stage is Stage.HELD
    earlier = evidence.earlier_copy
    return Outcome(
        stage=stage,
        why=why,
        screening=verdicts,
        content_sha256=None if copy else _content(message, survey),
        documents=_documents(survey),
        findings=_of_likes(copy, evidence),
        exceptions=_exceptions(stage, why, evidence),
        letters=_receipt(why, verdicts, Desk(message, evidence.correspondence, rules, now)) if held else (),
        linked=evidence.linked[0] if evidence.linked else None,
        copy_of=earlier.id if earlier else None,
        takes_over=earlier is not None and not copy,
        bounced=evidence.our_letter if verdicts.automation is Automation.BOUNCE and came_back(survey) else None,
    )


def _bytes(message: Message) -> str:
    """Return the digest that an earlier delivery of the same bytes has; of an oversize mail only the head was read."""
    return "" if message.oversize else message.arrival.sha256


def _content(message: Message, survey: Survey) -> str:
    """Return what the same mail by another way is known by; what was not read of an oversize one counts by its size."""
    if not message.oversize:
        return survey.content_sha256
    return sha256(f"{survey.content_sha256} and {message.arrival.bytes} bytes".encode()).hexdigest()


def _where(message: Message, evidence: Evidence, verdicts: Screening, survey: Survey) -> tuple[Stage, str]:
    if evidence.earlier_copy is not None and not better_proved(verdicts.sender.trust, evidence.earlier_copy):
        return Stage.SET_ASIDE, "exact-copy"
    stage, why = disposition(verdicts, survey)
    if stage is Stage.SCREENED and message.oversize:
        return Stage.HELD, "over-limit"
    return stage, why


def _of_likes(copy: bool, evidence: Evidence) -> tuple[Finding, ...]:
    """Tell of an earlier mail that this one goes on in place of, or whose Message-ID it bears with other content."""
    if copy:
        return ()
    if evidence.earlier_copy:
        return (Finding("copy-was-stopped", detail={"earlier": evidence.earlier_copy.id}),)
    if evidence.same_message_id:
        return (Finding(ID_REUSED, detail={"earlier": evidence.same_message_id}),)
    return ()


def _verdicts(message: Message, survey: Survey, scan: ScanResult, rules: Settings) -> Screening:
    border, day = _border(message, rules), local_date(message.arrival.received_at)
    return screening(survey, scan, rules.agencies, border, rules.program.own_addresses, day)


def _refused(message: Message, refusal: Refusal, evidence: Evidence, rules: Settings, now: datetime) -> Outcome:
    """Judge a mail the wall refused whole by the scanner's word and its headers; nobody is answered without these."""
    border, day, front = _border(message, rules), local_date(message.arrival.received_at), evidence.front
    verdicts = unread_mail.verdicts_on(front, evidence.scan, rules, border, day) if front else None
    stage, why = unread_mail.disposition(refusal, evidence.scan, verdicts)
    held = stage is Stage.HELD
    desk = Desk(message, evidence.correspondence, rules, now)
    return Outcome(
        stage=stage,
        why=why,
        screening=verdicts,
        exceptions=(ExceptionItem("unreadable-mail", Severity.TODAY),) if held else _exceptions(stage, why, evidence),
        letters=desk.receive(verdicts, unread_mail.note_of(refusal)) if held and verdicts else (),
    )


def _border(message: Message, rules: Settings) -> Border:
    """Return whose word is believed about mail of this mailbox: nobody's where the configuration has it no longer."""
    mailbox = rules.program.mailbox_named(message.arrival.place.mailbox)
    return Border(mailbox.trusted_authserv, mailbox.hops_above_results) if mailbox else Border()


def _documents(survey: Survey) -> tuple[DocumentRecord, ...]:
    return tuple(
        DocumentRecord(part.index, part.kind.value, part.bytes, part.sha256, "unopened")
        for part in survey.parts
        if not part.body
    )


def _exceptions(stage: Stage, why: str, evidence: Evidence) -> tuple[ExceptionItem, ...]:
    """Open what a person must look at: why the mail stopped, and a Message-ID that another mail has had."""
    reused = evidence.same_message_id is not None and evidence.earlier_copy is None
    flagged = (ExceptionItem(ID_REUSED, Severity.ATTENTION),) if reused else ()
    return (*_why_stopped(stage, why, evidence), *flagged)


def _why_stopped(stage: Stage, why: str, evidence: Evidence) -> tuple[ExceptionItem, ...]:
    if stage is Stage.HELD:
        return (ExceptionItem(why, Severity.TODAY),)
    if stage is Stage.QUARANTINED:
        return (ExceptionItem(f"quarantined-{why}", Severity.ATTENTION),)
    returned = isinstance(evidence.survey, Survey) and came_back(evidence.survey)
    if evidence.our_letter and why == "bounce" and returned:
        reference = evidence.linked[0] if evidence.linked else None
        return (ExceptionItem("acknowledgement-bounced", Severity.TODAY, reference=reference),)
    return ()


def _receipt(why: str, verdicts: Screening, desk: Desk) -> tuple[Letter, ...]:
    return desk.receive(verdicts, "unopened" if why.startswith("unopened") else why)


def _verified(raw: bytes, survey: Survey, world: World) -> Verification:
    """Verify the signatures that speak for the From domain, with the keys that domain publishes."""
    address = _only_address(survey.headers)
    if world.sender_keys is None or address is None or not survey.headers.signatures:
        return NOTHING_TRIED
    domain = address.reveal().rpartition("@")[2].lower()
    found = [(each, world.sender_keys.record(each)) for each in aligned(survey.headers.signatures, domain)]
    keys = [SigningKey(signature=each, record=record) for each, record in found if record is not None]
    if not keys:
        return NOTHING_TRIED
    return Verification(tuple(key.signature for key in keys), world.reader.holding(raw, keys))


def _only_address(headers: Headers) -> Private | None:
    addresses = headers.from_addresses
    return Private(addresses[0].untrusted_address) if len(addresses) == 1 else None


def _our_letters(headers: Headers, world: World, rules: Settings) -> Sequence[str]:
    """Return Message-IDs of ours, the token proven, that the mail names (RFC 5322 3.6.4; RFC 3464 returned headers)."""
    named = (*headers.returned_message_ids, headers.untrusted_in_reply_to, headers.untrusted_references)
    return ours_among(
        named,
        rules.program.post.sender,
        lambda kind, message, token: world.keys.is_token("letter", f"{kind}/{message}", token),
    )
