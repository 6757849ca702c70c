"""Parts by content: which may hold a referral, which nobody opens, and what their names can do (nothing good)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.verdict import ScanResult
from intake.screening.attachments import candidates, dangerous, documents, notes, shown_name
from intake.screening.malware import hostile
from parsers.contract import Kind
from tests.builders.surveys import FORM, WORDS, part, survey

NO_FORM = {
    Kind.HTML,
    Kind.TEXT,
    Kind.CALENDAR,
    Kind.DELIVERY_STATUS,
    Kind.EXECUTABLE,
    Kind.EMPTY,
    Kind.PROTECTED_MESSAGE,
}
PICTURES = {Kind.IMAGE, Kind.UNKNOWN}


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_may_be_a_form_or_not(kind: Kind) -> None:
    """Every kind there is was thought about: documents and what may hold them are candidates, dressing is not."""
    one = part(kind, "x", size=100_000)
    assert bool(candidates([one])) is (kind not in NO_FORM)
    assert bool(documents([one])) is (kind not in NO_FORM | PICTURES)


@pytest.mark.parametrize(("size", "may"), [(59_999, False), (60_000, True)])
def test_a_picture_may_be_a_form_when_large_enough_for_a_page(size: int, may: bool) -> None:
    """A logo is no photograph of a form."""
    assert bool(candidates([part(Kind.IMAGE, "image001.png", size=size)])) is may


def test_a_mails_own_words_are_no_candidate() -> None:
    """The body is read as a body; only what hangs on the mail is a document."""
    assert candidates([WORDS, part(Kind.PDF, body=True)]) == ()


@pytest.mark.parametrize("declared", ["application/pkcs7-signature", "Application/PGP-Signature; name=x"])
def test_a_signature_is_no_candidate(declared: str) -> None:
    """A signed out-of-office must not look as if it brought a form."""
    assert candidates([part(Kind.UNKNOWN, "smime.p7s", declared=declared)]) == ()
    assert candidates([part(Kind.SMIME_SIGNED, "smime.p7s", declared=declared)]) == ()


@pytest.mark.parametrize(
    ("kind", "name", "why"),
    [
        (Kind.EXECUTABLE, "referral.docx", "executable"),
        (Kind.EXECUTABLE, "", "executable"),
        (Kind.TEXT, "referral.js", "executable"),
        (Kind.TEXT, "REFERRAL.VBS", "executable"),
        (Kind.HTML, "form.hta", "executable"),
        (Kind.ZIP, "form.jar", "executable"),
        (Kind.UNKNOWN, "form.pdf.lnk", "executable"),
        (Kind.UNKNOWN, "form.exe. .", "executable"),
        (Kind.UNKNOWN, "form.e\u200bxe", "executable"),
        (Kind.UNKNOWN, "referral\u202excod.exe", "executable"),
        (Kind.UNKNOWN, "form.iso", "executable"),
        (Kind.DOCM, "referral.docx", "macro-bait"),
        (Kind.DOCM, "referral.pdf", "macro-bait"),
        (Kind.DOCM, "referral.docm", None),
        (Kind.DOCM, "", None),
        (Kind.DOC, "referral.doc", None),
        (Kind.DOCX, "referral.exe", None),
        (Kind.PDF, "www.gmp.com", None),
        (Kind.MAIL, "mail from gmp.com", None),
        (Kind.IMAGE, "logo.com", None),
        (Kind.EMPTY, "empty.exe", None),
        (Kind.TEXT, "notes.txt", None),
        (Kind.HTML, "message.html", None),
        (Kind.ZIP, "forms.zip", None),
        (Kind.UNKNOWN, "exe", "executable"),
        (Kind.TEXT, "query.iqy", "executable"),
        (Kind.TEXT, "office.rdp", "executable"),
        (Kind.TEXT, "invite.ics.search-ms", "executable"),
        (Kind.CALENDAR, "invite.ics", None),
        (Kind.TEXT, "orla.vcf", None),
    ],
)
def test_what_runs_is_quarantined_and_what_does_not_is_not(kind: Kind, name: str, why: str | None) -> None:
    """Content decides; a name may make a part suspect, never innocent, and harms no real document."""
    assert dangerous([WORDS, FORM, part(kind, name)]) == why


def test_macros_in_an_old_word_file_are_noted_and_hidden_ones_are_bait() -> None:
    """A .doc has always been able to hold macros; a .docx that holds some pretends."""
    old = part(Kind.DOC, "referral.doc", codes=["macros"])
    assert (dangerous([old]), notes(survey(old))) == (None, ("macros",))
    assert dangerous([part(Kind.DOCX, "referral.docx", codes=["macros"])]) == "macro-bait"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("a.xlsm", None),
        ("a.xlsx", "macro-bait"),
        ("a.docx", "macro-bait"),
        ("a.xlam", "macro-bait"),
        ("a.odt", None),
    ],
)
def test_macros_under_an_ending_that_has_none_or_loads_them_are_bait(name: str, why: str | None) -> None:
    """A sheet with macros may be called one; a harmless name or an add-in's is bait."""
    sheet = part(Kind.SPREADSHEET, name, codes=["macros"])
    assert (dangerous([sheet]), notes(survey(sheet))) == (why, ("macros",))


