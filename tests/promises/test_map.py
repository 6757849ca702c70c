"""The map is true: ARCHITECTURE.md's tree, layers and ways are those of the code."""

import re
import tomllib
from pathlib import Path

from intake.domain.stages import PEOPLES_WAYS, WORKERS_WAYS, Stage
from intake.journey import LEGS

ROOT = Path(__file__).parents[2]
PACKAGES = ("intake", "parsers")
WAY = re.compile(r"(?P<here>\S+)\s+--(?P<how>[a-z ]+)-->\s+(?P<there>.+)")


def test_the_tree_names_every_module_and_no_other() -> None:
    """Whoever looks for a module finds its room on the map, and nothing on the map is gone."""
    drawn, built = _drawn_tree(), _built_tree()
    wrong = [_line(room, built.get(room)) for room in sorted(built | drawn) if built.get(room) != drawn.get(room)]
    assert not wrong, "ARCHITECTURE.md, Rooms: these should read\n" + "\n".join(wrong)


def test_the_layers_on_the_map_are_the_ones_enforced() -> None:
    """The floors drawn are the contracts import-linter holds the code to, from the roof down."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    enforced = {c["containers"][0]: c["layers"] for c in contracts if c["type"] == "layers"}
    assert {package: _block(f"layers {package}") for package in PACKAGES} == enforced


def test_the_ways_on_the_map_are_the_ways_there_are() -> None:
    """The diagram shows every way of the machine and of people, under the name of its leg, and no other."""
    ways = [match.groupdict() for match in map(WAY.fullmatch, _block("stages")) if match]
    assert len(ways) == len(_block("stages"))
    drawn = {(way["here"], way["how"]): set(way["there"].split(" | ")) for way in ways}
    assert drawn == {("(none)", "watch"): {Stage.RECEIVED.value}} | _machine() | _people()


def test_the_journeys_own_diagram_agrees_with_the_ways() -> None:
    """The first lines anybody reads of the code name each stage there is."""
    from intake import journey

    story = (journey.__doc__ or "").lower()
    assert [stage for stage in Stage if stage.value.replace("-", "_") not in story] == []


def _machine() -> dict[tuple[str, str], set[str]]:
    return {(here.value, LEGS[here].name): {way.value for way in ways} for here, ways in WORKERS_WAYS.items() if ways}


def _people() -> dict[tuple[str, str], set[str]]:
    return {(here.value, "a person"): {way.value for way in ways} for here, ways in PEOPLES_WAYS.items()}


def _block(name: str) -> list[str]:
    """Return the lines of the fenced block of that name."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    found = re.search(rf"^```{name}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert found, f"ARCHITECTURE.md has no block {name}"
    return found.group(1).splitlines()


def _drawn_tree() -> dict[str, set[str]]:
    """Return each room's modules: a room stands on a line ``room/ -- what it is``, its modules indented below."""
    rooms: dict[str, set[str]] = {}
    room = ""
    for line in _block("tree"):
        if line.startswith(" "):
            rooms[room].update(line.split())
        else:
            room = line.split()[0]
            rooms[room] = set()
    return rooms


def _built_tree() -> dict[str, set[str]]:
    rooms: dict[str, set[str]] = {}
    for module in (file for package in PACKAGES for file in (ROOT / package).rglob("*.py")):
        if module.stem != "__init__":
            rooms.setdefault(f"{module.parent.relative_to(ROOT).as_posix()}/", set()).add(module.stem)
    return rooms


def _line(room: str, modules: set[str] | None) -> str:
    return f"{room}\n    {' '.join(sorted(modules))}" if modules else f"(no {room})"
