"""The project's own source files as the house tests see them: paths, module names, syntax trees, imports."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("flows", "workflows", "notifications", "service")


@dataclass(frozen=True)
class Source:
    """One Python file of the program."""

    path: Path

    @cached_property
    def text(self) -> str:
        """The whole file."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """The file as Python reads it."""
        return ast.parse(self.text)

    @property
    def name(self) -> str:
        """Where it stands, as people write it."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        """The name it is imported under."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def package(self) -> str:
        """The package that its relative imports start from."""
        return self.module if self.path.name == "__init__.py" else self.module.rpartition(".")[0]

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method."""
        for node in _statements(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def imports(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each import in the file, also in functions and under TYPE_CHECKING: module, and names taken from it."""
        for node in _statements(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, ()) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield self._origin(node), tuple(alias.name for alias in node.names)

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parts = self.package.split(".")
        base = ".".join(parts[: len(parts) - node.level + 1])
        return f"{base}.{node.module}" if node.module else base


def _statements(within: ast.AST) -> Iterator[ast.AST]:
    """Every statement inside, however deep; expressions, of which there are ten times as many, hold none."""
    for node in ast.iter_child_nodes(within):
        if isinstance(node, ast.stmt | ast.excepthandler | ast.match_case):
            yield node
            yield from _statements(node)


@cache
def program() -> tuple[Source, ...]:
    """Every file of the four folders."""
    return tuple(Source(path) for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")))


@cache
def test_files() -> tuple[Source, ...]:
    """Every file of the tests and benches."""
    return tuple(Source(path) for folder in ("tests", "bench") for path in sorted((ROOT / folder).rglob("*.py")))


def written() -> list[Path]:
    """Every text file that people write: what git tracks or would track."""

    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [ROOT / name for name in sorted(set(listed.stdout.split("\0"))) if name and (ROOT / name).is_file()]
