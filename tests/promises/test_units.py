"""The systemd units run real commands, each behind the same wall, and none holds another's secret."""

import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from intake.__main__ import parser
from intake.programs.commands import COMMANDS, LOOKING, POST, chosen

FOLDER = Path(__file__).parents[2] / "systemd"
PROGRAMS = ("watch", "advance", "post", "report", "serve")
ALARM = "sscp-intake-alarm@.service"
WALLED = "sscp-parser.service"
YES = (
    "NoNewPrivileges ProtectHome PrivateTmp PrivateDevices PrivateUsers PrivateMounts PrivateIPC ProtectKernelTunables "
    "ProtectKernelModules ProtectKernelLogs ProtectControlGroups ProtectClock ProtectHostname RestrictNamespaces "
    "RestrictRealtime RestrictSUIDSGID LockPersonality MemoryDenyWriteExecute"
)
WALL = dict.fromkeys(YES.split(), "yes") | {
    "User": "sscp-intake",
    "UMask": "0077",
    "CapabilityBoundingSet": "",
    "ProtectSystem": "strict",
    "ProtectProc": "invisible",
    "ProcSubset": "pid",
    "SystemCallArchitectures": "native",
    "NoExecPaths": "/",
    "StateDirectoryMode": "0700",
    "MemorySwapMax": "0",
    "LimitCORE": "0",
}
"""security.md section 6, "Directives (daemon), the essentials": those with one value for all programs."""
HIDDEN = "-/var/lib/sscp-intake -/var/lib/sscp-intake-keys -/etc/sscp-intake"
"""Records, vault, key ring and configuration."""
ONE_OR_MORE = ("SystemCallFilter", "ExecPaths", "MemoryMax", "TasksMax", "RestrictAddressFamilies", "StateDirectory")

Unit = dict[str, list[str]]


def unit(name: str) -> Unit:
    """Return a unit's directives with all their values; sections do not matter, since no directive is in two."""
    found: Unit = defaultdict(list)
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#;[":
            key, _, value = line.partition("=")
            found[key].append(value)
    return found


@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_has_a_unit_that_runs_a_real_command(program: str) -> None:
    """What the unit starts is a command this version knows, with options it knows."""
    (start,) = unit(f"sscp-intake-{program}.service")["ExecStart"]
    binary, *words = start.split()
    assert binary.endswith("/bin/intake")
    assert chosen(parser().parse_args(words)).words == program


def test_no_unit_is_left_over() -> None:
    """Every unit file is one of a program's, its timer's or the alarm's."""
    known = {
        ALARM,
        "sscp-intake-report.timer",
        WALLED,
        "sscp-parser.socket",
        *(f"sscp-intake-{program}.service" for program in PROGRAMS),
    }
    assert {file.name for file in FOLDER.glob("*.*") if file.suffix in {".service", ".timer", ".socket"}} == known


@pytest.mark.parametrize("program", PROGRAMS)
def test_each_unit_stands_behind_the_whole_wall(program: str) -> None:
    """No program runs with less confinement than the design asks for."""
    found = unit(f"sscp-intake-{program}.service")
    assert {key: found[key] for key in WALL} == {key: [value] for key, value in WALL.items()}
    assert [key for key in ONE_OR_MORE if not found[key]] == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_each_unit_is_handed_its_own_secret_alone(program: str) -> None:
    """The mailbox's secret goes to watch, the post's to those that send, and none to the unit that reads forms."""
    command = next(command for command in COMMANDS if command.words == program)
    names = {"mailbox": "imap-password", "post": "smtp-password"}
    handed = {line.partition(":")[0] for line in unit(f"sscp-intake-{program}.service")["LoadCredential"]}
    assert handed == {names[secret] for secret in command.secrets - LOOKING}  # that one comes by the site's own hand


def test_what_reads_forms_has_no_network_and_what_sends_no_originals() -> None:
    """The zones of trust hold at run time, whatever the code does."""
    assert unit("sscp-intake-advance.service")["PrivateNetwork"] == ["yes"]
    for command in COMMANDS:
        if command.words in PROGRAMS and command.secrets >= POST:
            hidden = unit(f"sscp-intake-{command.words}.service")["InaccessiblePaths"]
            assert [path for path in hidden if path.endswith("/vault")]


