"""Our border's word, and all the ways to put words into its mouth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.verdict import AuthResult
from intake.screening.authentication import EXCHANGE_HOPS, EXCHANGE_ONLINE, Authentication, Border, authentication
from tests.builders.surveys import BORDER, PASSED

PASS, FAIL, NONE, PERMERROR = AuthResult.PASS, AuthResult.FAIL, AuthResult.NONE, AuthResult.PERMERROR
DOMAIN = "gmp.example"
FAILED = f"{BORDER}; spf=fail smtp.mailfrom=evil.example; dkim=none; dmarc=fail (p=reject) header.from={DOMAIN}"
SILENT = f"{BORDER}; none"
NAMELESS = f"spf=pass smtp.mailfrom={DOMAIN}; dmarc=pass action=none header.from={DOMAIN};compauth=pass reason=100"


def judged(
    *fields: str,
    trusted: tuple[str, ...] = (BORDER,),
    domain: str | None = DOMAIN,
    below: tuple[int, ...] = (),
    hops: int | None = None,
) -> Authentication:
    """Return the judgement on the fields, top first; ``below`` counts the Received fields above each."""
    return authentication(fields, Border(trusted, hops), domain, below)


def test_our_own_border_is_believed() -> None:
    """A pass of all three methods for the From's domain comes through as it was written."""
    assert judged(PASSED) == Authentication(PASS, PASS, PASS)


@pytest.mark.parametrize("name", [BORDER.upper(), f" {BORDER} "])
def test_the_configured_name_matches_in_any_case(name: str) -> None:
    """Server names have no case, and blanks in a configuration mean nothing."""
    assert judged(PASSED, trusted=("other.example", name)).dmarc is PASS


@pytest.mark.parametrize(
    ("written", "result"),
    [
        ("fail", FAIL), ("none", NONE), ("temperror", AuthResult.TEMPERROR), ("permerror", PERMERROR),
        ("neutral", AuthResult.NEUTRAL), ("softfail", AuthResult.SOFTFAIL), ("hardfail", FAIL),
        ("policy", AuthResult.NEUTRAL), ("bestguesspass", NONE), ("passed", NONE), ("PASS", PASS),
    ],
)  # fmt: skip
def test_each_result_keeps_its_meaning(written: str, result: AuthResult) -> None:
    """The RFC's words are kept, old ones translated, unknown ones claim nothing."""
    assert judged(f"{BORDER}; dmarc={written} header.from={DOMAIN}").dmarc is result


@pytest.mark.parametrize(
    "rest",
    [
        "dmarc=pass", "dmarc=pass header.from=evil.example", "dmarc=pass header.from=mail.gmp.example",
        "dmarc=pass header.from=example", 'dmarc=pass header.from="gmp.example"', "dmarc=pass header.from=gmp.example.",
        "dmarc=pass header.from=gmp.example header.from=evil.example", "dmarc=pass smtp.from=gmp.example",
        "dmarc=pass header.from=gmp.example@evil.example", "dmarc=pass header.from=gmp.example(x)",
    ],
)  # fmt: skip
def test_a_pass_for_anything_but_the_froms_domain_is_none(rest: str) -> None:
    """DMARC speaks for one domain; said of another, of a parent, of two or of nobody it does not pass."""
    assert judged(f"{BORDER}; {rest}").dmarc is PERMERROR


def test_a_pass_for_a_mail_without_one_sender_is_none() -> None:
    """Where no From can be told, nothing can have passed for it."""
    assert judged(PASSED, domain=None).dmarc is PERMERROR


