"""What does the file carry that acts when it is opened: macros, other programs' objects, scripts, things from afar?"""

from collections.abc import Iterable

from intake.checks.context import CheckContext
from intake.domain.findings import Finding, FindingKind, Severity
from intake.domain.referral import Referral

KINDS = (
    FindingKind("has-program", "Carries a program: do not open the file", Severity.TODAY),
    FindingKind("has-macros", "Carries macros: do not let them run", Severity.ATTENTION),
    FindingKind(
        "has-objects", "Carries objects of other programs (OLE, ActiveX): do not open them", Severity.ATTENTION
    ),
    FindingKind("starts-programs", "Asks to start another program when it is opened", Severity.TODAY),
    FindingKind(
        "has-remote-template", "Fetches its template from another machine when it is opened", Severity.ATTENTION
    ),
    FindingKind("has-remote-object", "Fetches a file from another machine when it is opened", Severity.ATTENTION),
    FindingKind("has-external-links", "Shows something that lies outside the file", Severity.NOTE),
    FindingKind("has-files-inside", "Holds further files: they were not read", Severity.ATTENTION),
    FindingKind("not-all-looked-at", "Holds more links and notes than were looked at", Severity.ATTENTION),
    FindingKind("has-active-page", "A page with a script: do not open it", Severity.ATTENTION),
    FindingKind("has-scripts", "Holds scripts, as many fillable forms do: none was run", Severity.NOTE),
    FindingKind("sends-or-takes-data", "Sends or takes data, or opens another file, when asked to", Severity.ATTENTION),
)

CODES = {
    "program-inside": "has-program",
    "pdf-program-inside": "has-program",
    "macros": "has-macros",
    "has-macros": "has-macros",
    "macros-inside": "has-macros",
    "ole-objects": "has-objects",
    "has-ole-objects": "has-objects",
    "active-x": "has-objects",
    "has-active-x": "has-objects",
    "has-dde": "starts-programs",
    "pdf-launch": "starts-programs",
    "has-remote-template": "has-remote-template",
    "has-remote-object": "has-remote-object",
    "has-external-links": "has-external-links",
    "has-alt-chunk": "has-files-inside",
    "files-inside": "has-files-inside",
    "pdf-embedded-files": "has-files-inside",
    "also-a-zip": "has-files-inside",
    "pdf-media": "has-files-inside",
    "page-script": "has-active-page",
    "script-bait": "has-active-page",
    "pdf-javascript": "has-scripts",
    "pdf-actions-uncounted": "not-all-looked-at",
    "parts-uncounted": "not-all-looked-at",
    "pdf-sends-data": "sends-or-takes-data",
    "pdf-takes-data": "sends-or-takes-data",
    "pdf-opens-another-file": "sends-or-takes-data",
}
"""What the reader met, as the finding it is."""


def ask(referral: Referral, context: CheckContext) -> tuple[Finding, ...]:  # noqa: ARG001 - every check is asked alike
    """Find what the reader's codes mean to a person, each once."""
    return tuple(Finding(code, referral.document) for code in carried(referral.codes))


def carried(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the findings that a reader's codes are; for files too that are no form, which no check is asked about."""
    return tuple(dict.fromkeys(CODES[code] for code in codes if code in CODES))
