"""Who a mail is from, through the wall's own reader of headers, against the spoofing forms of security.md 2.2."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.private import Private
from intake.domain.verdict import AuthResult, SenderTrust, SenderVerdict
from intake.screening.authentication import Border
from intake.screening.senders import judge_sender
from parsers.contract import Headers
from tests.builders.surveys import AGENCIES, BORDER, PASSED, POLICE, headers, headers_of, reply_to

TODAY = date(2026, 11, 23)
OURSELVES = frozenset({"sscp@salford.gov.uk"})
EVE = "eve@evil.example"


def judged(mail: Headers, day: date = TODAY) -> SenderVerdict:
    """Return the verdict with our border trusted."""
    return judge_sender(mail, AGENCIES, Border((BORDER,)), OURSELVES, day)


def result(of: str, domain: str = "gmp.example") -> tuple[str, ...]:
    """Return our border's field with one DMARC result."""
    return (f"{BORDER}; dmarc={of} header.from={domain}",)


BLOCKS = {
    "two From, the agency's first": f"From: {POLICE}\r\nFrom: {EVE}",
    "two From, the agency's last": f"From: {EVE}\r\nFrom: {POLICE}",
    "two From of one address": f"From: {POLICE}\r\nFrom: {POLICE}",
    "two From in other capitals": f"FROM: {POLICE}\r\nfrom: {EVE}",
    "a blank before the colon": f"From : {POLICE}\r\nFrom: {EVE}",
    "a tab before the colon": f"From: {EVE}\r\nFrom\t: {POLICE}",
    "no From but a Sender": f"Sender: {POLICE}",
    "no From but a Resent-From": f"Resent-From: {POLICE}\r\nReply-To: {POLICE}",
    "an empty From": "From:",
}
"""Whole header blocks."""
VALUES = {
    "an address as an unquoted name": f"{POLICE} <{EVE}>",
    "an address in two brackets": f"<{POLICE}> <{EVE}>",
    "brackets in brackets": f"<<{POLICE}> {EVE}>",
    "a group": f"{POLICE}:{EVE};",
    "a group of one": f"police:{POLICE};",
    "a list": f"{POLICE}, {EVE}",
    "a list without a comma": f"{POLICE} {EVE}",
    "a bare CR": f"{POLICE}\r <{EVE}>",
    "a bare CR that opens a From": f"{EVE}\rFrom: {POLICE}",
    "a NUL": f"{POLICE}\x00 <{EVE}>",
    "a quoted pair": f'"{POLICE.replace("@", chr(92) + "@")}"@evil.example',
    "a quoted local part": f'"{POLICE}"@evil.example',
    "an encoded word for an address": "=?utf-8?Q?orla=40gmp.example?=",
    "an encoded word before a domain": "=?utf-8?Q?orla=40gmp.example=00?=@evil.example",
    "an encoded word with a line end": "=?utf-8?Q?orla=40gmp.example=0A=00?=@evil.example",
    "an encoded word in the brackets": "Orla <=?utf-8?Q?orla=40gmp.example?=>",
    "a route": f"<@gmp.example:{EVE}>",
    "a comment in the domain": "orla@gmp.example(.evil.example)",
    "a comment before": f"({POLICE}) {EVE}",
    "an open comment": f"{POLICE} (<{EVE}>",
    "a letter of another script": "orla@gmp.ex\u0430mple",
    "an address behind the brackets": f"<{EVE}> {POLICE}",
    "an open quote": f'"<{POLICE}> <{EVE}>',
    "a dot behind the domain": f"{POLICE}.",
    "no address": "Orla Example",
}
"""Values of the one From there is."""
FORMS = BLOCKS | {name: f"From: {value}" for name, value in VALUES.items()}


@pytest.mark.parametrize("claimed", ["gmp.example", "evil.example"])
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_no_spoofing_form_is_authenticated(form: str, claimed: str) -> None:
    """Two readings make a sender unusable, whichever of the two domains our border vouched for."""
    block = form if form.split(":", maxsplit=1)[0].strip().title().endswith(("From", "Sender")) else f"From: {form}"
    mail = headers_of(f"Authentication-Results: {result('pass', claimed)[0]}\r\n{block}\r\nSubject: Referral\r\n")
    verdict = judged(mail)
    assert (verdict.trust, verdict.address, verdict.agency) == (SenderTrust.UNUSABLE, None, None)
    assert verdict.dmarc is not AuthResult.PASS


