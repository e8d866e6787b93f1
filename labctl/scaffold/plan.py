"""What is going to be written; nothing is, where anything of it stands in the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from labctl.errors import UsageError
from labctl.i18n import _


@dataclass
class Plan:
    """New files and files that get another text, by path; and what is left to the author."""

    new: dict[Path, str] = field(default_factory=dict[Path, str])
    changed: dict[Path, str] = field(default_factory=dict[Path, str])
    next_steps: list[str] = field(default_factory=list[str])

    def add(self, path: Path, text: str) -> None:
        """A new file."""
        self.new[path] = text

    def package(self, *folders: Path, summary: str = "") -> None:
        """An `__init__.py` in each of `folders` that has none yet."""
        for folder in folders:
            front = folder / "__init__.py"
            if not front.exists():
                self.new.setdefault(front, f'"""{summary}"""\n' if summary else "")

    def append(self, path: Path, text: str) -> None:
        """`text` behind what stands in `path`, or is going to."""
        if path in self.new:
            self.new[path] += text
            return
        self.changed[path] = self._now(path) + text

    def insert(self, path: Path, before: str, text: str) -> None:
        """`text` before the line `before` of `path`; `UsageError` where it has no such line."""
        now = self._now(path)
        head, mark, rest = now.partition(f"\n{before}\n")
        if not mark:
            raise UsageError(_("{path} has no line {line!r}").format(path=path, line=before))
        self.changed[path] = f"{head}\n{text}{before}\n{rest}"

    def carry_out(self) -> None:
        """Write everything; `UsageError` where a new file exists already, nothing written."""
        present = sorted(path for path in self.new if path.exists())
        if present:
            raise UsageError(
                _("nothing was written; there already: {files}").format(files=_listed(present)),
                remedy=_("choose another name, or move the file away"),
            )
        for path, text in (self.new | self.changed).items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")

    def _now(self, path: Path) -> str:
        if path in self.changed:
            return self.changed[path]
        try:
            return path.read_text(encoding="utf-8")
        except OSError as error:
            raise UsageError(
                _("{path} cannot be read").format(path=path),
                remedy=_("a lab made by `labctl new lab` has this file: write it"),
            ) from error


def _listed(paths: Iterable[Path]) -> str:
    return ", ".join(str(path) for path in paths)
