"""What is no longer as it was when a run began: code, packages, bench.

A run that is resumed says so, change by change, and goes on only with those that are accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from labctl.errors import UsageError

MEASURING = ("drivers", "procedures", "rigs", "sim_backends")
"""Packages whose code takes part in a measurement."""

LIBRARIES = ("numpy", "scipy", "pyvisa", "pyvisa-py", "pymodbus", "pyserial", "bleak", "aiomqtt")
"""Libraries that do."""


class Change(msgspec.Struct, frozen=True):
    """One change: `id` by which it is accepted, what it `was` and `now` is.

    `measures` says that it touches measurement, so that it stands in the verdict.
    """

    id: str
    was: str
    now: str
    measures: bool

    def __str__(self) -> str:
        return f"{self.id}: {self.was[:12] or 'none'} -> {self.now[:12] or 'none'}"


def changes(
    was: Mapping[str, Any], code: Mapping[str, str], packages: Mapping[str, str]
) -> tuple[Change, ...]:
    """Changes of code and packages against `was`, the meta data of the run's journal."""
    found = [
        *_differing("code", was.get("code", {}), code, MEASURING),
        *_differing("package", was.get("packages", {}), packages, LIBRARIES),
    ]
    return tuple(found)


def together(before: Iterable[Change], now: Iterable[Change]) -> tuple[Change, ...]:
    """Changes accepted at earlier resumes and now, each once: parts were measured under all."""
    return tuple(dict.fromkeys((*before, *now)))


def check_accepted(found: Iterable[Change], accepted: Iterable[str]) -> tuple[Change, ...]:
    """`found`; `UsageError` where one of them was not accepted, or an accepted one is none."""
    found, accepted = tuple(found), set(accepted)
    unknown = sorted(accepted - {change.id for change in found})
    if unknown:
        raise UsageError(
            f"nothing changed by the name {', '.join(unknown)}",
            remedy="accept what is listed, no more",
        )
    open_ones = [change for change in found if change.id not in accepted]
    if open_ones:
        raise UsageError(
            "changed since the run began: " + "; ".join(map(str, open_ones)),
            remedy="look at each, then: " + " ".join(f"--accept {one.id}" for one in open_ones),
        )
    return found


def _differing(
    kind: str, was: Mapping[str, str], now: Mapping[str, str], measuring: tuple[str, ...]
) -> Iterator[Change]:
    for name in sorted({*was, *now}):
        before, after = was.get(name, ""), now.get(name, "")
        if before != after:
            yield Change(f"{kind}:{name}", before, after, name in measuring)
