"""Screening over other projects' mails (``make corpus``): nothing raises, and no machine is answered."""

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from intake.domain.stages import Stage
from intake.domain.verdict import Automation, ScanResult, SenderTrust
from intake.screening.authentication import Border
from intake.screening.summary import disposition, screening
from parsers.contract import Answer, Survey, Task, TaskKind
from parsers.read import answer
from parsers.template import Library
from tests.builders.surveys import AGENCIES, BORDER

NO_MAIL = {".docx", ".docm", ".doc", ".pdf", ".md"}
NOTHING = Library(fields=(), sheets=(), neighbours=(), empty_prompts=())


def _survey(data: bytes) -> Answer:
    return answer(Task(kind=TaskKind.SURVEY, length=len(data)), data, NOTHING, 10.0)


def _surveys(folder: Path) -> list[tuple[Path, Survey]]:
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and file.suffix not in NO_MAIL]
    answers = ((file, _survey(file.read_bytes())) for file in files)
    return [(file, found) for file, found in answers if isinstance(found, Survey)]


@pytest.mark.corpus
def test_no_mail_of_the_corpus_raises_and_no_bounce_is_answered() -> None:
    """Every mail has a way, a delivery report is set aside unanswered, and a stranger's border vouches for nobody."""
    corpus = os.environ.get("INTAKE_CORPUS")
    if not corpus:
        pytest.skip("INTAKE_CORPUS names no folder")
    ways: Counter[str] = Counter()
    for file, survey in _surveys(Path(corpus)):
        found = screening(survey, ScanResult.NOT_SCANNED, AGENCIES, Border((BORDER,)), frozenset(), date(2026, 11, 23))
        stage, why = disposition(found, survey)
        ways[why] += 1
        assert found.sender.trust in {SenderTrust.UNKNOWN, SenderTrust.UNUSABLE}, file.name
        if "report-type=delivery-status" in survey.headers.untrusted_content_type:
            assert (stage, found.automation, found.answerable) == (Stage.SET_ASIDE, Automation.BOUNCE, False), file.name
    assert sum(ways.values()) > 0