@pytest.mark.parametrize(
    "name", [f'"{POLICE}"', "=?utf-8?Q?orla=40gmp.example?=", '"Greater Manchester Police orla@gmp.example"']
)
def test_an_agencys_address_as_a_name_makes_no_agency(name: str) -> None:
    """The display name is never matched: the sender is who stands in the brackets, and the trick is noted."""
    verdict = judged(headers(f"{name} <{EVE}>", authentication_results=result("pass", "evil.example")))
    assert (verdict.trust, verdict.address, verdict.agency) == (SenderTrust.UNKNOWN, Private(EVE), None)
    assert "display-name-address" in verdict.notes


@pytest.mark.parametrize(
    ("written", "trust"),
    [
        ("pass", SenderTrust.AUTHENTICATED), ("fail", SenderTrust.FAILED), ("none", SenderTrust.UNVERIFIED),
        ("temperror", SenderTrust.UNVERIFIED), ("permerror", SenderTrust.UNVERIFIED),
        ("bestguesspass", SenderTrust.UNVERIFIED), ("quarantine", SenderTrust.FAILED),
    ],
)  # fmt: skip
def test_an_agencys_trust_is_our_borders_word(written: str, trust: SenderTrust) -> None:
    """Pass authenticates, fail is a spoof until shown otherwise, all else verifies nothing."""
    verdict = judged(headers(f"Orla Example <{POLICE.upper()}>", authentication_results=result(written)))
    assert (verdict.trust, verdict.agency, verdict.address) == (trust, "gmp", Private(POLICE))


def test_a_pass_for_another_domain_is_a_spoof() -> None:
    """Our border read another From than we did: somebody wrote two, and that is noted."""
    verdict = judged(headers(authentication_results=result("pass", "evil.example")))
    assert verdict.trust is SenderTrust.FAILED
    assert "results-for-another-domain" in verdict.notes


def test_forged_results_make_a_spoof_of_an_agency_and_nothing_of_a_stranger() -> None:
    """A field in our border's name below its Received is the sender's work, read through the wall's own headers."""
    hop = f"Received: from evil.example by {BORDER}; Mon, 16 Nov 2026 09:30:00 +0000\r\n"
    forged = headers_of(f"{hop}Authentication-Results: {PASSED}\r\nFrom: {POLICE}\r\n")
    assert (judged(forged).trust, judged(forged).notes) == (SenderTrust.FAILED, ("forged-results",))
    stranger = headers_of(f"{hop}Authentication-Results: {result('pass', 'evil.example')[0]}\r\nFrom: {EVE}\r\n")
    assert judged(stranger).trust is SenderTrust.UNKNOWN
    genuine = headers_of(f"Authentication-Results: {PASSED}\r\n{hop}From: {POLICE}\r\n")
    assert judged(genuine).trust is SenderTrust.AUTHENTICATED


def test_a_shared_domain_is_matched_by_mailbox_alone() -> None:
    """The listed mailbox is the hospital's; its neighbours at the same domain are anybody's."""
    own = judged(headers("Safe.Guard@shared.example", authentication_results=result("pass", "shared.example")))
    other = judged(headers("safeguard@shared.example", authentication_results=result("pass", "shared.example")))
    assert (own.trust, own.agency) == (SenderTrust.AUTHENTICATED, "hospital")
    assert (other.trust, other.agency) == (SenderTrust.UNKNOWN, None)


def test_a_sub_domain_is_the_agencys_only_if_listed() -> None:
    """A sub-domain nobody listed is unknown, and said to be one."""
    verdict = judged(headers("orla@mail.gmp.example", authentication_results=result("pass", "mail.gmp.example")))
    assert (verdict.trust, verdict.agency) == (SenderTrust.UNKNOWN, None)
    assert verdict.notes == ("unlisted-sub-domain",)


@pytest.mark.parametrize(
    ("day", "agency"),
    [(date(2018, 6, 28), None), (date(2018, 6, 29), "closed"), (date(2020, 3, 31), "closed"), (date(2020, 4, 1), None)],
)
def test_an_agency_is_one_from_its_first_to_its_last_day(day: date, agency: str | None) -> None:
    """Both ends count; outside them the address is unknown, and why is noted."""
    mail = headers("pat@closed.example", authentication_results=result("pass", "closed.example"))
    verdict = judged(mail, day)
    assert verdict.agency == agency
    assert (verdict.trust is SenderTrust.AUTHENTICATED) is (agency is not None)
    assert ("agency-not-current" in verdict.notes) is (agency is None)


