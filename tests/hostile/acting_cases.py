"""PDFs that act when a person opens them (threat 29): nothing is run here, and staff are told."""

from collections.abc import Iterator

from tests.hostile.case import Case, a_pdf
from tests.hostile.pdfs import letter, stream

SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"
LAUNCH = b"<< /S /Launch /F (cmd.exe) /Win << /F (cmd.exe) /P (/c calc) >> >>"
FILES = b"/Names << /EmbeddedFiles << /Names [(a) 10 0 R] >> >>"
AND_THEN = b"/A << /S /URI /URI (http://127.0.0.1:9/) /Next %s >>" % SCRIPT


def acting_cases() -> Iterator[Case]:
    """Give the cases of scripts, launches, links and files inside."""
    for name, made in (
        ("script-at-opening", letter(catalog=b"/OpenAction " + SCRIPT)),
        ("script-by-name", letter(catalog=b"/Names << /JavaScript << /Names [(a) %s] >> >>" % SCRIPT)),
        ("script-of-a-page", letter(page=b"/AA << /O %s >>" % SCRIPT)),
        ("script-of-a-field", _field(b"/AA << /K %s >>" % SCRIPT)),
        ("script-of-a-link", _shown(b"Link", b"/A " + SCRIPT)),
        ("script-of-the-file", letter(catalog=b"/AA << /WC %s >>" % SCRIPT)),
        ("script-after-a-link", _shown(b"Link", AND_THEN)),
        ("launch-at-opening", letter(catalog=b"/OpenAction " + LAUNCH)),
        ("launch-of-a-link", _shown(b"Link", b"/A " + LAUNCH)),
        ("link-to-a-page", _shown(b"Link", b"/A << /S /URI /URI (http://127.0.0.1:9/) >>")),
        ("opens-elsewhere", letter(catalog=b"/OpenAction << /S /GoToR /F (\\\\\\\\127.0.0.1\\\\a.pdf) /D [0 /Fit] >>")),
        ("opens-at-its-first-page", letter(catalog=b"/OpenAction [3 0 R /Fit]")),
        ("sends-itself", _field(b"/A << /S /SubmitForm /F (http://127.0.0.1:9/) >>")),
        ("takes-data", _field(b"/A << /S /ImportData /F (a.fdf) >>")),
        ("file-inside", letter(catalog=FILES, more=_file(b"a.txt", b"words"))),
        ("program-inside", letter(catalog=FILES, more=_file(b"a.exe", b"MZ\x90\0" + bytes(90)))),
        ("file-as-a-note", _shown(b"FileAttachment", b"/FS 10 0 R", _file(b"a.exe", b"MZ"))),
        ("film", _shown(b"RichMedia", b"")),
        ("actions-in-a-ring", letter(catalog=b"/OpenAction 10 0 R", more={10: b"<< /S /GoTo /Next 10 0 R >>"})),
    ):  # fmt: skip
        yield a_pdf(f"pdf-{name}", "threat 29", lambda made=made: made)
    flood = b" ".join(b"/A%d %s" % (number, SCRIPT) for number in range(21_000))
    yield a_pdf("pdf-actions-21k", "threat 29", lambda: letter(page=b"/AA << %s >>" % flood), slow=True)


def _shown(kind: bytes, told: bytes, more: dict[int, bytes] | None = None) -> bytes:
    return letter(page=b"/Annots [<< /Type /Annot /Subtype /%s /Rect [0 0 9 9] %s >>]" % (kind, told), more=more)


def _field(told: bytes) -> bytes:
    field = b"<< /T (a) /FT /Tx /V (words) /Subtype /Widget /Rect [0 0 99 99] %s >>" % told
    return letter(catalog=b"/AcroForm << /Fields [10 0 R] >>", page=b"/Annots [10 0 R]", more={10: field})


def _file(name: bytes, data: bytes) -> dict[int, bytes]:
    return {10: b"<< /Type /Filespec /F (%s) /EF << /F 11 0 R >> >>" % name, 11: stream(data, b"/Type /EmbeddedFile")}