@pytest.mark.parametrize(
    ("name", "code", "why"),
    [
        ("form.html", "script-bait", "script-bait"),
        ("form.html", "page-script", None),
        ("securedoc_20261116.html", "script-bait", None),
        ("message_zdm.html", "script-bait", None),
        ("my securedoc.html", "script-bait", "script-bait"),
    ],
)
def test_a_page_whose_script_builds_a_file_is_quarantined(name: str, code: str, why: str | None) -> None:
    """Any other page with a script is noted, and a secure mail service's page goes the way of those."""
    page = part(Kind.HTML, name, codes=[code])
    assert (dangerous([page]), notes(survey(page))) == (why, (code,))


def test_a_program_packed_into_a_document_is_a_program() -> None:
    """Word files carry whatever somebody drops into them: what runs is quarantined in such a wrapping too."""
    assert dangerous([part(Kind.DOCX, "referral.docx", codes=["ole-objects", "program-inside"])]) == "executable"
    table = part(Kind.DOCX, "referral.docx", codes=["ole-objects"])
    assert (dangerous([table]), notes(survey(table))) == (None, ("ole-objects",))


def test_a_program_outweighs_bait() -> None:
    """With several reasons the gravest is told, whatever their order."""
    bait, program = part(Kind.DOCM, "a.docx"), part(Kind.EXECUTABLE, "b")
    assert dangerous([bait, program]) == dangerous([program, bait]) == "executable"
    page = part(Kind.HTML, "a.html", codes=["script-bait"])
    assert dangerous([bait, page]) == dangerous([page, bait]) == "script-bait"


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("referral.docx", ()),
        ("Referral v1.2 final.docx", ()),
        ("01.02.2026 referral.docx", ()),
        ("referral.pdf.docx", ("double-extension",)),
        ("referral.docx.docx", ()),
        ("referral\u202exscod.pdf", ("name-turned-round",)),
        ("\u2066referral.docx", ("name-turned-round",)),
        ("", ()),
    ],
)
def test_misleading_names_are_noted(name: str, codes: tuple[str, ...]) -> None:
    """Two endings or a turn of direction are told to the person who looks; plain names are not."""
    assert notes(survey(part(Kind.DOCX, name))) == codes


@given(st.text(max_size=300))
def test_a_shown_name_holds_nothing_unseen(name: str) -> None:
    """No control, direction mark or line end survives, and no name makes a fault or an innocent."""
    shown = shown_name(part(Kind.DOCX, name[:300]))
    assert not any(mark in shown for mark in "\r\n\x00\u202e\u2066\u200f")
    assert dangerous([part(Kind.EXECUTABLE, name)]) == "executable"


@pytest.mark.parametrize(
    ("scan", "attached", "why"),
    [
        (ScanResult.INFECTED, FORM, "malware"),
        (ScanResult.INFECTED, part(Kind.EXECUTABLE), "malware"),
        (ScanResult.CLEAN, part(Kind.EXECUTABLE), "executable"),
        (ScanResult.NOT_SCANNED, part(Kind.EXECUTABLE), "executable"),
        (ScanResult.CLEAN, FORM, None),
        (ScanResult.NOT_SCANNED, FORM, None),
    ],
)
def test_the_scanners_word_and_our_own_are_both_heard(scan: ScanResult, attached: Any, why: str | None) -> None:
    """Clean by the scanner is not enough for a program, and not scanned is no accusation."""
    assert hostile(scan, survey(attached)) == why
