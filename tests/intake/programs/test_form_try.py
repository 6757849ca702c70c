"""``intake form try``: what was read, shown as it is, and the exit code that tells ours from the rest."""

import pytest

from intake.programs.form_try import FOUND, as_json, told
from parsers.contract import (
    Certainty,
    DocumentReading,
    DocumentState,
    Harvest,
    Kind,
    Recognised,
    Refusal,
    Unplaced,
    UntrustedReading,
)


def document(**changes: object) -> DocumentReading:
    """Return what is read from a form of ours with one answer, one stray answer and one conflict."""
    name = UntrustedReading(
        field="child.name", child=1, untrusted_text="Orla Example", where="table 2, row 1", certainty=Certainty.CERTAIN
    )
    shape: dict[str, object] = {
        "index": 0, "kind": Kind.DOCX, "bytes": 10, "sha256": "0" * 64, "state": DocumentState.READ, "why": None,
        "recognised": Recognised.OURS, "sheet": "sscp-2023", "edition": "July 2023", "readings": (name,),
        "unplaced": (Unplaced(untrusted_label="Ward", untrusted_text="4\x1b[2J", where="table 9"),),
        "conflicts": ("incident.date",),
    }  # fmt: skip
    return DocumentReading(**(shape | changes))  # type: ignore[arg-type]  # a test's shorthand


def harvest(*documents: DocumentReading) -> Harvest:
    """Return the answer of the wall for one file."""
    return Harvest(documents=documents, untrusted_body="", body_looks_like_form=False, codes=())


def test_a_form_of_ours_is_shown_with_place_and_certainty(capsys: pytest.CaptureFixture[str]) -> None:
    """Every answer stands on a line with its field, child, place and certainty; stray answers and conflicts follow."""
    assert told(harvest(document()), json=False) == 0
    out = capsys.readouterr().out
    assert "child.name [1]  Orla Example  table 2, row 1  certain" in out
    assert "Ward" in out
    assert "incident.date" in out
    assert "\x1b" not in out


def test_the_json_has_the_shape_of_the_interface() -> None:
    """Programs get the keys they were promised, the child's number from 1, and null for who keyed it."""
    assert as_json(document(), None) == {
        "recognised": "ours",
        "sheet": "sscp-2023",
        "edition": "July 2023",
        "readings": [
            {
                "field": "child.name",
                "child": 1,
                "value": "Orla Example",
                "where": "table 2, row 1",
                "certainty": "certain",
                "by": None,
            }
        ],
        "unplaced": [{"label": "Ward", "value": "4\x1b[2J", "where": "table 9"}],
        "conflicts": ["incident.date"],
        "unreadable": None,
    }
    assert as_json(None, "time")["unreadable"] == "time"


@pytest.mark.parametrize(
    "answer",
    [
        Refusal(code="time"),
        harvest(),
        harvest(document(recognised=Recognised.NEIGHBOUR, sheet="marf")),
        harvest(document(recognised=Recognised.NONE, state=DocumentState.NOT_A_FORM, readings=())),
        harvest(document(state=DocumentState.LOCKED, why="password", readings=())),
    ],
    ids=["refused", "nothing", "neighbour", "no-form", "locked"],
)
@pytest.mark.parametrize("json", [True, False])
def test_what_is_not_ours_or_cannot_be_read_exits_1(
    answer: Harvest | Refusal, json: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """A script can tell a form of ours that was read from everything else."""
    assert told(answer, json=json) == FOUND
    assert capsys.readouterr().out
