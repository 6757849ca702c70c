"""Old formats (.doc, .odt, .rtf), turned into .docx by LibreOffice and read as that.

The profile is new each time, and closed: no macro runs, no link is followed, no remote picture fetched; behind it
stands the workshop's own wall. The file's name is ours: a sender's never reaches a command line.
"""

from dataclasses import replace
from pathlib import Path
from typing import Final

from parsers.contract import DocumentState
from parsers.document import Document, NotRead
from parsers.formats.docx import read_docx
from parsers.workshop.programs import Failed, found, run

STARTED_AGAIN: Final = 81
"""Its profile is made and it asks to be started again (LibreOffice's own source: EXITHELPER_NORMAL_RESTART)."""
SWITCHES: Final = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck")
_SETTINGS: Final[dict[str, dict[str, str]]] = {
    "Office.Common/Security/Scripting": {
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
        "DisableActiveContent": "true",
        "BlockUntrustedRefererLinks": "true",
    },
    "Office.Common/Load": {"UserDefinedSettings": "false"},
    "Office.Writer/Content/Update": {"Link": "2", "Field": "false", "Chart": "false"},
    "Office.Common/Misc": {"FirstRun": "false"},
}


def read_doc(data: bytes) -> Document:
    """Return what stands in a Word 97 file; NotRead with a state and a code where it cannot be read."""
    return _read(data, "doc")


def read_odt(data: bytes) -> Document:
    """Return what stands in an OpenDocument text; NotRead with a state and a code where it cannot be read."""
    return _read(data, "odt")


def read_rtf(data: bytes) -> Document:
    """Return what stands in an RTF file; NotRead with a state and a code where it cannot be read."""
    return _read(data, "rtf")


def _read(data: bytes, ending: str) -> Document:
    office = found("soffice", "libreoffice")
    if office is None:
        raise NotRead(DocumentState.UNSUPPORTED, "no-converter")
    document = read_docx(_converted(office, data, ending))
    return replace(document, codes=(*document.codes, "converted"))


def _converted(office: Path, data: bytes, ending: str) -> bytes:
    """Convert one file in the folder we are in, which is ours alone."""
    here = Path.cwd()
    profile, source, target = here / "profile", here / f"in.{ending}", here / "in.docx"
    _make_profile(profile)
    source.write_bytes(data)
    target.unlink(missing_ok=True)
    command = [str(office.with_name("soffice.bin")), *SWITCHES, f"-env:UserInstallation={profile.as_uri()}"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(here), str(source)]
    try:
        run(command, accepted=(0, STARTED_AGAIN))
        if not target.exists():
            run(command)
        return target.read_bytes()
    except (Failed, OSError):
        raise NotRead(DocumentState.UNREADABLE, "conversion-failed") from None
    finally:
        source.unlink(missing_ok=True)


def _make_profile(profile: Path) -> None:
    user = profile / "user"
    user.mkdir(parents=True, exist_ok=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, properties in _SETTINGS.items()
        for name, value in properties.items()
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    )
