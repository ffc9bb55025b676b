"""Habits that a linter does not know."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.generated import ROOT

SOURCES = sorted((ROOT / "pushtui").rglob("*.py"))
EXPLAINED = [*SOURCES, *sorted((ROOT / "bench").rglob("*.py"))]
ALL = [*EXPLAINED, *sorted((ROOT / "tests").rglob("*.py"))]
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
OUTPUT = ROOT / "pushtui" / "cli" / "output.py"


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_module_says_what_it_is_for() -> None:
    assert [named(path) for path in EXPLAINED if not ast.get_docstring(parsed(path))] == []


def test_files_and_functions_fit_on_a_screen() -> None:
    too_long = [named(path) for path in SOURCES if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE]
    for path in SOURCES:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                too_long += [f"{named(path)}:{node.name}"] if lines > LONGEST_FUNCTION else []
    assert too_long == []


def test_the_command_line_writes_in_one_module_only() -> None:
    """`print`, and the standard streams as things to write to, belong to cli/output.py."""
    found = [
        f"{named(path)}:{line}"
        for path in (ROOT / "pushtui" / "cli").rglob("*.py")
        if path != OUTPUT
        for line in _writes(parsed(path))
    ]
    assert found == []


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX"])
def test_nothing_is_left_for_later(word: str) -> None:
    here = Path(__file__)
    assert [named(path) for path in ALL if path != here and word in path.read_text(encoding="utf-8")] == []


def test_every_exception_to_the_type_checker_has_a_reason() -> None:
    bare = re.compile(r"type: ignore(?!\[[\w-]+\]\s+# \S)")
    assert [named(path) for path in SOURCES if bare.search(path.read_text(encoding="utf-8"))] == []


def _writes(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield node.lineno
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("sys.stdout.write", "sys.stderr.write"):
            yield node.lineno
