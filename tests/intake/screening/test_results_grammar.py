"""The grammar of Authentication-Results: what servers write, and what must be called odd."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.screening.results_grammar import Instance, read_instance

GOOGLE = (
    "mx.google.example; dkim=pass header.i=@gmp.example header.s=s1 header.b=ab/cd+e==; arc=pass (i=1 spf=pass);"
    " spf=pass (google.com: domain of a@gmp.example designates 192.0.2.1 as permitted sender)"
    " smtp.mailfrom=a@gmp.example; dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=gmp.example"
)
EXCHANGE = (
    "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=gmp.example; dkim=pass (signature was verified)"
    " header.d=gmp.example;dmarc=pass action=none header.from=gmp.example;compauth=pass reason=100"
)
OLD_EXCHANGE = (
    "spf=none (sender IP is ) smtp.mailfrom=<>; council.example; dkim=none (message not signed) header.d=none;"
)
SOUP = st.lists(
    st.sampled_from(
        ["mx.a", ";", "=", "(", ")", '"', "\\", " ", "\t", "dmarc", "pass", "fail", "header.from", "none", "1", ".",
         "@", "/", "gmp.example", "é", "\x00", "\r\n", "<>"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


def methods(instance: Instance) -> list[tuple[str, str]]:
    """Return the methods and results of a field that was read."""
    assert instance.statements is not None
    return [(statement.method, statement.result) for statement in instance.statements]


def test_googles_field_is_read_whole() -> None:
    """Comments, signatures' values with signs of equality and several methods are understood."""
    found = read_instance(GOOGLE)
    assert found.authserv_id == "mx.google.example"
    assert methods(found) == [("dkim", "pass"), ("arc", "pass"), ("spf", "pass"), ("dmarc", "pass")]
    assert found.statements
    assert found.statements[0].values("header.b") == ("ab/cd+e==",)
    assert found.statements[3].values("header.from") == ("gmp.example",)


@pytest.mark.parametrize(
    ("text", "known"),
    [(EXCHANGE, [("spf", "pass"), ("dkim", "pass"), ("dmarc", "pass"), ("compauth", "pass")]),
     (OLD_EXCHANGE, [("spf", "none"), ("dkim", "none")])],
)  # fmt: skip
def test_exchange_onlines_nameless_field_is_read(text: str, known: list[tuple[str, str]]) -> None:
    """A field without authserv-id is understood and known to name nobody."""
    found = read_instance(text)
    assert (found.authserv_id, found.names_none) == ("", True)
    assert methods(found) == known


@pytest.mark.parametrize(
    ("text", "name", "known"),
    [
        ("mx.a; none", "mx.a", []),
        ("mx.a 1; none", "mx.a", []),
        ("MX.A (border) 1 (version) ; NONE", "mx.a", []),
        ("(first) mx.a;spf=pass", "mx.a", [("spf", "pass")]),
        ("mx.a; DMARC = Pass ; SPF/1=fail;", "mx.a", [("dmarc", "pass"), ("spf", "fail")]),
        ("mx.a; dmarc=fail (p=reject (really (yes))) reason=\"it; failed (twice)\" header.from=b.c", "mx.a",
         [("dmarc", "fail")]),
        ("mx.a; dmarc=pass(p=none) header.from=b.c", "mx.a", [("dmarc", "pass")]),
        ("mx.a; spf=pass smtp.mailfrom=\"a b\"@c.d", "mx.a", [("spf", "pass")]),
        ("mx.a:25; x-tls.peer=pass", "mx.a:25", None),
    ],
)  # fmt: skip
def test_what_the_rfc_allows_is_read(text: str, name: str, known: list[tuple[str, str]] | None) -> None:
    """Versions, comments anywhere, quoted reasons, any case and a last semicolon are of the grammar."""
    found = read_instance(text)
    assert found.authserv_id == name
    assert (found.statements is None) if known is None else (methods(found) == known)


@pytest.mark.parametrize(
    "text",
    [
        "mx.a", "mx.a; dmarc", "mx.a; dmarc=", "mx.a; =pass", "mx.a; dmarc==pass", "mx.a;; dmarc=pass",
        "mx.a; none; dmarc=pass", "mx.a 2; dmarc=pass", "mx.a; dmarc/2=pass", "mx.a; dmarc=\"pass\"",
        "mx.a; \"dmarc\"=pass", "mx.a; dmarc=pass stray", "mx.a; dmarc=pass header.from", "mx.a; spf=pass x=a (open",
        "mx.a; spf=pass x=\"open", "mx.a; spf=pass x=a\x00b", "mx.a; spf=pass x=é", "mx.a; spf=pass\r\nx=a",
        "mx.a; lone",
        "mx.a; dmarc=pass header.from=legit.example(.evil.example)", "mx.a; dmarc=pa ss", "mx.a; d marc=pass",
    ],
)  # fmt: skip
def test_an_odd_field_of_a_known_server_says_nothing(text: str) -> None:
    """The server is known to have spoken, but none of its words is relied on."""
    found = read_instance(text)
    assert found.statements is None or found.statements == ()
    assert found.authserv_id == "mx.a"


@pytest.mark.parametrize(
    "text", ["", ";", "()", '"mx.a"; dmarc=pass', "mx(c).a; dmarc=pass", "mx.a x; dmarc=pass", "é; none"]
)
def test_a_field_whose_server_is_not_plain_is_nobodys(text: str) -> None:
    """A quoted, split or missing name is never taken for a server's."""
    assert read_instance(text).authserv_id == ""


@given(st.one_of(st.text(max_size=200), SOUP))
def test_no_text_is_too_odd_to_be_looked_at(text: str) -> None:
    """Whatever stands in the field, an answer comes back, and its name is bare, lower-case and from the text."""
    found = read_instance(text)
    assert found.authserv_id in text.lower()
    assert '"' not in found.authserv_id


@pytest.mark.parametrize("unit", ["(", ")", '"', "\\", ";", "=", "a", " ", '"\\', "a=", "a=b;", "a=b ", "(\\", "1 "])
def test_fifty_thousand_of_anything_end_soon(unit: str) -> None:
    """No field is long enough to keep the worker busy (the test's own time limit would tell)."""
    assert read_instance("mx.a; " + unit * (50_000 // len(unit))).authserv_id in {"mx.a", ""}
