"""Mail whose content lies elsewhere is told by its wrapper or its link, a footer is not mistaken for one."""

import pytest

from parsers.containers.bodies import link_hosts, words_of
from parsers.containers.leaf import Leaf
from parsers.containers.opening import open_mail
from parsers.containers.tree import parse
from parsers.containers.wrappers import wrapper_of
from parsers.limits import MAX_BODY_CHARACTERS, Allowance
from tests.builders import mails
from tests.builders.mails import Attachment


def opened(raw: bytes) -> tuple[Leaf, ...]:
    """Open a mail with a fresh allowance."""
    allowance = Allowance()
    return open_mail(parse(raw, allowance), allowance)


def wrapper(raw: bytes) -> str | None:
    """Return the wrapper of a mail."""
    leaves = opened(raw)
    return wrapper_of(leaves, words_of(leaves).raw)


@pytest.mark.parametrize("service", ["purview", "egress", "mimecast", "zivver", "nhsmail"])
def test_a_wrapped_mail_is_known_by_its_service(service: str) -> None:
    """Each service's own part or phrase tells it."""
    assert wrapper(mails.wrapped(service)) == service


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("You have received an encrypted message. Open it in Microsoft Purview Message Encryption.", "purview"),
        ("Read the message: https://outlook.office365.com/Encryption/retrieve.ashx?x=1", "purview"),
        ("Orla sent you a secure message with Zivver.", "zivver"),
        ("You have received a secure message. https://secure-uk.mimecast.com/x", "mimecast"),
        ("You have received a secure email. Open it with the Egress Secure Email reader.", "egress"),
        ("This secure message is a Cisco Registered Envelope.", "cisco"),
        ("Click to read your message: a Proofpoint Secure message.", "proofpoint"),
        ("Orla sent you a protected message. Unlock it at https://www.virtru.com/start/?x", "virtru"),
        ("View your message in Trend Micro Email Encryption.", "trend-micro"),
        ("A Sophos Secure Message is waiting: view this message.", "sophos"),
        ("Open your message with Galaxkey Secure.", "galaxkey"),
    ],
)
def test_an_invitation_of_a_service_tells_it(words: str, code: str) -> None:
    """Its own phrase, where the mail invites to read what lies elsewhere, in words or on a page."""
    assert wrapper(mails.mail(words)) == code
    assert wrapper(mails.mail("x", html=f"<p>{words}</p>")) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("message.html", "purview"),
        ("message_v4.rpmsg", "purview"),
        ("Encrypted_Message.htm", "nhsmail"),
        ("securedoc_20261116T093000.html", "cisco"),
        ("SecureMessageAtt.html", "proofpoint"),
        ("message_zdm.html", "voltage"),
        ("Referral.switch", "egress"),
    ],
)
def test_a_part_that_only_a_service_opens_tells_it(name: str, code: str) -> None:
    """By its name, but only of bytes that are no document."""
    assert wrapper(mails.mail("Hello", Attachment(name, b"<html><body>open me</body></html>"))) == code
    assert wrapper(mails.mail("Hello", Attachment(name, b"%PDF-1.4"))) is None


def test_a_wrapper_in_a_forwarded_mail_is_told() -> None:
    """The forwarding hand does not make it readable."""
    assert wrapper(mails.forwarded(mails.wrapped("purview"))) == "purview"


def test_a_footer_of_a_mail_service_wraps_nothing() -> None:
    """A document that lies open beside the phrases is read."""
    text = "Referral attached.\r\nThis secure message was scanned. Mimecast Secure Messaging, Egress Protect."
    assert wrapper(mails.mail(text, mails.pdf_attachment(b"%PDF-1.4\n"))) is None
    assert wrapper(mails.mail("Scanned by Mimecast for viruses.")) is None


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://agency.sharepoint.com/:w:/s/x", "sharepoint"),
        ("https://agency-my.sharepoint.com/:w:/g/x", "onedrive"),
        ("https://1drv.ms/w/s!x", "onedrive"),
        ("https://drive.google.com/file/d/x", "google-drive"),
        ("HTTPS://WWW.Dropbox.com/s/x", "dropbox"),
        ("https://we.tl/t-x", "wetransfer"),
        ("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fagency.sharepoint.com%2Fx", "sharepoint"),
    ],
)
def test_a_link_to_a_file_service_is_told(url: str, code: str) -> None:
    """Known hosts are found, behind rewritten links too."""
    assert link_hosts(f"The form: <{url}>") == (code,)


@pytest.mark.parametrize("url", ["https://notdropbox.com/", "https://sharepoint.com.evil.example/", "dropbox.com"])
def test_a_lookalike_host_is_no_file_service(url: str) -> None:
    """Only whole labels of a linked host count."""
    assert link_hosts(url) == ()


def test_the_page_is_read_where_the_plain_words_say_nothing() -> None:
    """A plain part that only points to the page does not hide it."""
    raw = mails.mail("View this in a browser", html="<p>" + "The referral follows. " * 20 + "</p>")
    assert words_of(opened(raw)).text.startswith("The referral follows.")


def test_words_of_a_forwarded_mail_follow_the_outer_ones() -> None:
    """Both are a mail's own words."""
    text = words_of(opened(mails.forwarded(mails.mail("inner words")))).text
    assert text.index("See below.") < text.index("inner words")


def test_a_cut_of_the_body_is_told() -> None:
    """Nothing is cut in silence (incident 82)."""
    words = words_of(opened(mails.mail("word " * 20_000)))
    assert len(words.text) == MAX_BODY_CHARACTERS
    assert "body-cut" in words.codes


def test_a_nonsense_charset_of_a_body_is_told_and_read() -> None:
    """Incident 46: the words are there all the same."""
    raw = mails.raw("From: a@agency.example", "Content-Type: text/plain; charset=uft-8", body="café".encode())
    words = words_of(opened(raw))
    assert (words.text, words.codes) == ("café", ("odd-charset",))
