"""The tables `[[interlocks]]` of a bench file, checked as far as the file alone can tell.

[[interlocks]]
name = "chuck over temperature"
watch = "chuck.temperature"           # what the rig lets be watched
above = { value = 85, unit = "degC" } # or below; or is, is_not = a state
clear = { value = 80, unit = "degC" } # not before does it read good again
action = "hold"                       # or trip
every = { value = 10, unit = "s" }
lost_after = { value = 30, unit = "s" }
settle = { value = 60, unit = "s" }
release = "auto"                      # or operator
door = false                          # true: people open it to get at the sample
"""

from __future__ import annotations

from typing import Any

import msgspec

from labctl.errors import UnitError
from labctl.holding import PAUSED
from labctl.interlocks import Action, Release, Terms
from rigs.bench_entries import QuantityEntry
from rigs.benchfile import BenchFile

TABLE = "interlocks"
CONDITIONS = ("above", "below", "is", "is_not")
"""What is not good: a value beyond a limit, a state, any other state."""

TIMES = ("every", "lost_after", "settle")


class InterlockEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One interlock: what is `watch`ed of the rig, what is not good, what is done then, and when.

    Of `above`, `below`, `is` and `is_not` there is one. Times not given are those of
    `labctl.interlocks.Terms`.
    """

    name: str
    watch: str
    action: Action
    above: QuantityEntry | None = None
    below: QuantityEntry | None = None
    clear: QuantityEntry | None = None
    is_: str | None = msgspec.field(name="is", default=None)
    is_not: str | None = None
    every: QuantityEntry | None = None
    lost_after: QuantityEntry | None = None
    settle: QuantityEntry | None = None
    release: Release = "auto"
    door: bool = False

    @property
    def limit(self) -> QuantityEntry | None:
        """The value beyond which it is not good; None where a state says so."""
        return self.above or self.below

    def terms(self) -> Terms:
        """What it does, and when; `UnitError` for a time that is none."""
        given = {"every": self.every, "lost_after": self.lost_after, "settle": self.settle}
        times = {name: _seconds(one) for name, one in given.items() if one is not None}
        return Terms(self.name, self.action, release=self.release, door=self.door, **times)


def interlocks_of(file: BenchFile) -> tuple[InterlockEntry, ...]:
    """The interlocks of a bench file; `BenchError` names file, line and key of what is wrong."""
    tables = file.data.get(TABLE, [])
    if not isinstance(tables, list):
        file.wrong((TABLE,), "expected tables [[interlocks]]")
    entries: list[InterlockEntry] = []
    for index, table in enumerate(tables):
        key = (TABLE, str(index))
        entry = file.convert(key, table, InterlockEntry)
        if not entry.name.strip() or entry.name == PAUSED:
            file.wrong((*key, "name"), f"{entry.name!r} names no interlock", "name what it guards")
        if entry.name in {one.name for one in entries}:
            file.wrong((*key, "name"), f"{entry.name} stands twice")
        _check_condition(file, key, table, entry)
        _check_times(file, key, table, entry)
        entries.append(entry)
    return tuple(entries)


def _check_condition(
    file: BenchFile, key: tuple[str, ...], table: dict[str, Any], entry: InterlockEntry
) -> None:
    given = [name for name in CONDITIONS if name in table]
    if len(given) != 1:
        what = f"has {' and '.join(given) or 'no condition'}"
        file.wrong(key, what, f"give one of {', '.join(CONDITIONS)}")
    for name in ("above", "below", "clear"):
        if name in table:
            file.check_quantity((*key, name), file.convert(key, table[name], QuantityEntry))
    if entry.clear is None:
        return
    if entry.limit is None:
        file.wrong((*key, "clear"), "a state has no value", "leave clear out")
    try:
        clear = entry.clear.quantity().to(entry.limit.unit).value
    except UnitError as error:
        file.wrong((*key, "clear"), error.message)
    beyond = clear > entry.limit.value if entry.above else clear < entry.limit.value
    if beyond:
        what = f"is {clear:g} {entry.limit.unit}, which is itself beyond {given[0]}"
        file.wrong((*key, "clear"), what, "write the value from which on it reads good again")


def _check_times(
    file: BenchFile, key: tuple[str, ...], table: dict[str, Any], entry: InterlockEntry
) -> None:
    for name in TIMES:
        if name in table:
            one = file.convert(key, table[name], QuantityEntry)
            file.check_quantity((*key, name), one)
            try:
                found = _seconds(one)
            except UnitError as error:
                file.wrong((*key, name), error.message, 'write { value = 10, unit = "s" }')
            if found < 0 or (found == 0 and name != "settle"):
                file.wrong((*key, name), f"is {found:g} s, expected a time above 0")
    terms = entry.terms()
    if terms.lost_after <= terms.every:
        place = "lost_after" if "lost_after" in table else "every"
        file.wrong(
            (*key, place),
            f"it would be lost after {terms.lost_after:g} s and is read each {terms.every:g} s",
            "let lost_after be longer than every",
        )


def _seconds(entry: QuantityEntry) -> float:
    return entry.quantity().to("s").value
