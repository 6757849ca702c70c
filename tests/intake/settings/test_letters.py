"""The letters' words: tried out when loaded, every fault told at once with its file and place."""

import re
import shutil
from pathlib import Path

import pytest

from intake.errors import Misconfigured
from intake.settings.letters import load_words
from intake.settings.places import shipped


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped words to spoil."""
    return Path(shutil.copytree(shipped() / "letters", tmp_path / "letters"))


def spoil(file: Path, old: str, new: str) -> None:
    """Replace the first ``old`` by ``new``; the test is void when it is not there."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_of(folder: Path) -> list[str]:
    """Return the faults of the words in ``folder`` as shown."""
    with pytest.raises(Misconfigured) as refused:
        load_words(folder)
    return [str(fault) for fault in refused.value.faults]


def test_the_shipped_words_are_whole() -> None:
    """What is shipped loads, and every letter has its words."""
    assert set(load_words(shipped() / "letters").letters) == {"acknowledgement", "receipt", "safety-alert"}


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("acknowledgement.toml", "{{ received }}", "{{ child }}", r"acknowledgement\.toml: part\[0\].*'child'"),
        ("acknowledgement.toml", "{{ received }}", "{{ received", r"acknowledgement\.toml: part\[0\].*"),
        ("acknowledgement.toml", 'when = "sections"', 'when = "children"', r"part\[\d+\]\.when: no fact 'children'"),
        ("receipt.toml", 'kind = "safety"', 'kind = "paragraph"', r"receipt\.toml: part: .*safety"),
        ("receipt.toml", 'kind = "safety"', 'kind = "safety"\nwhen = "note"', r"receipt\.toml: part: .*safety"),
        ("receipt.toml", 'subject = "', 'subject = "{{ 1 / 0 }}', r"receipt\.toml: subject: .*ZeroDivision"),
        ("receipt.toml", 'subject = "', 'subject = "one\\ntwo', r"receipt\.toml: subject: must be one line"),
        ("safety_alert.toml", 'kind = "list"', 'kind = "image"', r"safety_alert\.toml: part\[\d+\]\.kind: "),
        ("safety_alert.toml", "heading =", "headline =", r"safety_alert\.toml: headline: unknown key"),
        ("common.toml", "privacy =", "privacy = =", r"common\.toml: line \d+: is not TOML"),
        ("receipt.toml", 'subject = "', 'subject = "=?utf-8?q?words?= ', r"receipt\.toml: subject: .*encoded word"),
        ("report.toml", 'subject = "', 'subject = "=?utf-8?b?words?= ', r"report\.toml: subject: .*encoded word"),
        ("report.toml", "{{ date }}", "{{ name }}", r"report\.toml: subject: .*'name'"),
        ("layout.txt", "{{ heading }}", "{{ head }}", r"layout\.txt: .*'head'"),
        ("layout.html", "{% for part in parts %}", "{% for %}", r"layout\.html: line \d+: "),
    ],
)
def test_a_fault_names_its_file_and_place(folder: Path, file: str, old: str, new: str, says: str) -> None:
    """A sentence that names what there is not, a part that cannot be, a lost safety block: refused at the start."""
    spoil(folder / file, old, new)
    faults = faults_of(folder)
    assert any(re.match(rf".*{says}", fault, re.DOTALL) for fault in faults), faults


def test_all_faults_are_told_at_once(folder: Path) -> None:
    """Two spoiled files and a missing one are three faults, not one."""
    spoil(folder / "acknowledgement.toml", "{{ received }}", "{{ child }}")
    spoil(folder / "layout.html", "{{ heading }}", "{{ head }}")
    (folder / "common.toml").unlink()
    assert len(faults_of(folder)) == 3


def test_a_template_reaches_no_code(folder: Path) -> None:
    """A sentence that tries to leave its sandbox is a fault of the configuration."""
    spoil(folder / "receipt.toml", "{{ received }}", "{{ received.__class__.__mro__ }}")
    assert any("receipt.toml: part[0]" in fault for fault in faults_of(folder))
