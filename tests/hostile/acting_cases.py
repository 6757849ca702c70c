"""PDFs that act when a person opens them (threat 29): nothing is run here, and staff are told."""

from collections.abc import Iterator

from tests.hostile.case import Case, a_pdf
from tests.hostile.pdfs import TEXT, letter, stream, zeros

SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"
LAUNCH = b"<< /S /Launch /F (cmd.exe) /Win << /F (cmd.exe) /P (/c calc) >> >>"
FILES = b"/Names << /EmbeddedFiles << /Names [(a) 10 0 R] >> >>"
AND_THEN = b"/A << /S /URI /URI (http://127.0.0.1:9/) /Next %s >>" % SCRIPT

XFA = b"<xdp:xdp xmlns:xdp='x'><template><event><script>x</script></event></template></xdp:xdp>"
LOCK = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O (%s) /U (%s) >>" % (b"o" * 32, b"u" * 32)
LOCKED = b"/Encrypt 10 0 R /ID [(a) (a)]"


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
    for name, made in (
        ("launch-of-the-outline", _outlined(LAUNCH)),
        ("script-of-the-outline", _outlined(SCRIPT)),
        ("program-beside-the-file", letter(catalog=b"/AF [10 0 R]", more=_file(b"a.exe", b"MZ"))),
        ("program-beside-a-page", letter(page=b"/AF [10 0 R]", more=_file(b"a.exe", b"MZ"))),
        ("program-called-txt", letter(catalog=FILES, more=_file(b"a.txt", b"MZ\x90\0" + bytes(90)))),
        ("script-of-a-dynamic-form", letter(catalog=b"/AcroForm << /Fields [] /XFA 10 0 R >>", more={10: stream(XFA)})),
        ("script-of-a-model", letter(page=b"/Annots [10 0 R]", more=_model())),
        ("link-to-a-share", _shown(b"Link", b"/A << /S /URI /URI (file://127.0.0.1/share/x) >>")),
        ("link-to-a-script", _shown(b"Link", b"/A << /S /URI /URI (javascript:alert(1)) >>")),
        ("links-begin-on-a-share", letter(catalog=b"/URI << /Base (file://127.0.0.1/share) >>")),
        ("page-from-afar", letter(more={4: stream(TEXT, b"/F (http://127.0.0.1:9/)")})),
        ("launch-of-page-62", letter(more=_pages(62, b"/AA << /O %s >>" % LAUNCH))),
        ("blank-with-a-launch", _blank(b"/OpenAction " + LAUNCH)),
        ("blank-with-a-script", _blank(b"/OpenAction " + SCRIPT)),
        ("blank-with-a-program", _blank(FILES, _file(b"a.exe", b"MZ"))),
        ("too-heavy-with-a-launch", letter(catalog=b"/OpenAction " + LAUNCH, more=_heavy())),
        ("broken-with-a-launch", _blank(b"/OpenAction " + LAUNCH)[:-90]),
        ("locked-with-a-launch", letter(catalog=b"/OpenAction " + LAUNCH, more={10: LOCK}, trailer=LOCKED)),
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


def _outlined(action: bytes) -> bytes:
    entry = b"<< /Title (a) /Parent 9 0 R /A %s >>" % action
    return letter(catalog=b"/Outlines 9 0 R", more={9: b"<< /First 10 0 R /Last 10 0 R >>", 10: entry})


def _model() -> dict[int, bytes]:
    shown = b"<< /Type /Annot /Subtype /3D /Rect [0 0 9 9] /3DD 11 0 R >>"
    return {10: shown, 11: stream(b"x", b"/Type /3D /OnInstantiate 12 0 R"), 12: stream(b"x")}


def _pages(count: int, last: bytes) -> dict[int, bytes]:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] %s >>"
    kids = b" ".join(b"%d 0 R" % number for number in (3, *range(100, 99 + count)))
    pages = dict.fromkeys(range(100, 98 + count), page % b"")
    return {2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count), **pages, 98 + count: page % last}


def _blank(catalog: bytes, more: dict[int, bytes] | None = None) -> bytes:
    return letter(catalog=catalog, more={4: stream(b""), **(more or {})})


def _heavy() -> dict[int, bytes]:
    return {4: stream(zeros(40_000_000, b" "), b"/Filter /FlateDecode")}