FORGERIES = {
    "of another server": [PASSED.replace(BORDER, "mx.evil.example")],
    "of a server with a longer name": [PASSED.replace(BORDER, f"{BORDER}.evil.example")],
    "of a server with a name like ours in front": [PASSED.replace(BORDER, f"x.{BORDER}")],
    "below ours that fails": [FAILED, PASSED],
    "below ours that says nothing": [SILENT, PASSED],
    "below ours that is odd": [f"{BORDER}; spf=pass smtp.mailfrom=a(b; dmarc=fail", PASSED],
    "below ours of an unknown version": [f"{BORDER} 2; dmarc=fail", PASSED],
    "below ours that ends open, with a version": [f'{BORDER} 1; dmarc=fail reason="', PASSED],
    "above ours, of another": [PASSED.replace(BORDER, "mx.evil.example"), FAILED],
    "in a comment": [f"mx.evil.example ({PASSED})"],
    "in a comment before the name": [f"({BORDER};) mx.evil.example; dmarc=pass header.from={DOMAIN}"],
    "with our name in quotes": [PASSED.replace(BORDER, f'"{BORDER}"')],
    "with our name broken by a comment": [PASSED.replace(BORDER, "mx(.evil).salford.example")],
    "behind another name": [PASSED.replace(BORDER, f"mx.evil.example {BORDER}")],
    "with two verdicts": [f"{BORDER}; dmarc=fail header.from={DOMAIN}; dmarc=pass header.from={DOMAIN}"],
    "with two verdicts, the pass first": [
        f"{BORDER}; dmarc=pass header.from={DOMAIN}; dmarc=fail header.from={DOMAIN}"
    ],
    "with the verdict in a quoted reason": [f'{BORDER}; dmarc=fail reason="x; dmarc=pass header.from={DOMAIN}"'],
    "without a name": [NAMELESS],
    "named as the configuration names Exchange": [PASSED.replace(BORDER, EXCHANGE_ONLINE)],
    "by SPF and DKIM alone": [f"{BORDER}; spf=pass smtp.mailfrom={DOMAIN}; dkim=pass header.d={DOMAIN}"],
    "by another method of a like name": [f"{BORDER}; x-dmarc=pass header.from={DOMAIN}"],
    "by none at all": [],
}


@pytest.mark.parametrize("fields", FORGERIES.values(), ids=FORGERIES.keys())
def test_no_forgery_passes(fields: list[str]) -> None:
    """Below, above, in comments, in quotes, twice, or in another's name: nothing but our border's pass is a pass."""
    assert judged(*fields).dmarc is not PASS
    assert judged(*fields, trusted=(BORDER, EXCHANGE_ONLINE, "")).dmarc is not PASS or fields == [NAMELESS]


@pytest.mark.parametrize(
    ("hops", "below", "believed"), [(None, 0, True), (None, 1, False), (2, 2, True), (2, 3, False)]
)
def test_a_field_below_the_borders_own_received_is_forged(hops: int | None, below: int, believed: bool) -> None:
    """What a sender wrote lies below the Received of our border, whatever name it bears and if our border is silent."""
    found = judged(PASSED, below=(below,), hops=hops)
    assert (found.dmarc is PASS, found.fails) == (believed, not believed)
    assert ("forged-results" in found.notes) is not believed


@pytest.mark.parametrize("hops", [EXCHANGE_HOPS, EXCHANGE_HOPS + 1])
def test_exchange_onlines_own_hops_are_counted_for_it(hops: int) -> None:
    """Its data centres write some Received fields above their results; one more is the sender's."""
    found = judged(NAMELESS, trusted=(EXCHANGE_ONLINE,), below=(hops,))
    assert (found.dmarc is PASS) is (hops == EXCHANGE_HOPS)


def test_a_stale_field_of_ours_below_a_pass_makes_no_spoof() -> None:
    """A mail that came through our border before and was sent on is believed by what the border says now."""
    found = judged(PASSED, FAILED, "mx.else.example; none", PASSED, below=(0, 3, 3, 5))
    assert (found.dmarc, found.fails, found.notes) == (PASS, False, ("forged-results",))


@pytest.mark.parametrize(
    "rest",
    [
        f"spf=fail smtp.mailfrom=evil.example; dkim=fail header.d=evil.example; dmarc=none header.from={DOMAIN}",
        f"spf=fail smtp.mailfrom=evil.example; dkim=none; dmarc=none header.from={DOMAIN}",
        "spf=none; spf=fail smtp.helo=evil.example; dkim=none", "dkim=none; dkim=fail header.d=gmp.example",
        f"dmarc=none action=none header.from={DOMAIN};compauth=fail reason=001",
        f"dmarc=pass header.from={DOMAIN};compauth=fail reason=000",
        "dmarc=pass header.from=evil.example", "dmarc=pass header.from=gmp.example header.from=evil.example",
        f"dmarc=pass header.from={DOMAIN}; dmarc=fail header.from={DOMAIN}", "dmarc=pass (open", "dmarc",
        f"dmarc=quarantine header.from={DOMAIN}", f"dmarc=reject header.from={DOMAIN}", "dmarc=fail", "dmarc=hardfail",
    ],
)  # fmt: skip
def test_what_says_no_fails(rest: str) -> None:
    """DMARC's no in any word, Exchange's own sum, a no of all that is left, another's pass, two verdicts, a riddle."""
    assert judged(f"{BORDER}; {rest}").fails