@pytest.mark.parametrize("domain", ["gmp.example.evil.example", "gnp.example", "gpm.example", "my-gmp.example"])
def test_a_near_miss_is_unknown_and_noted(domain: str) -> None:
    """A domain near an agency's is nobody's, and a person is told that it is near."""
    verdict = judged(headers(f"orla@{domain}", authentication_results=result("pass", domain)))
    assert (verdict.trust, verdict.agency) == (SenderTrust.UNKNOWN, None)
    assert "lookalike-domain" in verdict.notes


def test_a_near_miss_in_another_script_is_noted_though_nobody_is_named() -> None:
    """The From is refused for its letters, and the person is told what they imitate."""
    verdict = judged(headers("orla@gmp.ex\u0430mple"))
    assert verdict.trust is SenderTrust.UNUSABLE
    assert verdict.notes == ("from-not-strict", "lookalike-domain")


@pytest.mark.parametrize(
    "results", [("pass", "salford.gov.uk"), ("fail", "salford.gov.uk"), ("none", "salford.gov.uk")]
)
def test_our_own_address_is_ourselves_whatever_is_said_of_it(results: tuple[str, str]) -> None:
    """A mail from a monitored or sending address is never a referral's."""
    assert (
        judged(headers("SSCP@salford.gov.uk", authentication_results=result(*results))).trust is SenderTrust.OURSELVES
    )


@pytest.mark.parametrize("spoofed", list(product([False, True], repeat=3)))
def test_identity_is_the_from_alone(spoofed: tuple[bool, bool, bool]) -> None:
    """In all eight combinations of From, Return-Path and Reply-To only the From's own owner counts."""
    sender, path, answer = (EVE if changed else POLICE for changed in spoofed)
    domain = sender.partition("@")[2]
    verdict = judged(
        headers(
            sender,
            untrusted_return_path=f"<{path}>",
            reply_to=reply_to(answer),
            authentication_results=result("pass", domain),
        )
    )
    assert verdict.address == Private(sender)
    assert (verdict.trust is SenderTrust.AUTHENTICATED) is (sender == POLICE)
    assert ("reply-to-elsewhere" in verdict.notes) is (answer != sender)


@pytest.mark.parametrize("reader", ["from_addresses", "from_second_opinion"])
@pytest.mark.parametrize("reading", [(), (EVE,), (POLICE, EVE)])
def test_one_reader_that_disagrees_is_enough(reader: str, reading: tuple[str, ...]) -> None:
    """Where any reader sees another sender, more senders or none, nobody is named."""
    verdict = judged(headers(**{reader: reply_to(*reading)}))
    assert (verdict.trust, verdict.address) == (SenderTrust.UNUSABLE, None)
    assert "from-readers-disagree" in verdict.notes


@pytest.mark.parametrize(
    ("block", "note"),
    [
        (f"From: {POLICE}\r\nFrom: {EVE}\r\n", "several-from"),
        ("Subject: x\r\n", "from-missing"),
        ("From: =?utf-8?Q?orla=40gmp.example?=\r\n", "encoded-word-in-address"),
        ("From: police:orla@gmp.example;\r\n", "from-not-strict"),
    ],
)
def test_why_a_sender_is_unusable_is_told(block: str, note: str) -> None:
    """Each way of not being one sender has its own code."""
    assert note in judged(headers_of(block)).notes


def test_a_second_from_counts_though_only_one_was_read() -> None:
    """The count of From fields under any reading of line ends decides, not how many values came through."""
    verdict = judged(headers(from_header_count=2))
    assert (verdict.trust, verdict.notes) == (SenderTrust.UNUSABLE, ("several-from",))


def test_an_honest_mail_has_no_notes() -> None:
    """The plain case is plain: nothing is noted that a person would have to look at."""
    verdict = judged(headers("=?utf-8?Q?Orla_=C3=89xample?= <orla@gmp.example>", reply_to=reply_to(POLICE)))
    assert (verdict.trust, verdict.notes) == (SenderTrust.AUTHENTICATED, ())
    assert (verdict.spf, verdict.dkim, verdict.dmarc) == (AuthResult.PASS,) * 3


def test_a_verdict_shows_no_address() -> None:
    """The address is there for the letter, and nowhere in print."""
    assert POLICE not in repr(judged(headers()))


@given(st.text(max_size=200), st.text(max_size=80))
def test_nothing_raises_whatever_the_from_says(raw: str, name: str) -> None:
    """Any text in any reader's mouth gives a verdict, and never an agency's."""
    mail = headers(untrusted_from_raw=(raw,), from_addresses=reply_to(name[:300]), authentication_results=(PASSED, raw))
    assert judged(mail).trust in {SenderTrust.UNUSABLE, SenderTrust.UNKNOWN}
