"""What was tried of each direction, as a table in Markdown and as plain data. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from labctl.ci.choosing import Chosen
from labctl.ci.trial import Tried
from labctl.testing.standing import FAILING, NOMINAL, THIN, Standing

YEAR = 365.25 * 86400.0
"""Seconds of a year."""


class Covered(msgspec.Struct, frozen=True):
    """A direction: how many indicators were asked for, how many have a procedure and were tried.

    `nominal` and `failing` are the indicators whose every such device was found right,
    `conditional` and `thin` those with a conditional outcome or a thin margin. `faults` are the
    faults tried, `failures` all devices with something that must not be.
    """

    indicators: int
    procedures: int
    tried: int
    nominal: int
    failing: int
    conditional: int
    thin: int
    faults: int
    failures: int


HEAD = ("direction", *Covered.__struct_fields__)


def coverage(chosen: Chosen, tried: Sequence[Tried]) -> dict[str, Covered]:
    """By direction, what was asked for and what was tried of it."""
    by_id: dict[str, list[Tried]] = {}
    for one in tried:
        by_id.setdefault(one.id, []).append(one)
    directions = dict.fromkeys(one.direction for one in chosen.asked)
    return {id: _covered(id, chosen, by_id) for id in directions}


def markdown(rows: Mapping[str, Covered]) -> str:
    """The table in Markdown, with a line of sums."""
    counts = [list(msgspec.structs.astuple(row)) for row in rows.values()]
    sums = [sum(column) for column in zip(*counts, strict=True)]
    table = [[id, *map(str, row)] for id, row in zip(rows, counts, strict=True)]
    return "\n".join(_lines([*table, ["all", *map(str, sums or [0] * 9)]])) + "\n"


def thin(tried: Iterable[Tried]) -> list[Tried]:
    """Devices that were found right with a limit nearer than 2.5 U, the thinnest first."""
    found = [one for one in tried if not one.fault and one.standing.good and is_thin(one)]
    return sorted(found, key=lambda one: one.margin or 0.0)


def is_thin(one: Tried) -> bool:
    """Whether the margin of a device is thin."""
    return one.margin is not None and one.margin < THIN


def laboratory(tried: Iterable[Tried]) -> float:
    """Run time of all in years of a laboratory."""
    return sum(one.laboratory for one in tried) / YEAR


def exit_code(tried: Sequence[Tried]) -> int:
    """What the command ends with: the first that applies of 4 (a defect), 3 (a bench, instrument
    or line erred undisturbed), 1 (a wrong verdict), 2 (conditional, INVALID, INCOMPLETE), 0."""
    found = {one.standing for one in tried}
    if Standing.DEFECT in found:
        return 4
    if any(one.standing is Standing.ERROR and not one.fault for one in tried):
        return 3
    if found & {Standing.WRONG, Standing.ERROR}:
        return 1
    return 2 if found & {Standing.UNDECIDED, Standing.CONDITIONAL} else 0


def _covered(direction: str, chosen: Chosen, by_id: Mapping[str, Sequence[Tried]]) -> Covered:
    ids = [one.id for one in chosen.asked if one.direction == direction]
    own = [by_id[id] for id in ids if id in by_id]
    every = [one for rows in own for one in rows]
    return Covered(
        indicators=len(ids),
        procedures=sum(id in chosen.procedures for id in ids),
        tried=len(own),
        nominal=sum(_all_right(rows, NOMINAL) for rows in own),
        failing=sum(_all_right(rows, FAILING) for rows in own),
        conditional=sum(any(x.standing is Standing.CONDITIONAL for x in rows) for rows in own),
        thin=sum(bool(thin(rows)) for rows in own),
        faults=sum(bool(one.fault) for one in every),
        failures=sum(not one.standing.good for one in every),
    )


def _all_right(rows: Iterable[Tried], dut: str) -> bool:
    found = [one.standing for one in rows if one.dut == dut and not one.fault]
    return bool(found) and all(each is Standing.RIGHT for each in found)


def _lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(HEAD)} |"
    yield f"|{'---|' * len(HEAD)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