def test_the_walled_program_has_a_user_a_socket_and_nothing_else() -> None:
    """It runs as a user that owns nothing, behind the same wall, and neither secret, record nor network is there."""
    found = unit(WALLED)
    expected = {**WALL, "User": "sscp-parser"}
    assert not [key for key in found if key.startswith(("LoadCredential", "StateDirectory", "Configuration"))]
    for key in ("PrivateUsers", "StateDirectoryMode"):  # it must know who connects; it keeps nothing
        del expected[key]
    assert {key: found[key] for key in expected} == {key: [value] for key, value in expected.items()}
    assert (found["PrivateNetwork"], found["RestrictAddressFamilies"]) == (["yes"], ["AF_UNIX"])
    assert found["InaccessiblePaths"] == [HIDDEN]
    assert "PrivateUsers" not in found


def test_the_alarm_stands_behind_the_same_wall_and_sees_nothing_of_ours() -> None:
    """It says one line as a user made for it: no file, no network and no secret of ours is there."""
    found = unit(ALARM)
    expected = {key: value for key, value in WALL.items() if key not in {"User", "StateDirectoryMode"}}
    assert {key: found[key] for key in expected} == {key: [value] for key, value in expected.items()}
    assert not [key for key in found if key.startswith(("LoadCredential", "StateDirectory", "Configuration", "User"))]
    assert (found["DynamicUser"], found["InaccessiblePaths"]) == (["yes"], [HIDDEN])
    assert (found["PrivateNetwork"], found["RestrictAddressFamilies"]) == (["yes"], ["AF_UNIX"])
    assert [key for key in ONE_OR_MORE if key != "StateDirectory" and not found[key]] == []


def test_the_key_ring_lies_apart_and_no_unit_may_write_it() -> None:
    """Neither below the records nor in a folder any unit is given to write."""
    made = (FOLDER / "tmpfiles.d" / "sscp-intake.conf").read_text(encoding="utf-8")
    assert re.search(r"(?m)^d /var/lib/sscp-intake-keys +0700 sscp-intake sscp-intake -$", made)
    for file in FOLDER.glob("*.service"):
        found = unit(file.name)
        assert not found["ReadWritePaths"]
        assert found["StateDirectory"] in ([], ["sscp-intake"])
        assert found["ProtectSystem"] == ["strict"]


def test_only_our_programs_may_ask_the_walled_one() -> None:
    """Its socket is for its own user and the group of the programs, and what the unit starts listens there."""
    socket = unit("sscp-parser.socket")
    assert (socket["SocketUser"], socket["SocketGroup"]) == (["sscp-parser"], ["sscp-intake"])
    assert (socket["SocketMode"], socket["Accept"]) == (["0660"], ["no"])
    (start,) = unit(WALLED)["ExecStart"]
    assert start.endswith("-m parsers --listen")
    (place,) = socket["ListenStream"]
    assert f"/{place.lstrip('/')}" in (FOLDER.parent / "config" / "intake.example.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("program", ["watch", "advance", "post", "serve"])
def test_a_lasting_fault_never_stops_the_intake_for_good(program: str) -> None:
    """A daemon starts again for ever, but for a misconfiguration, which rings the alarm."""
    found = unit(f"sscp-intake-{program}.service")
    assert (found["Restart"], found["StartLimitIntervalSec"]) == (["always"], ["0"])
    assert found["RestartPreventExitStatus"] == ["2"]
    assert found["OnFailure"] == ["sscp-intake-alarm@%n.service"]


def test_the_report_comes_at_half_past_six_in_london() -> None:
    """The timer follows London's clock, and makes up for a night in which the machine was off."""
    found = unit("sscp-intake-report.timer")
    assert found["OnCalendar"] == ["*-*-* 06:30:00 Europe/London"]
    assert found["Persistent"] == ["true"]


def test_systemd_itself_has_nothing_against_the_units() -> None:
    """Ask systemd: it knows every directive and finds no fault but that the program is not installed here."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze on this machine")
    files = [str(file) for file in sorted(FOLDER.glob("*.service")) + sorted(FOLDER.glob("*.timer"))]
    files += [str(file) for file in FOLDER.glob("*.socket")]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, check=False, timeout=60
    )
    ours = [line for line in done.stderr.splitlines() if re.search(r"sscp-(intake|parser)", line)]
    missing = re.compile(r"/opt/sscp-intake/bin/(intake|python) is not executable")
    assert [line for line in ours if not missing.search(line)] == []
