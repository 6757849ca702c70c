"""What a PDF would do when it is opened is told by codes; none of it is done."""

import pytest

from parsers.containers.kinds import tell
from parsers.containers.transfer import Declared
from parsers.document import NotRead
from parsers.formats import pdf as reader
from parsers.formats import pdf_actions
from parsers.formats.pdf import read_pdf
from parsers.formats.pdf_actions import MAX_LOOKED_AT
from parsers.limits import OutOfTime
from tests.hostile.pdfs import TEXT, flate, letter, pdf, stream, zeros

SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"
LAUNCH = b"<< /S /Launch /F (cmd.exe) >>"
NOTE = b"<< /Type /Annot /Subtype /%s /Rect [0 0 9 9] %s >>"


def told(made: bytes) -> set[str]:
    """Return the codes that speak of actions and of what is inside."""
    return {code for code in read_pdf(made).codes if code.startswith("pdf-")}


def refused(made: bytes) -> tuple[str, set[str]]:
    """Return why a PDF is not read, and what is told of it all the same."""
    with pytest.raises(NotRead) as fault:
        read_pdf(made)
    return fault.value.code, set(fault.value.codes)


def blank(catalog: bytes, more: dict[int, bytes] | None = None, *, root: int = 1, trailer: bytes = b"") -> bytes:
    """Return a page without a word."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"
    pages = {2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: page, **(more or {})}
    return pdf({1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog, **pages}, root, trailer)


def paged(count: int, last: bytes) -> bytes:
    """Return a letter of so many pages, the last of which has more."""
    shown = b"/Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>"
    kids = b" ".join(b"%d 0 R" % number for number in range(100, 100 + count))
    pages = dict.fromkeys(range(100, 99 + count), b"<< %s >>" % shown) | {99 + count: b"<< %s %s >>" % (shown, last)}
    return letter(more={2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count), **pages})


def on_page(kind: bytes, more: bytes) -> bytes:
    """Return a letter with one note or link laid onto its page."""
    return letter(page=b"/Annots [%s]" % (NOTE % (kind, more)))


def packed(name: bytes) -> bytes:
    """Return a letter with a file of this name inside."""
    listed = b"/Names << /EmbeddedFiles << /Names [(x) 10 0 R] >> >>"
    spec = b"<< /Type /Filespec /F (%s) /EF << /F 11 0 R >> >>" % name
    return letter(catalog=listed, more={10: spec, 11: stream(b"words", b"/Type /EmbeddedFile")})


def outlined(told: bytes) -> bytes:
    """Return a letter with an entry in its outline; 11 is a further entry and 12 an action, both a launch."""
    entry = b"<< /Title (a) /Parent 9 0 R %s >>" % told
    more = {9: b"<< /First 10 0 R /Last 10 0 R >>", 10: entry, 11: b"<< /Title (b) /A 12 0 R >>", 12: LAUNCH}
    return letter(catalog=b"/Outlines 9 0 R", more=more)


PROGRAM = {
    10: b"<< /Type /Filespec /F (a.txt) /EF << /F 11 0 R >> >>",
    11: flate(b"MZ\x90\0" + bytes(90), b"/Type /EmbeddedFile"),
}
XFA = b'<xdp:xdp xmlns:xdp="x"><template><event><script>app.launchURL("x")</script></event></template></xdp:xdp>'
IN_3D = {
    10: b"<< /Type /Annot /Subtype /3D /Rect [0 0 9 9] /3DD 11 0 R >>",
    11: stream(b"x", b"/Type /3D /OnInstantiate 12 0 R"),
    12: stream(b"x"),
}
SHOWS = b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Ref << /F (a.pdf) /Page 0 >>"


@pytest.mark.parametrize(
    "made",
    [
        letter(catalog=b"/OpenAction [3 0 R /Fit]"),
        letter(catalog=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>"),
        on_page(b"Link", b"/A << /S /URI /URI (https://agency.example) >>"),
        on_page(b"Link", b"/A << /S /URI /URI (file:///C:/Users/orla/form.docx) >>"),
        on_page(b"Link", b"/A << /S /URI /URI (tel:01614960000) >>"),
        letter(catalog=b"/URI << /Base (https://agency.example/) >>"),
        letter(
            catalog=b"/Outlines << /Type /Outlines /First 10 0 R /Last 10 0 R >>",
            more={10: b"<< /Title (a) /Dest [3 0 R /Fit] >>"},
        ),
        paged(70, b""),
    ],
    ids=["at a page", "to a page", "the web", "a folder", "telephone", "base", "outline", "many pages"],
)
def test_what_honest_files_do_is_not_told(made: bytes) -> None:
    """Programs that print to PDF write where it opens, and letters have links."""
    assert told(made) == set()


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (letter(catalog=b"/OpenAction " + SCRIPT), "pdf-javascript"),
        (letter(catalog=b"/Names << /JavaScript << /Names [(a) %s] >> >>" % SCRIPT), "pdf-javascript"),
        (letter(page=b"/AA << /O %s >>" % SCRIPT), "pdf-javascript"),
        (on_page(b"Link", b"/A << /S /GoTo /Next [<< /S /GoTo /Next %s >>] >>" % SCRIPT), "pdf-javascript"),
        (on_page(b"Link", b"/A << /S /Launch /F (cmd.exe) >>"), "pdf-launch"),
        (letter(catalog=b"/OpenAction << /S /GoToR /F (a.pdf) >>"), "pdf-opens-another-file"),
        (on_page(b"Widget", b"/A << /S /SubmitForm /F (http://127.0.0.1:9/) >>"), "pdf-sends-data"),
        (on_page(b"Widget", b"/A << /S /ImportData /F (a.fdf) >>"), "pdf-takes-data"),
        (on_page(b"RichMedia", b""), "pdf-media"),
        (on_page(b"3D", b""), "pdf-media"),
        (outlined(b"/A 12 0 R"), "pdf-launch"),
        (outlined(b"/Next 11 0 R"), "pdf-launch"),
        (letter(catalog=b"/AF [10 0 R]", more=PROGRAM), "pdf-program-inside"),
        (letter(page=b"/AF [10 0 R]", more=PROGRAM), "pdf-program-inside"),
        (letter(catalog=b"/Collection << >>"), "pdf-embedded-files"),
        (letter(catalog=b"/AcroForm << /Fields [] /XFA 10 0 R >>", more={10: flate(XFA)}), "pdf-javascript"),
        (letter(catalog=b"/AcroForm << /Fields [] /XFA [(t) 10 0 R] >>", more={10: stream(XFA)}), "pdf-javascript"),
        (letter(page=b"/Annots [10 0 R]", more=IN_3D), "pdf-javascript"),
        (on_page(b"Link", b"/A << /S /URI /URI (java\\nscript:alert(1)) >>"), "pdf-javascript"),
        (on_page(b"Link", b"/A << /S /URI /URI (file://evil.example/share/x) >>"), "pdf-opens-another-file"),
        (on_page(b"Link", b"/A << /S /URI /URI (\\\\\\\\evil.example\\\\x) >>"), "pdf-opens-another-file"),
        (letter(catalog=b"/URI << /Base (file://evil.example/share) >>"), "pdf-opens-another-file"),
        (letter(more={4: stream(TEXT, b"/F (http://evil.example/)")}), "pdf-opens-another-file"),
        (letter(resources=b"/XObject << /X 10 0 R >>", more={10: stream(b"", SHOWS)}), "pdf-opens-another-file"),
        (paged(62, b"/AA << /O %s >>" % LAUNCH), "pdf-launch"),
        (packed(b"words.txt"), "pdf-embedded-files"),
        (packed(b"words.txt.EXE . "), "pdf-program-inside"),
    ],
)
def test_what_acts_is_told_wherever_it_hangs(made: bytes, code: str) -> None:
    """On the file, a page, a link, a field or behind another action."""
    assert code in told(made)


def test_actions_that_lead_to_themselves_are_asked_once() -> None:
    """A ring ends."""
    assert told(letter(catalog=b"/OpenAction 10 0 R", more={10: b"<< /S /GoTo /Next 10 0 R >>"})) == set()


def test_more_than_is_looked_at_is_told() -> None:
    """A flood of notes hides no action unsaid."""
    flood = b"<< /Subtype /Text /Rect [0 0 9 9] >> " * (MAX_LOOKED_AT + 1)
    assert told(letter(page=b"/Annots [%s]" % flood)) == {"pdf-actions-uncounted"}


def test_time_that_is_over_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that takes long to ask is read all the same, and says that not all was looked at."""
    monkeypatch.setattr(pdf_actions, "MAX_SECONDS", -1.0)
    assert "pdf-actions-uncounted" in told(letter(page=b"/Annots [%s]" % (NOTE % (b"Text", b"") * 70)))


