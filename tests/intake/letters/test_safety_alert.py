"""The alert to the duty channel: by our own numbers only, in words, loud, and told apart from its reminders."""

from intake.domain.case import Letter, LetterKind, Reference
from intake.domain.message import MessageId
from intake.letters import safety_alert
from tests.builders.letters import CHANNELS, NOW, POST, SAFETY, html_of, mail_of, shipped_words, text_of

MESSAGE = MessageId("m-abcdefghij27")


def alert(*codes: str, reference: Reference | None = None, repeated: int = 0) -> Letter:
    """Compose an alert to two people."""
    return safety_alert.compose(
        MESSAGE,
        codes,
        ("duty@council.example", "lead@council.example"),
        shipped_words(),
        SAFETY,
        POST,
        message_id="safety-alert@salford.gov.uk",
        received=NOW,
        now=NOW,
        reference=reference,
        repeated=repeated,
    )


def test_the_alert_says_which_message_why_and_what_to_do() -> None:
    """The duty channel learns the message, the codes in words, and that nobody else was told."""
    text = text_of(alert("wrong-form", "a-code-without-words"))
    assert f"Message: {MESSAGE}" in text
    assert shipped_words().common.alert_codes["wrong-form"][:30] in text
    assert "a-code-without-words" in text
    assert "told nobody" in text.replace("\n  ", " ")
    assert CHANNELS[0].phone in text
    assert f"{MESSAGE}" in html_of(alert("wrong-form"))


def test_the_alert_is_generated_urgent_and_to_all() -> None:
    """It goes to every person named, marked urgent and as made by a machine."""
    letter = alert("wrong-form")
    mail = mail_of(letter)
    assert mail["To"] == "duty@council.example, lead@council.example"
    assert [recipient.reveal() for recipient in letter.recipients] == ["duty@council.example", "lead@council.example"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Importance"] == "high"
    assert mail["Subject"] == f"SSCP ALERT: a child may be at risk now, {MESSAGE}"
    assert letter.kind is LetterKind.SAFETY_ALERT


def test_a_reminder_says_that_it_is_one() -> None:
    """A repeated alert tells how often, and names the case where there is one by now."""
    letter = alert("wrong-form", reference=Reference("SSCP-2026-7K4M2Q"), repeated=2)
    assert mail_of(letter)["Subject"] == "SSCP ALERT (reminder 2): a child may be at risk now, SSCP-2026-7K4M2Q"
    assert "reminder 2" in text_of(letter)
    assert "reminder" not in text_of(alert("wrong-form"))
