"""What the documents say exists, exists: commands, targets, files, versions."""

import re
import tomllib
from pathlib import Path

import pytest

from intake.programs.commands import COMMANDS

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), ROOT / "config/README.md", ROOT / "systemd/README.md"])
WORDS = {command.words for command in COMMANDS}
OPTIONS = {command.words: {flag for option in command.options for flag in option.flags} for command in COMMANDS}
SECOND = "|".join(sorted({words.split()[1] for words in WORDS if " " in words}))
# `intake form blank SHEET -o FILE`, in a table or a block; not prose such as "intake log" without its backticks
CALL = re.compile(
    r"(?:`|^\.venv/bin/|/bin/)intake (?P<first>[a-z][a-z-]*)"
    rf"(?: (?P<second>{SECOND}))?(?P<rest>[^`\n|]*)",
    re.MULTILINE,
)
MAKE = re.compile(r"(?:`|^)make (?P<target>[a-z]+)", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)(?P<file>[^)#]+)")
OWN_PATH = re.compile(r"`((?:intake|parsers|config|tests|systemd|scripts)/[A-Za-z0-9_./-]*)`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_a_document_names_is_there(document: Path) -> None:
    """Nobody is told to type a command, or an option of it, that the program does not know."""
    for call in CALL.finditer(document.read_text(encoding="utf-8")):
        words = " ".join(word for word in (call["first"], call["second"]) if word)
        assert words in WORDS, call.group(0)
        options = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", call["rest"])) - {"--config"}
        assert options <= OPTIONS[words], call.group(0)


def test_the_readme_names_every_command() -> None:
    """A newcomer finds every command there is in the README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [words for words in sorted(WORDS) if f"`intake {words}" not in readme] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_target_a_document_names_is_there(document: Path) -> None:
    """Nobody is told to make a target the Makefile does not have."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {found["target"] for found in MAKE.finditer(document.read_text(encoding="utf-8"))} <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_a_document_points_to_is_there(document: Path) -> None:
    """No link and no path of ours in a document leads nowhere."""
    text = document.read_text(encoding="utf-8")
    gone = [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    gone += [path for path in OWN_PATH.findall(text) if not (ROOT / path).exists() and path not in TO_BE_MADE]
    assert gone == []


TO_BE_MADE = frozenset({"config/intake.toml"})
"""What the reader is told to write."""


def test_the_changelog_begins_with_this_version() -> None:
    """What changed in the version one has is told first."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    first = re.search(
        r"^## (\S+) - \d{4}-\d{2}-\d{2}$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert first
    assert first.group(1) == version


def test_ci_runs_the_readmes_test_command() -> None:
    """What CI runs is what a newcomer is told to run."""
    assert "\nmake test\n" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert (ROOT / ".ci/run").read_text(encoding="utf-8").rstrip().endswith("make test")


def test_the_lock_names_no_address() -> None:
    """The lock installs from whatever index a site uses, each file by its hash."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    pins = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    assert pins
    assert lock.count("==") >= len(pins) <= lock.count("--hash=sha256:")


def test_every_locked_requirement_is_exact_and_has_its_hashes() -> None:
    """Each has one version and at least one SHA-256, and what is declared is locked: a file taken over is refused."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    pins = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    exact = re.compile(r"[a-z0-9._-]+(?:\[[a-z0-9,._-]+\])?==[^ ;]+(?: ;[^-]*)?(?:\s+--hash=sha256:[0-9a-f]{64})+\s*")
    assert [pin for pin in pins if not exact.fullmatch(pin)] == []
    locked = {re.split(r"[=\[]", pin)[0].replace("_", "-").lower() for pin in pins}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=!\[; ~]", each)[0].replace("_", "-").lower() for each in project["dependencies"]}
    assert wanted <= locked
    assert "--require-hashes" in (ROOT / "Makefile").read_text(encoding="utf-8")
