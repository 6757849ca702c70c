"""PDFs of sizes nobody prints, of floods, and files that are hardly PDFs (threat 28; security.md 4.2)."""

from collections.abc import Iterator

from tests.hostile.case import Case, a_pdf
from tests.hostile.pdfs import letter, pdf


def odd_cases() -> Iterator[Case]:
    """Give the cases of sizes nobody prints, of floods, and of files that are hardly PDFs."""
    for name, box in (
        ("huge", b"0 0 1e9 1e9"),
        ("negative", b"612 792 0 0"),
        ("empty", b"0 0 0 0"),
        ("no-number", b"a b c d"),
        ("endless", b"0 0 1e400 1e400"),
    ):
        yield a_pdf(f"pdf-page-{name}", "threat 28", lambda box=box: letter(box=box))
    yield a_pdf("pdf-objects-1e6-claimed", "4.2", lambda: letter(trailer=b"/Size 1000000000"))
    yield a_pdf(
        "pdf-objects-100k",
        "4.2",
        lambda: letter(page=b"/X [" + b"<<>>" * 100_000 + b"]", resources=b"/P [" + b"<<>> " * 50_000 + b"]"),
        slow=True,
    )
    yield a_pdf("pdf-objects-200k", "4.2", _many_objects, slow=True)
    yield a_pdf("pdf-lines-drawn-60k", "threat 28", lambda: letter(b"0 0 m 9 9 l S " * 60_000))
    yield a_pdf("pdf-lines-in-one-path", "threat 28", lambda: letter(b"0 0 m " + b"9 9 l " * 400_000 + b"S"), slow=True)
    yield a_pdf(
        "pdf-letters-100k-on-a-page", "threat 28", lambda: letter(b"BT /F1 1 Tf (" + b"ab " * 33_000 + b") Tj ET")
    )
    yield a_pdf("pdf-words-hidden", "threat 55", lambda: letter(b"BT 3 Tr /F1 9 Tf 72 500 Td (unseen words) Tj ET"))
    yield a_pdf("pdf-states-saved-1e6", "threat 28", lambda: letter(b"q " * 1_000_000), slow=True)
    yield a_pdf("pdf-operators-junk", "threat 28", lambda: letter(b"\xff\xfe( [ << " * 60_000))
    yield a_pdf("pdf-widths-200k", "threat 28", _widths)
    yield a_pdf("pdf-no-table-2-mb", "4.2", lambda: b"%PDF-1.7\n" + b"1 0 obj << >> endobj\n" * 100_000, slow=True)
    yield a_pdf("pdf-nothing-but-nul", "4.2", lambda: b"%PDF-1.7\n" + bytes(1_000_000))
    yield a_pdf("pdf-head-alone", "incident 75", lambda: b"%PDF-1.7\n")
    yield a_pdf("pdf-cut", "incident 75", lambda: letter()[:300])
    yield a_pdf("pdf-number-of-9000-digits", "4.2", lambda: letter(catalog=b"/A " + b"9" * 9_000))
    yield a_pdf("pdf-name-of-1-mb", "4.2", lambda: letter(catalog=b"/" + b"A" * 1_000_000 + b" 1"))
    yield a_pdf(
        "pdf-encrypted-oddly",
        "4.2",
        lambda: letter(trailer=b"/Encrypt << /Filter /Standard /V 99 /R 99 /O (x) /U (x) /P 0 >>"),
    )
    yield a_pdf(
        "pdf-encrypted-by-itself",
        "4.2",
        lambda: letter(trailer=b"/Encrypt 10 0 R /ID [() ()]", more={10: b"<< /Filter 10 0 R /Length 1000000000 >>"}),
    )
    yield a_pdf("pdf-root-is-a-number", "4.2", lambda: pdf({1: b"42"}))


def _many_objects() -> bytes:
    return letter(more=dict.fromkeys(range(10, 200_010), b"<<>>"))


def _widths() -> bytes:
    told = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 0 /LastChar 200000 /Widths ["
        + b"1 " * 200_000
        + b"] >>"
    )
    return letter(b"BT /F2 9 Tf (a) Tj ET", page=b"/Resources << /Font << /F1 5 0 R /F2 10 0 R >> >>", more={10: told})
