"""Code blocks of the documentation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tests.house.tree import ROOT

FENCE = re.compile(
    r'^```(?P<language>[a-z]+)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$',
    re.MULTILINE | re.DOTALL,
)


EARLIER = re.compile(r"^<!-- files of (\S+) -->$", re.MULTILINE)
"""A page that goes on where another one ended has that one's files."""


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the file it stands for ("" for none), its text and line."""

    language: str
    title: str
    text: str
    line: int


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page's text, in order."""
    return [
        Block(
            found["language"],
            found["title"] or "",
            found["text"],
            page.count("\n", 0, found.start()) + 1,
        )
        for found in FENCE.finditer(page)
    ]


def read(path: Path) -> list[Block]:
    """The blocks of a page, after the files of the pages that it goes on from."""
    page = path.read_text(encoding="utf-8")
    earlier = [path.parent / name for name in EARLIER.findall(page)]
    files = [block for other in earlier for block in read(other) if block.title]
    return files + blocks(page)


def pages() -> list[Path]:
    """Every page of the documentation, and the README."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def script(found: list[Block], folder: Path) -> str:
    """One program of a page's Python blocks; those with a title become files in `folder`."""
    lines: list[str] = []
    for block in found:
        if block.title:
            path = folder / block.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        elif block.language == "python":
            lines += [f"# block at line {block.line}", block.text]
    return "\n".join(lines)


def commands(found: list[Block]) -> list[str]:
    """The command lines (`$ labctl ...`) of a page's console blocks."""
    return [
        line.removeprefix("$ ").strip()
        for block in found
        if block.language == "console"
        for line in block.text.splitlines()
        if line.startswith("$ ")
    ]