@pytest.mark.parametrize(
    "rest",
    [
        "none", "dmarc=none", "spf=none; dkim=none; dmarc=none", "spf=softfail; dkim=none; dmarc=none",
        "spf=fail smtp.mailfrom=list.example; dkim=pass header.d=gmp.example; dmarc=none",
        "spf=pass smtp.mailfrom=gmp.example; dkim=fail; dmarc=none", "spf=fail; dkim=temperror; dmarc=none",
        "spf=temperror; dmarc=temperror", "spf=fail; dkim=fail; dmarc=temperror", "spf=permerror; dmarc=permerror",
        "dmarc=bestguesspass", "dmarc=pass", "dmarc=pass header.from=example", "compauth=softpass reason=202",
        "dmarc=pass header.from=mail.gmp.example",
    ],
)  # fmt: skip
def test_what_says_nothing_plain_neither_passes_nor_fails(rest: str) -> None:
    """Errors, softfails, a pass for nobody or for the organisation above: no proof, and no reason to quarantine."""
    found = judged(f"{BORDER}; {rest}")
    assert (found.dmarc is PASS, found.fails) == (False, False)


def test_nobody_is_believed_when_nobody_is_trusted() -> None:
    """Without a configured border every result is none."""
    assert judged(PASSED, NAMELESS, trusted=()) == Authentication()
    assert judged(NAMELESS, trusted=("",)) == Authentication()


def test_exchange_online_is_believed_only_topmost_and_when_configured() -> None:
    """The nameless field counts where the configuration says so, and never below another field."""
    trusted = (EXCHANGE_ONLINE,)
    assert judged(NAMELESS, trusted=trusted).dmarc is PASS
    assert judged("mx.evil.example; none", NAMELESS, trusted=trusted).dmarc is NONE
    assert judged(NAMELESS.replace("dmarc=pass", "dmarc=fail"), NAMELESS, trusted=trusted).dmarc is FAIL
    assert judged('spf=pass reason="open', PASSED, trusted=(*trusted, BORDER)).dmarc is PERMERROR


@pytest.mark.parametrize(
    ("fields", "noted"),
    [
        ([PASSED], False),
        ([PASSED, "mx.else.example; none"], False),
        ([f"{BORDER}; dmarc=fail header.from={DOMAIN}", f"{BORDER}; spf=pass"], False),
        ([FAILED, PASSED], True),
        ([PASSED, "mx.else.example; none", PASSED], True),
        ([SILENT, PASSED], True),
    ],
)
def test_a_forgery_in_our_name_is_noted(fields: list[str], noted: bool) -> None:
    """A lower field of our name that contradicts ours or lies below a stranger's is told to whoever looks."""
    assert ("forged-results" in judged(*fields).notes) is noted


def test_the_evidence_tells_of_the_signature_that_passed() -> None:
    """Of several signatures one that passed is enough; without any pass the first result stands."""
    two = judged(f"{BORDER}; dkim=fail header.d=a.example; dkim=pass header.d={DOMAIN}; spf=softfail; spf=none")
    assert (two.spf, two.dkim) == (AuthResult.SOFTFAIL, PASS)


PIECES = st.lists(
    st.sampled_from(
        [BORDER, "mx.evil.example", ";", "; ", "=", "(", ")", '"', "\\", " ", "dmarc=pass", "dmarc=fail", "dmarc",
         "pass", f" header.from={DOMAIN}", f"; dmarc=pass header.from={DOMAIN}", "none", "1", "x", "@"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(st.lists(PIECES, max_size=3))
def test_nothing_below_our_border_turns_its_no_into_a_yes(below: list[str]) -> None:
    """Whatever a sender wrote beforehand, the topmost word of ours stands."""
    assert judged(FAILED, *below).dmarc is FAIL
    assert judged(SILENT, *below).dmarc is NONE


@given(PIECES)
def test_nothing_under_anothers_name_passes(rest: str) -> None:
    """A field that opens with another server's name cannot speak for ours."""
    assert judged(f"mx.evil.example;{rest}").dmarc is not PASS


@given(PIECES, st.sampled_from(["", " (p=reject dis=none)", ' reason="not aligned; (sorry)"']))
def test_nothing_a_sender_puts_into_our_own_field_passes(injected: str, comment: str) -> None:
    """Where a border writes an envelope sender unquoted, a stranger writes in its field: never a pass (espoofer a4)."""
    field = f"{BORDER}; spf=pass smtp.mailfrom={injected}; dmarc=fail{comment} header.from={DOMAIN}"
    assert judged(field).dmarc is not PASS


@given(st.lists(st.text(max_size=80), max_size=25), st.lists(st.text(max_size=20), max_size=3), st.text(max_size=30))
def test_no_text_makes_it_raise(fields: list[str], trusted: list[str], domain: str) -> None:
    """Any header, any configuration: there is a verdict."""
    assert authentication(fields, Border(trusted), domain, (len(fields),)).spf in AuthResult