EMBEDDED = b"/Names << /EmbeddedFiles << /Names [(a) 10 0 R] >> >>"
HEAVY = {4: stream(zeros(40_000_000, b" "), b"/Filter /FlateDecode")}
IN_A_STREAM = {10: flate(b"11 0 << /S /Launch /F (cmd.exe) >>", b"/Type /ObjStm /N 1 /First 5")}


@pytest.mark.parametrize(
    ("made", "why", "codes"),
    [
        (blank(b"/OpenAction " + LAUNCH), "no-text-layer", {"pdf-launch"}),
        (blank(b"/OpenAction " + SCRIPT), "no-text-layer", {"pdf-javascript"}),
        (blank(EMBEDDED, PROGRAM), "no-text-layer", {"pdf-embedded-files", "pdf-program-inside"}),
        (blank(b""), "no-text-layer", set()),
        (letter(catalog=b"/OpenAction " + LAUNCH, more=HEAVY), "pdf-limit", {"pdf-launch"}),
        (blank(b"/OpenAction " + LAUNCH, root=77), "no-text-layer", {"pdf-launch"}),
        (blank(b"/OpenAction << /S /L#61unch >>", root=77), "no-text-layer", {"pdf-launch"}),
        (blank(b"", IN_A_STREAM, root=77), "no-text-layer", {"pdf-launch"}),
        (b"%PDF-1.7\n1 0 obj\n<< /OpenAction << /S /Launch >> >>\nendobj\n", "broken-pdf", {"pdf-launch"}),
        (b"%PDF-1.7\n1 0 obj\n<< /Launched 1 >>\nendobj\n", "broken-pdf", set()),
        (blank(b"", root=77), "no-text-layer", set()),
    ],
)
def test_what_is_not_read_tells_what_it_would_do(made: bytes, why: str, codes: set[str]) -> None:
    """The usual hostile file is a page without words: blank, too heavy or broken, it says what it carries."""
    assert refused(made) == (why, codes)


def test_a_locked_file_tells_what_it_names() -> None:
    """A lock hides words and streams, not the names of actions."""
    locked = letter(catalog=b"/OpenAction " + LAUNCH, more={10: _LOCK}, trailer=b"/Encrypt 10 0 R /ID [(a) (a)]")
    told_of = tell(locked, Declared(type="application/pdf", name="a.pdf", attachment=True, charset="", encoding=""))
    assert (told_of.locked, told_of.codes) == (True, ("pdf-launch",))
    assert refused(locked)[1] == {"pdf-launch"}


_LOCK = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O (%s) /U (%s) >>" % (b"o" * 32, b"u" * 32)


def test_what_was_met_before_the_time_was_over_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that takes for ever to draw does not hide what the file would do."""

    def stalled(*_: object) -> None:
        raise OutOfTime

    monkeypatch.setattr(reader, "read_pages", stalled)
    with pytest.raises(OutOfTime) as over:
        read_pdf(letter(catalog=b"/OpenAction " + LAUNCH))
    assert over.value.codes == ("pdf-launch",)
