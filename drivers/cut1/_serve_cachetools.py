"""A policy of cachetools under test: `python -m drivers.cut1._serve_cachetools LRUCache`.

Written from docs/protocols/cut1.md. The policy is any class of cachetools that takes `maxsize` and
`getsizeof`: LRUCache, LFUCache, FIFOCache, RRCache. It takes in whatever fits. Its serial number is
the version of cachetools, which is the build.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any, TextIO

import cachetools

POLICIES: dict[str, Any] = {
    "LRUCache": cachetools.LRUCache,
    "LFUCache": cachetools.LFUCache,
    "FIFOCache": cachetools.FIFOCache,
    "RRCache": cachetools.RRCache,
}
"""What can be served, by name."""

UNKNOWN, ARGUMENT, STATE = "!1 UNKNOWN", "!2 ARGUMENT", "!3 STATE"


class Served:
    """One policy that answers lines."""

    def __init__(self, policy: str) -> None:
        self._policy = policy
        self._cache: Any = None
        self._count = 0

    def answer(self, line: str) -> str:
        """The answer to one command."""
        keyword, *arguments = line.split(" ")
        try:
            if keyword == "ID?" and not arguments:
                build = version("cachetools")
                return f"= cachetools {self._policy} {build} {build}"
            if keyword == "CACHE":
                return self._make(*map(int, arguments))
            if keyword == "GO":
                return self._go(int(arguments[0]), [_access(text) for text in arguments[1:]])
        except (ValueError, TypeError, IndexError):
            return ARGUMENT
        return UNKNOWN

    def _make(self, capacity: int) -> str:
        if capacity < 1:
            return ARGUMENT
        self._cache = POLICIES[self._policy](maxsize=capacity, getsizeof=lambda held: held[1])
        self._count = 0
        return "OK"

    def _go(self, count: int, accesses: list[tuple[str, int]]) -> str:
        if self._cache is None or count != self._count:
            return STATE
        found = [self._one(key, size) for key, size in accesses]
        return " ".join(["=", str(int(self._cache.currsize)), *found])

    def _one(self, key: str, size: int) -> str:
        number, self._count = self._count, self._count + 1
        held = self._cache.get(key)
        if held is not None:
            return f"h{held[0]}"
        if size > self._cache.maxsize:
            return "r"
        self._cache[key] = (number, size)
        return "a"


def _access(text: str) -> tuple[str, int]:
    key, size, _ = text.split(":")
    return key, int(size)


def serve(policy: str, lines: Iterable[str], out: TextIO) -> None:
    """Answer `lines` until they end, each at once."""
    served = Served(policy)
    for line in lines:
        out.write(served.answer(line.rstrip("\r\n")) + "\n")
        out.flush()


def main(arguments: list[str]) -> int:
    """Serve the policy that is named; 2 where there is no such."""
    if len(arguments) != 1 or arguments[0] not in POLICIES:
        sys.stderr.write(f"usage: one of {', '.join(POLICIES)}\n")
        return 2
    serve(arguments[0], sys.stdin, sys.stdout)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
