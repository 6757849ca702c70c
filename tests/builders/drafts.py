"""Drafts of sheets, from a blank to the library that reads by them, as the business unit would put them to use."""

import shutil
from pathlib import Path

from intake.blank_form.drafted_sheet import drafted_sheet
from intake.settings.forms import load_library
from parsers.contract import Draft, DraftQuestion, DraftSection, Kind
from parsers.drafting import draft_of
from parsers.template import Library
from tests.builders.forms import CONFIG, library
from tests.builders.word_xml import docx, p, tbl


def drafted(data: bytes, kind: Kind = Kind.DOCX) -> Draft:
    """Return the draft of a blank that can be read."""
    draft = draft_of(kind, data, library())
    assert draft.unreadable is None
    return draft


def in_use(toml: str, folder: Path, *, beside: tuple[str, ...] = ()) -> Library:
    """Return the shipped configuration with this sheet in place of its own, or beside some of them; Misconfigured."""
    (folder / "forms").mkdir()
    shutil.copy(CONFIG / "labels.toml", folder)
    for name in ("neighbours.toml", *beside):
        shutil.copy(CONFIG / "forms" / name, folder / "forms")
    (folder / "forms" / "drafted.toml").write_text(toml, encoding="utf-8")
    return load_library(folder)


def toml_of(data: bytes, kind: Kind = Kind.DOCX) -> str:
    """Return a blank's draft as TOML."""
    return drafted_sheet(drafted(data, kind), library()).toml


def questions(draft: Draft) -> dict[str, DraftQuestion]:
    """Return every question by its label."""
    return {each.untrusted_label: each for section in draft.sections for each in section.questions}


def section(draft: Draft, title: str) -> DraftSection:
    """Return the section of that title."""
    return next(each for each in draft.sections if each.untrusted_title == title)


def blank(*blocks: str, title: str = "Request for a practice review referral") -> bytes:
    """Return an invented blank in Word: its title, then these blocks."""
    return docx(p(title) + "".join(blocks))


def headed(title: str, *labels: str) -> str:
    """Return a section: its heading and a table of labels, each with an empty cell to its right."""
    return p(title, style="Heading2") + tbl(*((label, "") for label in labels))
