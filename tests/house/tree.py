"""The files that the house rules look at, and what a rule is."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("labctl", "drivers", "rigs", "procedures", "sim_backends")


@dataclass(frozen=True)
class Source:
    """A file by its path from the root, with slashes, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def package(self) -> str:
        return self.path.split("/", 1)[0]

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def imports(self) -> Iterator[tuple[int, str]]:
        """(line, dotted name) of everything imported, also inside functions."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.lineno, node.module
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


Find = Callable[[Source], Iterable[tuple[int, str]]]


@dataclass(frozen=True)
class Rule:
    """A rule over every file.

    `find` yields (line, message) of what breaks the rule. `bad` and `good` are (path, text)
    examples that must and must not be found. `allowed` excuses findings: the key is the file's
    path, or path and a part of the message joined by `::`; the value is the reason.
    """

    name: str
    applies: Callable[[str], bool]
    find: Find
    bad: tuple[tuple[str, str], ...]
    good: tuple[tuple[str, str], ...] = ()
    allowed: Mapping[str, str] = field(default_factory=dict[str, str])

    def findings(self, source: Source) -> list[str]:
        """`path:line: message` of every finding, excused ones included."""
        if not self.applies(source.path):
            return []
        return [f"{source.path}:{line}: {message}" for line, message in self.find(source)]

    def excuse(self, finding: str) -> str | None:
        """The key of `allowed` that excuses a finding."""
        path = finding.split(":", 1)[0]
        for key in self.allowed:
            where, _, part = key.partition("::")
            if where == path and part in finding:
                return key
        return None


def in_packages(path: str) -> bool:
    """Whether `path` is Python source of one of the five packages."""
    return path.endswith(".py") and path.split("/", 1)[0] in PACKAGES


def is_python(path: str) -> bool:
    """Whether `path` is Python source."""
    return path.endswith(".py")


def dotted(node: ast.expr) -> str:
    """`a.b.c` of a name or attribute chain; `?` for what is not a name at its root."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"


@lru_cache
def paths() -> tuple[str, ...]:
    """Every file that git tracks or would track, from the root, with slashes."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout.split("\0")
    return tuple(sorted({name for name in listed if name and (ROOT / name).is_file()}))


@lru_cache
def sources() -> tuple[Source, ...]:
    """Every file that is UTF-8 text."""
    return tuple(source for source in map(_read, paths()) if source is not None)


def _read(path: str) -> Source | None:
    data = (ROOT / path).read_bytes()
    if b"\0" in data:
        return None
    return Source(path, data.decode("utf-8"))
