"""Domains made to deceive: each is seen, none is believed, and honest neighbours are left alone."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.verdict import SenderTrust
from intake.screening.authentication import Border
from intake.screening.lookalikes import looks_like, skeleton
from intake.screening.senders import judge_sender
from intake.settings.neighbours import Agency
from tests.builders.surveys import BORDER, headers

DOMAINS = ("gmp.police.uk", "salford.gov.uk", "nca.nhs.uk", "justice.gov.uk", "manchesterfire.gov.uk")
AGENCIES = tuple(
    Agency.model_validate({"code": f"a{number}", "name": domain, "domains": [domain]})
    for number, domain in enumerate(DOMAINS)
)
LETTERS = string.ascii_lowercase + string.digits + "-"
EDITS_ENOUGH = 500


def variants(domain: str) -> list[str]:
    """Return every name one edit away, and names with labels put before, behind and in between."""
    cuts = [(domain[:place], domain[place:]) for place in range(len(domain) + 1)]
    near = {head + tail[1:] for head, tail in cuts if tail}
    near |= {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    near |= {head + letter + tail[1:] for head, tail in cuts if tail for letter in LETTERS}
    near |= {head + letter + tail for head, tail in cuts for letter in LETTERS}
    near |= {f"{domain}.evil.example", f"{domain}-secure.example", f"mail.{domain}", f"x-{domain}", f"{domain}."}
    near |= {
        domain.replace(".", "-"),
        domain.replace(".", ""),
        domain.replace(".", ".."),
        f"xn--{domain}",
        f"www.{domain}",
    }
    return sorted(near - {domain})


def drawn_alike(domain: str) -> list[str]:
    """Return names of other scripts that print as ``domain`` does."""
    table = {"a": "\u0430", "e": "\u0435", "o": "\u043e", "p": "\u0440", "c": "\u0441", "i": "\u0456", "s": "\u0455"}
    whole = "".join(table.get(letter, letter) for letter in domain)
    return [whole, ".".join(_punycoded(label) for label in whole.split("."))]


def _punycoded(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


@pytest.mark.parametrize("domain", DOMAINS)
def test_five_hundred_variants_of_a_domain_are_nobodys(domain: str) -> None:
    """No near miss is an agency's, though its own DMARC passes for it."""
    tried = variants(domain) + drawn_alike(domain)
    assert len(tried) >= EDITS_ENOUGH
    for name in tried:
        mail = headers(
            f"orla@{name}", authentication_results=(f"{BORDER}; dmarc=pass header.from={name}",), received_count=3
        )
        verdict = judge_sender(mail, AGENCIES, Border((BORDER,)), frozenset(), date(2026, 11, 23))
        assert verdict.agency is None, name
        assert verdict.trust in {SenderTrust.UNKNOWN, SenderTrust.UNUSABLE}, name


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_variant_is_noticed(domain: str) -> None:
    """One edit, another script or an added label is seen; only a true sub-domain is the owner's to give."""
    for name in variants(domain) + drawn_alike(domain):
        if not name.endswith(f".{domain}"):
            assert looks_like(name, DOMAINS), name


@pytest.mark.parametrize(
    "domain",
    ["example.com", "gmp.example", "police.uk", "trafford.gov.uk", "manchester.gov.uk", "mail.salford.gov.uk",
     "met.police.uk.example", "nhs.net", "salford.ac.uk", "a", "", "."],
)  # fmt: skip
def test_honest_neighbours_are_left_alone(domain: str) -> None:
    """Other councils, the agency's own sub-domains and strangers are no look-alikes."""
    assert not looks_like(domain, DOMAINS)


@pytest.mark.parametrize(
    "domain",
    ["salford-gov-uk.com", "salfordgovuk.com", "salfordcouncil.gov.uk", "gmp-police-uk.com", "mysalford.gov.uk",
     "salford-council.gov.uk", "salford.gov.uk.com", "secure-salford-gov-uk.net", "sa1ford-gov-uk.com"],
)  # fmt: skip
def test_a_name_run_together_or_lengthened_is_noticed(domain: str) -> None:
    """Dots made dashes or nothing, and words put to the owner's own label, deceive as well."""
    assert looks_like(domain, DOMAINS)


@pytest.mark.parametrize("name", DOMAINS)
def test_a_domain_is_no_lookalike_of_itself(name: str) -> None:
    """The listed domains themselves are never noted."""
    assert not looks_like(name, DOMAINS)


@given(st.text(max_size=300))
def test_any_text_can_be_compared(text: str) -> None:
    """Broken punycode, controls and any script give a drawing, not a fault."""
    assert looks_like(text, DOMAINS) in {True, False}
    assert isinstance(skeleton(f"xn--{text}"), str)
