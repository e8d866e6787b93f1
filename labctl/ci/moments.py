"""Which fault befalls which instrument in which step of a procedure, drawn by seed.

The steps, and when each instrument was read in them, stand in the journal of the same run
undisturbed; a fault of an instrument of which it has no readings may go unfelt.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from labctl.errors import UsageError
from labctl.journal.reader import Reader
from labctl.runfolder import RunFolder
from labctl.testing.offered import Offered

BEFORE = 0.5
"""Seconds before a reading at which its fault begins: it was asked for a little earlier."""

ONCE = "once"
LASTING: dict[str, float | None] = {ONCE: 2 * BEFORE, "for 30 s": 30.0, "for good": None}
"""How long a fault may last, in s; None: to the end."""


class Place(NamedTuple):
    """The role `role` in the step `step` of an item, which went from `begun` to `finished` in s.

    It was read `times` times there; 0 of a role of which no step records a reading.
    """

    step: str
    role: str
    times: int
    begun: float
    finished: float


@dataclass(frozen=True)
class Fault:
    """A fault called `name` (role:kind@step) for people and the command line.

    `table` is what the bench file says of it, `lasts` how long it lasts in words.
    """

    name: str
    table: dict[str, Any]
    lasts: str


def places(run: Path, roles: Collection[str]) -> list[Place]:
    """Where the first item of the run in the folder `run` used which of `roles`.

    A role of which readings are recorded was used where they are. Of any other, one that only
    drives or hands over arrays, no more is known than that it may have been used in any step that
    took time.
    """
    sql = (
        "SELECT a.step, i.role, count(*), a.t, coalesce(s.t, a.t) FROM readings r"
        " JOIN channels c ON c.id = r.channel JOIN attempts a ON a.id = r.attempt"
        " LEFT JOIN steps s ON s.attempt = a.id"
        " JOIN instruments i ON i.item = c.item AND i.address = c.address"
        " WHERE c.item = 1 GROUP BY a.id, i.role ORDER BY min(r.rowid)"
    )
    with Reader(RunFolder(run).journal) as reader:
        found = [place for row in reader.rows(sql) if (place := Place(*row)).role in roles]
        steps = reader.steps(1)
    silent = sorted(set(roles) - {place.role for place in found})
    found += [
        Place(name, role, 0, begun, finished)
        for name, _, _, begun, finished in steps
        if finished is not None and finished > begun
        for role in silent
    ]
    return found


def drawn(run: Path, offered: Sequence[Offered], key: str, number: int) -> Fault | None:
    """The fault `number` for the item of the undisturbed `run`; None where none can be had.

    It is drawn by `key`, which stands for seed, item and device. Role and step are drawn first: a
    step with a thousand readings counts no more than another.
    """
    rng = Random(f"{key}/{number}")
    found = places(run, {one.role for one in offered})
    if not found:
        return None
    role = rng.choice(sorted({place.role for place in found}))
    place = rng.choice([each for each in found if each.role == role])
    one = rng.choice([each for each in offered if each.role == role])
    return _at(run, place, one, key)


def named(run: Path, offered: Sequence[Offered], name: str, key: str) -> Fault:
    """The fault `name` (role:kind@step), as `drawn` by the same `key`.

    `UsageError` lists what the bench offers and the steps that read the role.
    """
    fault, _, step = name.partition("@")
    one = next((each for each in offered if each.name == fault), None)
    if one is None:
        raise UsageError(
            f"no fault {fault!r} on this bench",
            remedy="one of " + (", ".join(each.name for each in offered) or "none"),
        )
    steps = {place.step: place for place in places(run, {one.role})}
    if step not in steps:
        raise UsageError(
            f"{one.role} is not used in a step {step!r}",
            remedy="write ROLE:KIND@STEP with one of " + ", ".join(list(steps)[:20]),
        )
    return _at(run, steps[step], one, key)


def _at(run: Path, place: Place, one: Offered, key: str) -> Fault:
    """The fault with its moment and length, which follow from its name and `key` alone."""
    rng = Random(f"{key}/{one.name}@{place.step}")
    t = _moment(run, place, rng)
    lasts = rng.choice([name for name in LASTING if place.times or name != ONCE])
    table = {"role": one.role, "kind": one.kind, "after": max(0.0, t - BEFORE), **one.table}
    seconds = LASTING[lasts]
    if "seconds" in table and one.kind == "reboot":
        lasts = f"{table['seconds']:g} s without power"
    elif seconds is not None:
        table["lasting"] = seconds
    return Fault(f"{one.name}@{place.step}", table, lasts)


def _moment(run: Path, place: Place, rng: Random) -> float:
    """Run time in s of one of the readings of the place; where there are none, any in the step."""
    if not place.times:
        return rng.uniform(place.begun, place.finished)
    sql = (
        "SELECT r.t FROM readings r JOIN channels c ON c.id = r.channel"
        " JOIN attempts a ON a.id = r.attempt"
        " JOIN instruments i ON i.item = c.item AND i.address = c.address"
        " WHERE c.item = 1 AND a.step = ? AND i.role = ? AND a.t = ? ORDER BY r.rowid"
        " LIMIT 1 OFFSET ?"
    )
    with Reader(RunFolder(run).journal) as reader:
        number = rng.randrange(place.times)
        [(t,)] = reader.rows(sql, place.step, place.role, place.begun, number)
        return float(t)
