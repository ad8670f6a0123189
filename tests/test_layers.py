"""Imports go one way (CONTRIBUTING.md): the two halves meet only in the form of a briefing."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "scripts" / "readout"

BASE = {"records", "slugs"}
ALLOWED: dict[str, set[str]] = {
    "records": set(),
    "slugs": set(),
    "tuning": set(),
    "lexicon": {"records"},
    # Left: articles to briefings.
    "reading": BASE | {"lexicon"},
    "segment": BASE | {"lexicon"},
    "extract": BASE | {"lexicon", "segment"},
    "compose": BASE | {"segment"},
    # Right: briefings to pages.
    "form": BASE,
    "corpus": BASE | {"lexicon", "form"},
    "pages": BASE | {"corpus"},
    # Beside them.
    "interchange": BASE,
    "desk": BASE | {"form"},
    "checks": BASE | {"form", "interchange"},
    "goldtext": BASE | {"segment"},
    "measure": BASE | {"interchange", "goldtext", "extract", "segment", "reading"},
    "site": BASE | {"desk"},
    # The verbs, each put together from the rooms above.
    "flow": BASE | {"checks", "compose", "desk", "extract", "form", "reading"},
    "adding": BASE | {"desk", "reading"},
    "samples": BASE | {"desk", "form", "reading"},
    "own": BASE | {"desk", "reading"},
    "doctor": BASE | {"corpus", "desk", "flow", "own", "reading", "samples"},
    "__main__": {"cli"},
}


def room(parts: tuple[str, ...]) -> str:
    """The room of a module: its folder, or its name; `measure_quotes` stands in the room `measure`."""
    return "measure" if parts[0].startswith("measure") else parts[0]


def imports(path: Path) -> set[str]:
    """The rooms of the package that a file imports, also inside its functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative imports hide where they lead"
            words = (node.module or "").split(".")
            if words[0] == "readout":
                found |= (
                    {words[1]}
                    if len(words) > 1
                    else {a.name for a in node.names if not a.name.startswith("__")}
                )
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("readout.")}
    return {room((name,)) for name in found}


MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p.name != "__init__.py" or p.parent != PACKAGE)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_what_lies_below_it(path: Path) -> None:
    where = room(path.relative_to(PACKAGE).with_suffix("").parts)
    if where == "cli":
        return
    assert where in ALLOWED, (
        f"a new room, {where}: say in tests/test_layers.py and CONTRIBUTING.md what it may import"
    )
    assert imports(path) - {where} <= ALLOWED[where]


def test_nothing_imports_the_command_line() -> None:
    assert [p.name for p in MODULES if "cli" in imports(p) and p.name != "__main__.py"] == []


def test_the_halves_do_not_know_each_other() -> None:
    left, right = {"reading", "segment", "extract", "compose"}, {"form", "corpus", "pages"}
    for path in MODULES:
        where = room(path.relative_to(PACKAGE).with_suffix("").parts)
        if where in left:
            assert not imports(path) & right, path.name
        if where in right:
            assert not imports(path) & left, path.name


def test_the_arrows_hold_no_circle() -> None:
    above = {name: set(needs) for name, needs in ALLOWED.items() if name != "__main__"}
    while above:
        free = {name for name, needs in above.items() if not needs & set(above)}
        assert free, f"a circle among {sorted(above)}"
        above = {name: needs for name, needs in above.items() if name not in free}


def test_only_the_command_line_prints() -> None:
    for path in MODULES:
        where = path.relative_to(PACKAGE).as_posix()
        if where in ("cli.py", "goldtext.py"):
            continue
        calls = [
            n
            for n in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "print"
        ]
        assert calls == [], where
