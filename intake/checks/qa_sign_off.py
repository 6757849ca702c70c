"""Has the agency's PRSG member quality assured this form? A missing sign-off never delays anything: it is a finding."""

from intake.checks.context import CheckContext
from intake.domain.agency_names import every_name, signing_agencies
from intake.domain.answers import exact_day
from intake.domain.findings import Finding, FindingKind, Severity
from intake.domain.private import Private
from intake.domain.referral import Reading, Referral
from intake.domain.sign_off import QAAnswers, QASignOff, QAStatus, Signatories, judge

MISSING = "qa-sign-off-missing"
AFTER_RECEIPT = "qa-dated-after-receipt"

CODES = {
    QAStatus.BY_DEPUTY: "qa-by-deputy",
    QAStatus.BY_THE_REFERRER: "qa-by-the-referrer",
    QAStatus.IMPLIED: "qa-implied",
    QAStatus.NAMED_NOT_A_MEMBER: "qa-named-not-a-member",
    QAStatus.AGENCY_MISMATCH: "qa-agency-mismatch",
    QAStatus.STATEMENT_WITHOUT_A_NAME: "qa-statement-without-a-name",
    QAStatus.PLACEHOLDER: "qa-placeholder",
    QAStatus.BLANK: MISSING,
    QAStatus.UNREADABLE: "qa-unreadable",
}
"""What each status is as a finding; a confirmed one is none."""

KINDS = (
    FindingKind(MISSING, "No quality assurance by the agency's PRSG member", Severity.ATTENTION),
    FindingKind("qa-placeholder", "The QA section only promises a sign-off (TBC, awaiting)", Severity.NOTE),
    FindingKind("qa-named-not-a-member", "Who signed is not on the PRSG list of that day", Severity.ATTENTION),
    FindingKind("qa-agency-mismatch", "Who signed is on the PRSG list for another agency", Severity.ATTENTION),
    FindingKind("qa-statement-without-a-name", "The QA section says it was done, not by whom", Severity.ATTENTION),
    FindingKind(
        "qa-unreadable", "The QA section holds a picture or two answers: a person must look", Severity.ATTENTION
    ),
    FindingKind("qa-implied", "QA section blank, but the PRSG member sent the mail", Severity.NOTE),
    FindingKind("qa-by-deputy", "Signed off by a deputy", Severity.NOTE),
    FindingKind("qa-by-the-referrer", "The PRSG member is the referrer", Severity.NOTE),
    FindingKind(AFTER_RECEIPT, "The date of quality assurance is after the receipt", Severity.ATTENTION),
)

INTACT, SIGNATURE = "signature-intact", "[digital signature"
"""The code of a file whose digital signature is whole, and how the reader shows the place where it stands."""
PICTURE = "[picture]"
"""How a reader may show that a picture stands where an answer should (form.md, "ink signature")."""


def ask(referral: Referral, context: CheckContext) -> tuple[Finding, ...]:
    """Find what the sign-off lacks; a placeholder is a missing sign-off as well, said in so many words."""
    verdict = sign_off(referral, context)
    codes = [CODES[verdict.status]] if verdict.status in CODES else []
    if verdict.status is QAStatus.PLACEHOLDER:
        codes.insert(0, MISSING)
    if verdict.signed_on is not None and verdict.signed_on > context.received_on:
        codes.append(AFTER_RECEIPT)
    return tuple(Finding(code, referral.document, {"status": verdict.status.value}) for code in codes)


def sign_off(referral: Referral, context: CheckContext) -> QASignOff:
    """Return the judged sign-off of a form."""
    entitled = signing_agencies(context.agency_answered(referral, "referrer.agency"), context.agencies)
    return judge(
        _answers(referral, context.agency_answered(referral, "qa.agency")),
        Signatories(context.settings.members, entitled, every_name(context.agencies)),
        referrer=_words(referral, "referrer.name"),
        received_on=context.received_on,
        sender=context.sender,
    )


def _answers(referral: Referral, agency: str | None) -> QAAnswers:
    readings = [reading for field in ("qa.name", "qa.statement") for reading in referral.answers(field)]
    return QAAnswers(
        name=_words(referral, "qa.name"),
        role=_words(referral, "qa.role"),
        statement=_words(referral, "qa.statement"),
        agency=agency,
        signed_on=exact_day(referral, "qa.date"),
        signature_image=any(reading.text.reveal() == PICTURE for reading in readings),
        digital_signature=any(_is_signed(reading, referral) for reading in readings),
        disputed=len({reading.text.reveal() for reading in referral.answers("qa.name")}) > 1,
    )


def _is_signed(reading: Reading, referral: Referral) -> bool:
    """Tell whether a digital signature stands here that covers the whole file and was not broken since."""
    return INTACT in referral.codes and reading.text.reveal().startswith(SIGNATURE)


def _words(referral: Referral, field: str) -> Private | None:
    text = referral.answer(field)
    return Private(text) if text and text != PICTURE else None
