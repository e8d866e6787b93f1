"""How a wrong certificate is refused: file, line, key, what is wrong, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from labctl.errors import BenchError


@dataclass(frozen=True)
class Where:
    """A place in a certificate file: its `path`, the `line` (from 1, 0 where unknown), the `key`
    or element."""

    path: str
    line: int = 0
    key: str = ""

    def at(self, key: str, line: int = 0) -> Where:
        """The place of `key` inside this one; `line` where it is known better."""
        return Where(self.path, line or self.line, f"{self.key}.{key}" if self.key else key)

    def wrong(self, what: str, remedy: str = "") -> NoReturn:
        """Raise the `BenchError` that names this place."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        named = f"{self.key}: " if self.key else ""
        raise BenchError(f"{place}: {named}{what}", remedy=remedy)
