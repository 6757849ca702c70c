"""Where the configuration lies: ``intake.toml``, its neighbours in the same folder, and the ones shipped."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from intake.errors import ConfigFault, Misconfigured

PROGRAM_FILE = "intake.toml"
USUAL_PLACES = (Path("config") / PROGRAM_FILE, Path("/etc/sscp-intake") / PROGRAM_FILE)
"""Where to look when neither ``--config`` nor ``INTAKE_CONFIG`` names a file, in this order (interface.md)."""

VARIABLE = "INTAKE_CONFIG"
IN_THE_WHEEL = Path(__file__).parent.parent / "shipped_config"
IN_THE_SOURCE = Path(__file__).parent.parent.parent / "config"


def shipped() -> Path:
    """Return the folder of the shipped configuration: inside the wheel, else the source tree's ``config/``."""
    return IN_THE_WHEEL if IN_THE_WHEEL.is_dir() else IN_THE_SOURCE


def find(named: Path | None, environ: Mapping[str, str]) -> Path:
    """Return the absolute path of ``intake.toml``; raises Misconfigured when there is none where it should be."""
    if named is not None:
        return _present(named, "named by --config")
    if environ.get(VARIABLE):
        return _present(Path(environ[VARIABLE]), f"named by {VARIABLE}")
    for place in USUAL_PLACES:
        if place.is_file():
            return place.absolute()
    looked = " and ".join(str(place) for place in USUAL_PLACES)
    advice = f"write one after config/intake.example.toml, or name one by --config or {VARIABLE}"
    raise Misconfigured([ConfigFault(PROGRAM_FILE, "", f"there is none at {looked}: {advice}")])


def neighbour(folder: Path, name: str) -> Path:
    """Return the file or folder ``name`` beside ``intake.toml`` or, where absent, the shipped one."""
    beside = folder / name
    return beside if beside.exists() else shipped() / name


def forms(folder: Path) -> Path:
    """Return the folder that holds ``labels.toml`` and ``forms/``: they speak of each other, so they go together."""
    return folder if (folder / "forms").is_dir() or (folder / "labels.toml").is_file() else shipped()


def digest(file: Path) -> str:
    """Return the SHA-256 of ``intake.toml`` and of every file beside it that may be configuration, with their names."""
    beside = (path for kind in ("*.toml", "*/*.toml", "letters/*") for path in file.parent.glob(kind) if path.is_file())
    found = sha256()
    for path in sorted({file, *beside}):
        content = path.read_bytes()
        found.update(f"{path.relative_to(file.parent)} {len(content)}\n".encode() + content)
    return found.hexdigest()


def _present(path: Path, how: str) -> Path:
    if not path.is_file():
        raise Misconfigured([ConfigFault(str(path), "", f"is not a file ({how})")])
    return path.absolute()
