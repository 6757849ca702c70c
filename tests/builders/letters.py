"""The shipped words and invented facts for tests of letters and of what is made from them."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from html.parser import HTMLParser

from intake.domain.case import AcknowledgementFacts, Letter, Reference
from intake.domain.private import Private
from intake.domain.verdict import AuthResult, Automation, ScanResult, Screening, SenderTrust, SenderVerdict
from intake.settings.letters import load_words
from intake.settings.neighbours import Channel, Safety
from intake.settings.places import shipped
from intake.settings.program import Post
from intake.settings.words import Words

NOW = datetime(2026, 11, 24, 16, 5, tzinfo=UTC)
ORLA = Private("orla@agency.example")
REFERENCE = Reference("SSCP-2026-7K4M2Q")
MESSAGE_ID = "acknowledgement.aaaaaaaaaaaaaaaaaaaa.m-abcdefghijkl@salford.gov.uk"
POST = Post.model_validate({"host": "127.0.0.1", "port": 25, "from": "SSCP Business Unit <sscp@salford.gov.uk>"})
CHANNELS = (
    Channel(name="The Example Bridge", phone="0161 496 0001", hours="in the daytime"),
    Channel(name="Police", phone="999", hours="in immediate danger"),
)
SAFETY = Safety.model_construct(lead="Do not wait for us. Contact:", channels=CHANNELS, phrases={}, reassurances=())
FACTS = AcknowledgementFacts(references=(REFERENCE,), received=NOW, documents=1)


@cache
def shipped_words() -> Words:
    """Return the shipped words with the titles of two invented sections."""
    return load_words(shipped() / "letters", {"incident": "About the incident", "qa": "Quality assurance"})


def mail_of(letter: Letter) -> EmailMessage:
    """Return a letter as a mail program reads it."""
    mail = message_from_bytes(letter.content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def text_of(letter: Letter) -> str:
    """Return the plain text."""
    part = mail_of(letter).get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(letter: Letter) -> str:
    """Return the HTML."""
    part = mail_of(letter).get_body(("html",))
    assert part is not None
    return str(part.get_content())


class _Shown(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in {"style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"style", "title"}

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words += data.split()


def words_shown(html: str) -> list[str]:
    """Return every word a reader of the HTML sees, in order."""
    shown = _Shown()
    shown.feed(html)
    return shown.words


def screening(
    trust: SenderTrust = SenderTrust.AUTHENTICATED,
    address: str | None = "orla@agency.example",
    automation: Automation = Automation.PERSON,
    scan: ScanResult = ScanResult.CLEAN,
    *,
    answerable: bool = True,
) -> Screening:
    """Return a screening, by default of a known agency's authenticated mail."""
    verdict = SenderVerdict(
        trust=trust,
        address=Private(address) if address else None,
        agency="agency",
        spf=AuthResult.PASS,
        dkim=AuthResult.PASS,
        dmarc=AuthResult.PASS,
    )
    return Screening(
        sender=verdict,
        automation=automation,
        answerable=answerable,
        scan=scan,
        wrapper=None,
        links=(),
        notes=(),
        sent_date=None,
        in_reply_to=None,
    )
