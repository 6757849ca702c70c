"""The whole configuration: found, filled up with the shipped files, and refused with every fault at once."""

from pathlib import Path

import pytest

from intake.errors import Misconfigured
from intake.settings import places
from intake.settings.loading import load
from tests.builders.settings import settings, write_config


def faults(file: Path, environ: dict[str, str] | None = None) -> list[str]:
    """Return what loading ``file`` says is wrong, as ``file: place: says`` lines."""
    with pytest.raises(Misconfigured) as refused:
        load(file, environ or {})
    return [str(fault) for fault in refused.value.faults]


def test_a_valid_folder_loads_with_absolute_paths(tmp_path: Path) -> None:
    """Relative paths are relative to the configuration file and come out absolute."""
    loaded = load(write_config(tmp_path / "c"), {})
    assert loaded.folder == tmp_path / "c"
    assert loaded.program.store.vault == tmp_path / "c" / "var" / "vault"
    assert loaded.program.store.database == f"sqlite:///{tmp_path}/c/var/intake.db"
    assert loaded.program.mailbox[0].password_file == tmp_path / "c" / "imap-password"


def test_an_absent_neighbour_is_the_shipped_one(tmp_path: Path) -> None:
    """Only three files stand in the folder; the safety block and the sheets come from the shipped configuration."""
    loaded = settings(tmp_path)
    assert {agency.code for agency in loaded.agencies} >= {"gmp", "council"}
    assert "0161 603 4500" in {channel.phone for channel in loaded.safety.channels}
    assert loaded.library.sheets


def test_a_neighbour_in_the_folder_wins_over_the_shipped_one(tmp_path: Path) -> None:
    """What stands beside intake.toml is what counts."""
    file = write_config(tmp_path)
    (tmp_path / "working_days.toml").write_text(
        '[timeliness]\nlimit_days = 7\nlate_by = "calendar"\n[bank_holidays]\nknown_until = 2027-12-31\n'
    )
    assert load(file, {}).working_days.timeliness.limit_days == 7


def test_the_named_file_is_used_before_the_variable(tmp_path: Path) -> None:
    """--config beats INTAKE_CONFIG."""
    named, other = write_config(tmp_path / "a"), write_config(tmp_path / "b")
    assert load(named, {"INTAKE_CONFIG": str(other)}).folder == tmp_path / "a"


def test_the_variable_is_used_before_the_usual_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """INTAKE_CONFIG beats config/intake.toml in the working directory."""
    monkeypatch.chdir(tmp_path)
    write_config(tmp_path / "config")
    other = write_config(tmp_path / "b")
    assert load(None, {"INTAKE_CONFIG": str(other)}).folder == tmp_path / "b"


def test_the_working_directorys_config_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a name, config/intake.toml below the working directory is taken, as an absolute path."""
    monkeypatch.chdir(tmp_path)
    write_config(tmp_path / "config")
    assert load(None, {}).folder == tmp_path / "config"


def test_nothing_found_says_where_it_looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing configuration names every place that was tried, and what to do."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(places, "USUAL_PLACES", (Path("config/intake.toml"), tmp_path / "etc" / "intake.toml"))
    with pytest.raises(Misconfigured, match=r"config/intake\.toml and .*etc/intake\.toml.*INTAKE_CONFIG"):
        load(None, {})


@pytest.mark.parametrize("how", ["argument", "variable"])
def test_a_named_file_that_is_absent_is_a_fault(tmp_path: Path, how: str) -> None:
    """A wrong name is never replaced by a file of another place."""
    absent = tmp_path / "absent.toml"
    with pytest.raises(Misconfigured, match=r"absent\.toml: is not a file"):
        load(*((absent, {}) if how == "argument" else (None, {"INTAKE_CONFIG": str(absent)})))


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    """One round of repairs is enough: syntax, unknown keys, wrong values and broken references come together."""
    file = write_config(tmp_path, imap_port=0, more="[surprise]\nx = 1")
    (tmp_path / "agencies.toml").write_text("[[agency]]\ncode = 'a'\nname 'b'\n")
    (tmp_path / "prsg_members.toml").write_text('[[member]]\nname = "Orla Example"\nagency = "gmp"\nfrom = "soon"\n')
    (tmp_path / "working_days.toml").write_text(
        '[timeliness]\nlate_by = "moon"\n[bank_holidays]\nknown_until = 2027-01-01\n'
    )
    (tmp_path / "safety.toml").write_text('lead = "x"\n')
    told = "\n".join(faults(file))
    for expected in (
        "intake.toml: mailbox[0].port: ",
        "intake.toml: surprise: unknown key",
        "agencies.toml: line 3: is not TOML",
        "prsg_members.toml: member[0].from: ",
        "working_days.toml: timeliness.late_by: ",
        "safety.toml: channels: is needed",
        "safety.toml: phrases: is needed",
    ):
        assert expected in told


def test_a_missing_key_and_a_wrong_type_are_told_with_their_place(tmp_path: Path) -> None:
    """A port in quotes is a fault, not a number, and a missing table is named."""
    file = write_config(tmp_path)
    text = file.read_text().replace("port = 10143", 'port = "10143"').replace("[store]", "[shop]")
    file.write_text(text)
    assert {line.split(": ", 2)[1] for line in faults(file)} >= {"mailbox[0].port", "store", "shop"}


@pytest.mark.parametrize("key", ["password", "secret", "client_secret"])
def test_a_secret_as_a_value_is_refused_without_being_quoted(tmp_path: Path, key: str) -> None:
    """Somebody wrote the password itself: the fault says what to do, and does not print it."""
    told = "\n".join(faults(write_config(tmp_path, extra_mailbox=f'{key} = "hunter2-hunter2"')))
    assert f"mailbox[0].{key}: unknown key: a secret is never a value here" in told
    assert "hunter2" not in told


@pytest.mark.parametrize(
    "line",
    [
        'security = "hunter2-hunter2"', 'port = "hunter2-hunter2"', 'oauth = "hunter2-hunter2"',
        'name = "Hunter2-hunter2!"',
        'file_to = "hunter2-hunter2"', 'trusted_authserv = "hunter2-hunter2"',
        'password_env = ["hunter2-hunter2"]',
    ],
)  # fmt: skip
def test_no_fault_quotes_a_value(tmp_path: Path, line: str) -> None:
    """A password pasted into the wrong line stays off the screen and out of the journal."""
    file = write_config(tmp_path)
    key = line.partition(" = ")[0]
    kept = [old for old in file.read_text().splitlines() if not old.startswith(f"{key} =")]
    at = kept.index("[[mailbox]]") + 1
    file.write_text("\n".join([*kept[:at], line, *kept[at:]]))
    told = "\n".join(faults(file))
    assert f"mailbox[0].{key}" in told
    assert "unter2" not in told


def test_a_file_that_is_not_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    """Another encoding is a fault with a line, never a traceback."""
    file = write_config(tmp_path)
    (tmp_path / "prsg_members.toml").write_bytes(b'# fine\n[[member]]\nname = "Zo\xeb Example"\n')
    assert faults(file) == ["prsg_members.toml: line 3: is not UTF-8 text"]


def test_a_neighbour_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    """A folder where a file belongs is told, not raised."""
    file = write_config(tmp_path)
    (tmp_path / "checks.toml").mkdir()
    assert faults(file) == ["checks.toml: : cannot be read (IsADirectoryError)".replace(": : ", ": ")]
