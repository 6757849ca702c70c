"""What the walled process might answer, made directly: for decisions that need no real document."""

from intake.domain.private import Private
from intake.domain.verdict import AuthResult, Automation, ScanResult, Screening, SenderTrust, SenderVerdict
from parsers.contract import DocumentReading, DocumentState, Harvest, Kind, Recognised

A_DIGEST = "ab" * 32


def document(
    state: DocumentState = DocumentState.NOT_A_FORM,
    *,
    kind: Kind = Kind.DOCX,
    recognised: Recognised = Recognised.NONE,
    sheet: str | None = None,
    index: int = 1,
    size: int = 20_000,
    codes: tuple[str, ...] = (),
) -> DocumentReading:
    """Return one document as read."""
    return DocumentReading(
        index=index, kind=kind, bytes=size, sha256=A_DIGEST, state=state, why=None, recognised=recognised, sheet=sheet,
        edition=None, readings=(), unplaced=(), conflicts=(), codes=codes,
    )  # fmt: skip


def harvest(*documents: DocumentReading, body: str = "", form_in_body: bool = False) -> Harvest:
    """Return what was read from a mail."""
    return Harvest(documents=documents, untrusted_body=body, body_looks_like_form=form_in_body, codes=())


def screening(
    trust: SenderTrust = SenderTrust.AUTHENTICATED,
    *,
    automation: Automation = Automation.PERSON,
    linked: tuple[str, ...] = (),
    address: str = "pat.example@agency.example",
    agency: str | None = "gmp",
) -> Screening:
    """Return verdicts on a mail, an authenticated agency's by default."""
    sender = SenderVerdict(
        trust=trust, address=Private(address), agency=agency, spf=AuthResult.NONE, dkim=AuthResult.NONE,
        dmarc=AuthResult.PASS if trust is SenderTrust.AUTHENTICATED else AuthResult.NONE,
    )  # fmt: skip
    return Screening(
        sender=sender, automation=automation, answerable=automation is Automation.PERSON, scan=ScanResult.NOT_SCANNED,
        wrapper=None, links=(), notes=(), sent_date=None, in_reply_to="original@agency.example", linked=linked,
    )  # fmt: skip
