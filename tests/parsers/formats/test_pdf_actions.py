"""What a PDF would do when it is opened is told by codes; none of it is done."""

import pytest

from parsers.formats.pdf import read_pdf
from parsers.formats.pdf_actions import MAX_LOOKED_AT
from tests.hostile.pdfs import letter, stream

SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"
NOTE = b"<< /Type /Annot /Subtype /%s /Rect [0 0 9 9] %s >>"


def told(made: bytes) -> set[str]:
    """Return the codes that speak of actions and of what is inside."""
    return {code for code in read_pdf(made).codes if code.startswith("pdf-")}


def on_page(kind: bytes, more: bytes) -> bytes:
    """Return a letter with one note or link laid onto its page."""
    return letter(page=b"/Annots [%s]" % (NOTE % (kind, more)))


def packed(name: bytes) -> bytes:
    """Return a letter with a file of this name inside."""
    listed = b"/Names << /EmbeddedFiles << /Names [(x) 10 0 R] >> >>"
    spec = b"<< /Type /Filespec /F (%s) /EF << /F 11 0 R >> >>" % name
    return letter(catalog=listed, more={10: spec, 11: stream(b"words", b"/Type /EmbeddedFile")})


@pytest.mark.parametrize(
    "made",
    [
        letter(catalog=b"/OpenAction [3 0 R /Fit]"),
        letter(catalog=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>"),
        on_page(b"Link", b"/A << /S /URI /URI (https://agency.example) >>"),
    ],
    ids=["opens at a page", "goes to a page", "links to the web"],
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
