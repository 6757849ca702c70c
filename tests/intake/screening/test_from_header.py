"""The strict From: honest forms pass, whatever can be read in two ways does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.screening.from_header import Sender, addresses_in, is_domain, strict_address, strict_sender

HONEST = (
    "orla@gmp.example",
    "<orla@gmp.example>",
    "Orla Example <orla@gmp.example>",
    "Orla O'Example-Test <ORLA@GMP.Example>",
    '"Example, Orla (GMP)" <orla@gmp.example>',
    r'"Orla \"Ol\" Example" <orla@gmp.example>',
    "=?utf-8?Q?Orla_=C3=89xample?= <orla@gmp.example>",
    "=?utf-8?B?T3JsYQ==?= =?utf-8?Q?Example?= <orla@gmp.example>",
    "Orla Éxample <orla@gmp.example>",
    "\t orla@gmp.example  ",
    "<<orla@gmp.example>"[1:],
)
TWO_WAYS = (
    "", " ", "orla", "orla@", "@gmp.example", "orla@example", "orla@gmp..example", "orla@gmp.example.",
    "orla@-gmp.example",
    "orla@gmp.123", ".orla@gmp.example", "orla.@gmp.example", "or..la@gmp.example", "or la@gmp.example",
    '"orla"@gmp.example', r'"orla\@gmp.example"@evil.example', "orla@[192.0.2.1]", "orla@gmp.example (Orla)",
    "orla@(x)gmp.example", "orla@gmp.example(.evil.example)", "orla@gmp.example, eve@evil.example",
    "orla@gmp.example eve@evil.example", "<orla@gmp.example><eve@evil.example>",
    "<<orla@gmp.example> eve@evil.example>",
    "orla@gmp.example <eve@evil.example>", "police:orla@gmp.example;", "orla@gmp.example:eve@evil.example;",
    "<@gmp.example:eve@evil.example>", "<orla@gmp.example> eve", "<orla@gmp.example", "orla@gmp.example>", "Orla <>",
    "orla@gmp.example\x00", "orla@gmp.example\r <eve@evil.example>", "Orla\n <orla@gmp.example>",
    "=?utf-8?Q?orla=40gmp.example?=", "=?utf-8?Q?orla=40gmp.example=00?=@evil.example",
    "<=?utf-8?Q?orla?=@gmp.example>",
    "orla@gmp.\u0435xample", "örla@gmp.example", "orla@gmp.example\u202e", '"Orla <orla@gmp.example>',
    '"Orla" Example <orla@gmp.example>', "Orla; <orla@gmp.example>", "Orla\u202e <orla@gmp.example>", "a@b@gmp.example",
)  # fmt: skip


@pytest.mark.parametrize("raw", HONEST)
def test_honest_forms_name_their_address(raw: str) -> None:
    """Bare, bracketed, named, quoted and encoded names all give the one address, in lower case."""
    assert strict_sender(raw) == Sender("orla", "gmp.example")


@pytest.mark.parametrize("raw", TWO_WAYS)
def test_a_form_that_two_readers_may_read_differently_names_nobody(raw: str) -> None:
    """Comments, groups, routes, lists, quotes, controls, encoded words and other scripts are not taken apart."""
    assert strict_sender(raw) is None


def test_a_from_that_may_have_been_cut_names_nobody() -> None:
    """At 998 characters the wall cuts: what is left may end in another's address."""
    for length, cut in ((997, False), (998, True), (1200, True)):
        name = "x" * (length - len('"" <o@gmp.example>'))
        assert (strict_sender(f'"{name}" <o@gmp.example>') is None) is cut


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(raw: str) -> None:
    """Whatever a From says, it names a strict address or nobody."""
    found = strict_sender(raw)
    assert found is None or (found.address.isascii() and strict_address(found.address) == found)


@given(st.text(alphabet='ab@.<>"(),:; =?\\é\x00', max_size=40))
def test_a_named_address_stands_in_the_text_just_so(raw: str) -> None:
    """The address is never put together from pieces."""
    found = strict_sender(raw)
    assert found is None or found.address in raw.lower()


@pytest.mark.parametrize("name", ["a.b", "A-1.example", "x" * 63 + ".example", "xn--bcher-kva.example"])
def test_host_names_are_domains(name: str) -> None:
    """Labels of letters, digits and hyphens, at least two."""
    assert is_domain(name)


@pytest.mark.parametrize(
    "name", ["", "a", ".", "a.", ".a", "a..b", "-a.b", "a-.b", "a_b.c", "x" * 64 + ".b", "a.1", "é.b", "a b.c"]
)
def test_other_names_are_not(name: str) -> None:
    """Anything else is no domain."""
    assert not is_domain(name)


def test_addresses_in_a_display_name_are_seen() -> None:
    """What a reader would take for an address is found, and nothing else."""
    assert addresses_in("Orla (orla@GMP.example), or b@c.example!") == {"orla@gmp.example", "b@c.example"}
    assert addresses_in("Orla at gmp @ home") == frozenset()
