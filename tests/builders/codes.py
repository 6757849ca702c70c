"""The codes the program can write, gathered from its source: whoever adds one without words fails a test."""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ANY = "x"
"""Stands in a code for the part that is only known when the program runs."""


@dataclass(frozen=True)
class Source:
    """One module: its tree, its constants by name, its functions by name."""

    path: str
    tree: ast.Module
    constants: Mapping[str, ast.expr] = field(default_factory=dict)
    functions: Mapping[str, list[ast.FunctionDef]] = field(default_factory=dict)
    nodes: Sequence[tuple[ast.FunctionDef | None, ast.AST]] = ()
    """Every node with the function around it."""


@cache
def sources(*rooms: str) -> tuple[Source, ...]:
    """Return the modules under some folders of the repository."""
    return tuple(_source(path) for room in rooms for path in _files(ROOT / room))


def given(rooms: tuple[str, ...], callee: str, place: int, name: str) -> set[str]:
    """Return the texts that calls of ``callee`` give for a parameter, by its place or its name.

    A name is followed to the module's constant, to what the function around it makes of it, and into functions of the
    same module; a part that is only known at run time is ``x``.
    """
    found: set[str] = set()
    for source in sources(*rooms):
        for around, call in _calls(source):
            if _called(call) != callee:
                continue
            by_name = [each.value for each in call.keywords if each.arg == name]
            for argument in by_name or call.args[place : place + 1]:
                found.update(_texts(argument, source, around))
    return found


def paired(rooms: tuple[str, ...], first: str, member: str = "") -> set[str]:
    """Return the second text of each tuple that begins with a member of an enumeration (``Stage.HELD, "why", ...``)."""
    found: set[str] = set()
    for source in sources(*rooms):
        for around, node in source.nodes:
            if isinstance(node, ast.Tuple) and len(node.elts) > 1 and _is_member(node.elts[0], first, member):
                found.update(_texts(node.elts[1], source, around))
    return found


def returned(room: str, *functions: str) -> set[str]:
    """Return the texts that functions of a module give back, or yield."""
    (source,) = sources(room)
    made = (
        (function, node) for name in functions for function in source.functions[name] for node in ast.walk(function)
    )
    given_back = ((function, node.value) for function, node in made if isinstance(node, (ast.Return, ast.Yield)))
    return {text for function, value in given_back if value is not None for text in _texts(value, source, function)}


def taking(rooms: tuple[str, ...], names: frozenset[str]) -> set[tuple[str, int, str]]:
    """Return the functions that take a parameter of one of these names, with its place among what a call gives."""
    found: set[tuple[str, int, str]] = set()
    for source in sources(*rooms):
        for function in (each for several in source.functions.values() for each in several):
            taken = [one.arg for one in (*function.args.posonlyargs, *function.args.args) if one.arg != "self"]
            found.update((function.name, place, name) for place, name in enumerate(taken) if name in names)
    return found


def _files(room: Path) -> list[Path]:
    return sorted(room.rglob("*.py")) if room.is_dir() else [room]


@cache
def _source(path: Path) -> Source:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants: dict[str, ast.expr] = {}
    functions: dict[str, list[ast.FunctionDef]] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                constants.update(_named(target, node.value))
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            constants[node.target.id] = node.value
    for each in ast.walk(tree):
        if isinstance(each, ast.FunctionDef):
            functions.setdefault(each.name, []).append(each)
    return Source(path.relative_to(ROOT).as_posix(), tree, constants, functions, list(_placed(tree, None)))


def _named(target: ast.expr, value: ast.expr) -> dict[str, ast.expr]:
    if isinstance(target, ast.Name):
        return {target.id: value}
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        pairs = zip(target.elts, value.elts, strict=False)
        return {one.id: other for one, other in pairs if isinstance(one, ast.Name)}
    return {}


def _placed(tree: ast.AST, around: ast.FunctionDef | None) -> Iterator[tuple[ast.FunctionDef | None, ast.AST]]:
    """Give every node with the innermost function around it."""
    for node in ast.iter_child_nodes(tree):
        yield around, node
        yield from _placed(node, node if isinstance(node, ast.FunctionDef) else around)


def _calls(source: Source) -> Iterator[tuple[ast.FunctionDef | None, ast.Call]]:
    return ((around, node) for around, node in source.nodes if isinstance(node, ast.Call))


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _is_member(node: ast.expr, of: str, member: str) -> bool:
    named = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == of
    return named and member in {"", node.attr}  # type: ignore[attr-defined]  # an Attribute, as was just asked


def _texts(node: ast.expr, source: Source, around: ast.FunctionDef | None, depth: int = 4) -> Iterator[str]:
    """Give every text an expression may be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(each.value) if isinstance(each, ast.Constant) else ANY for each in node.values)
    elif depth:
        for inner in _inside(node, source, around):
            yield from _texts(inner, source, around, depth - 1)


def _inside(node: ast.expr, source: Source, around: ast.FunctionDef | None) -> Iterable[ast.expr]:
    if isinstance(node, ast.IfExp):
        return (node.body, node.orelse)
    if isinstance(node, ast.BoolOp):
        return node.values
    if isinstance(node, ast.Name):
        return [*_made(node.id, around), *([source.constants[node.id]] if node.id in source.constants else [])]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _returned(node.func.id, source)
    return ()


def _made(name: str, around: ast.FunctionDef | None) -> Iterator[ast.expr]:
    """Give what a function makes a name of its own to be."""
    for node in ast.walk(around) if around is not None else ():
        if isinstance(node, ast.Assign):
            for target in node.targets:
                made = _named(target, node.value)
                if name in made:
                    yield made[name]


def _returned(name: str, source: Source) -> Iterator[ast.expr]:
    for function in source.functions.get(name, ()):
        for node in ast.walk(function):
            if isinstance(node, ast.Return) and node.value is not None:
                yield node.value
