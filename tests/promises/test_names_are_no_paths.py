"""Threat 20: whatever an attachment is called, no file of such a name, and none anywhere else, comes to be."""

from pathlib import Path

from tests.builders.forms import to_docx
from tests.builders.house import house
from tests.builders.mails import Attachment
from tests.builders.posted import form, sent

ROOTS = (
    "..",
    "../..",
    "../../../../etc",
    "/etc",
    "/tmp",
    "~",
    "C:\\Windows",
    "\\\\host\\share",
    "var/vault",
    ".",
    "//x",
)
ENDS = ("x.docx", "passwd", "cron.d/x", "..", ".", "", "x\x00.docx", "x%2f..%2fy.docx", "CON", "a" * 300 + ".docx")
TURNS = ("{}/{}", "{}\\{}", "{}/./{}")


def names() -> list[str]:
    """Return three hundred and more names that would be somewhere else, were they paths."""
    return [turn.format(root, end).replace("\x00", "") for root in ROOTS for end in ENDS for turn in TURNS]


def tree(folder: Path) -> set[str]:
    """Return every file and folder below one, but for the database's own three."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.name.startswith("intake.db")}


def test_three_hundred_hostile_names_make_no_file(tmp_path: Path) -> None:
    """The tree after is the tree before and one sealed original a mail, named by our own id."""
    hostile = names()
    assert len(hostile) > 300
    with house(tmp_path / "house") as home:
        home.take(sent(text="Nothing."))
        before = tree(tmp_path)
        data, made = to_docx(form()), []
        for number in range(0, len(hostile), 80):
            files = [
                Attachment(name, data if at == 0 else b"words") for at, name in enumerate(hostile[number : number + 80])
            ]
            made.append(home.take(sent(*files, number=number + 2))["id"])
        came = {Path(path).name for path in tree(tmp_path) - before}
    assert len(made) == len(came)
    assert all(any(name.startswith(message) for message in made) for name in came), came
