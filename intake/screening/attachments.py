"""What hangs on a mail, by content: which parts a form may be in, and which nobody should open.

The sender's names and types are hearsay: they may make a part suspect, never innocent, and are never used as our names.
"""

import re
import unicodedata
from collections.abc import Iterable

from parsers.contract import Kind, Part, Survey

PICTURE_OF_A_PAGE_BYTES = 60_000
"""A photograph of a form is larger than this, a logo under a signature smaller (seen in the public corpora)."""

DOCUMENTS = frozenset(
    {Kind.DOCX, Kind.DOCM, Kind.DOTX, Kind.DOC, Kind.ODT, Kind.RTF, Kind.PDF, Kind.SPREADSHEET, Kind.LOCKED_OFFICE}
)
CONTAINERS = frozenset(
    {Kind.ZIP, Kind.MAIL, Kind.OUTLOOK_MSG, Kind.TNEF, Kind.SMIME_SIGNED, Kind.SMIME_ENCRYPTED, Kind.PGP_ENCRYPTED}
)
SIGNATURES = frozenset(
    {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "application/pgp-keys",
    }
)
RUNNABLE_NAMES = frozenset(
    {"accde", "ade", "adp", "apk", "app", "appinstaller", "appx", "bat", "chm", "cmd", "com", "cpl", "diagcab", "dll",
     "dqy", "exe", "gadget", "hlp", "hta", "img", "inf", "ins", "iqy", "iso", "jar", "jnlp", "js", "jse", "library-ms",
     "lnk", "mde", "msc", "msi", "msix", "msp", "mst", "msu", "one", "oqy", "pif", "ps1", "psm1", "py", "pyw", "rdp",
     "reg", "rqy", "scf", "scr", "sct", "search-ms", "searchconnector-ms", "settingcontent-ms", "sh", "shb", "shs",
     "slk", "sys", "theme", "udl", "url", "vb", "vbe", "vbs", "vhd", "vhdx", "vsto", "website", "wll", "ws", "wsc",
     "wsf", "wsh", "xbap", "xll"}
)  # fmt: skip
"""Endings a double click would run, or mount and run (Outlook's blocked attachments, and those seen since)."""
CARRIED = (
    "program-inside", "script-bait", "page-script", "macros-inside", "ole-objects", "active-x", "has-dde",
    "has-remote-template", "has-remote-object", "files-inside", "also-a-zip", "unsafe-name",
)  # fmt: skip
"""What the wall tells of a part's content or name that a person should know before opening it."""
_RUN_BY_NAME = frozenset({Kind.TEXT, Kind.HTML, Kind.UNKNOWN, Kind.ZIP})
"""Content that runs under such a name; a picture or a forwarded mail does not, whatever it is called."""
_PLAIN_ENDINGS = frozenset(
    {"docx", "dotx", "doc", "pdf", "odt", "rtf", "txt", "jpg", "jpeg", "png", "xlsx", "xltx", "pptx", "ppsx", "csv"}
)  # fmt: skip
_MAY_HAVE_MACROS = frozenset({"doc", "odt"})
"""Of the plain endings: a .doc may have had macros since 1995, and OpenDocument knows no other ending."""
_ADD_INS = frozenset({"xla", "xlam", "ppa", "ppam"})
"""What an office program loads for good at a double click, macros and all."""
_SECURE_PAGES = re.compile(
    r"(?:secure(?:doc|mail|message)[\w.-]{0,80}|encrypted[_ ]message|message(?:_v\d|_zdm)?|.{1,200}\.tdf)\.html?"
)
"""How known secure mail services call the page that unpacks their letter: held for a person, as it always was."""


def candidates(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return the parts a referral may be in, whatever they are called; never a mail's own words and dressing."""
    return tuple(part for part in parts if not part.body and _may_be_a_form(part))


def documents(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return the candidates that are documents or hold some: not a picture, which may be a banner, nor the unknown."""
    return tuple(part for part in candidates(parts) if part.kind in DOCUMENTS | CONTAINERS)


def dangerous(parts: Iterable[Part]) -> str | None:
    """Return why nothing of the mail may be opened (``executable`` | ``script-bait`` | ``macro-bait``), or None."""
    judged = {_danger(part) for part in parts}
    return next((why for why in ("executable", "script-bait", "macro-bait") if why in judged), None)


def notes(survey: Survey) -> tuple[str, ...]:
    """Return codes of what a person should know before opening anything: each once."""
    return tuple(dict.fromkeys(code for part in survey.parts for code in _notes(part)))


def shown_name(part: Part) -> str:
    """Return the sender's name for a part as its letters stand, without controls, turns of direction and end marks."""
    visible = (c for c in part.untrusted_name if unicodedata.category(c)[0] not in "CZ" or c == " ")
    return "".join(visible).strip(" .").casefold()


def _may_be_a_form(part: Part) -> bool:
    if part.kind is Kind.IMAGE:
        return part.bytes >= PICTURE_OF_A_PAGE_BYTES
    if part.kind in {Kind.UNKNOWN, Kind.SMIME_SIGNED, Kind.PGP_ENCRYPTED}:
        return part.untrusted_declared_type.partition(";")[0].strip().lower() not in SIGNATURES
    return part.kind in DOCUMENTS | CONTAINERS


def _danger(part: Part) -> str | None:
    ending = shown_name(part).rpartition(".")[2]
    if (
        part.kind is Kind.EXECUTABLE
        or "program-inside" in part.codes
        or (ending in RUNNABLE_NAMES and part.kind in _RUN_BY_NAME)
    ):
        return "executable"
    if "script-bait" in part.codes and not _SECURE_PAGES.fullmatch(shown_name(part)):
        return "script-bait"
    if _has_macros(part) and ending in (_PLAIN_ENDINGS - _MAY_HAVE_MACROS) | _ADD_INS:
        return "macro-bait"
    return None


def _has_macros(part: Part) -> bool:
    return part.kind is Kind.DOCM or any(code in {"macros", "has-macros"} for code in part.codes)


def _notes(part: Part) -> Iterable[str]:
    if any(
        unicodedata.bidirectional(c) in {"RLO", "LRO", "RLE", "LRE", "RLI", "LRI", "FSI"} for c in part.untrusted_name
    ):
        yield "name-turned-round"
    endings = shown_name(part).split(".")[1:]
    if len(endings) > 1 and endings[-1] != endings[-2] and endings[-2] in _PLAIN_ENDINGS | RUNNABLE_NAMES:
        yield "double-extension"
    if _has_macros(part):
        yield "macros"
    yield from (code for code in CARRIED if code in part.codes)
