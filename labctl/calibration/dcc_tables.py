"""Tables of corrections in the results of a DCC.

A table is a group of quantities beside each other: `basic_measuredValue` is what the instrument
showed, and `basic_measurementError`, a correction, or `basic_referenceValue` says what is right.
What is stated twice must agree; a group that says neither is named, never guessed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from labctl.calibration.certificate import Table
from labctl.calibration.dcc_admin import name_of
from labctl.calibration.dcc_shapes import shaped
from labctl.calibration.dcc_values import Stated, Values, values_of
from labctl.calibration.refusal import Where
from labctl.calibration.xmltree import Node
from labctl.errors import UnitError
from labctl.units import convert, convert_difference

READING, REFERENCE = "basic_measuredValue", "basic_referenceValue"
ERROR = ("basic_measurementError", "basic_measurementError_error")
CORRECTION = ("basic_correction", "basic_measurementError_correction")
NOMINAL = "basic_nominalValue"
AGREE = 0.2
"""Part of U by which the error may differ from reading less reference: all three are rounded."""


def tables_of(
    result: Node, name: str, temperature: tuple[float, float] | None, where: Where
) -> tuple[list[Table], list[str]]:
    """The tables of a `dcc:result`, and what of it is no table, in words; `temperature` in degC."""
    tables: list[Table] = []
    unread: list[str] = []
    data = result.one("data")
    for group in () if data is None else _groups(data):
        called = name_of(group) or name
        place = where.at(f"{group.name} {called!r}", group.line)
        table = _table(group, called, temperature, place)
        if table is None:
            unread.append(f"{called}: has no {READING} with an error, a correction or a reference")
        else:
            tables.append(table)
    return _apart(_merged(tables, name)), unread


def has_table(node: Node) -> bool:
    """Whether a reading stands anywhere inside."""
    return any(READING in one.types for one in node.inside())


def _groups(data: Node) -> Iterator[Node]:
    """Every element whose own quantities stand beside each other."""
    if data.all("quantity"):
        yield data
    for inner in data.all("list"):
        yield from _groups(inner)


def _table(
    group: Node, name: str, temperature: tuple[float, float] | None, where: Where
) -> Table | None:
    readings = _values(group, (READING,), where)
    reference = _values(group, (REFERENCE,), where)
    error, correction = _values(group, ERROR, where), _values(group, CORRECTION, where)
    if readings is None or not (reference or error or correction):
        return None
    n = len(readings.values)
    ways = [
        way
        for way in (
            _scaled(correction, readings, 1.0, where),
            _scaled(error, readings, -1.0, where),
            _differences(reference, readings, where),
        )
        if way is not None
    ]
    if not ways:
        return None
    if any(len(way) != n for way in ways):
        where.wrong(f"{n} readings, and not as many of what corrects them")
    stated = _uncertainty(readings, reference, error, correction, where)
    _check_agree(ways, stated, where)
    shape, points = shaped(readings.values, ways[0], stated, where)
    ordered = tuple(sorted(points, key=lambda point: point.reading))
    table = Table(name, readings.unit, ordered, temperature=temperature)
    return msgspec.structs.replace(table, distribution=shape[0], freedom=shape[1])


def _values(group: Node, types: Sequence[str], where: Where) -> Values | None:
    found = [one for one in group.all("quantity") if one.types & set(types)]
    if len(found) > 1:
        where.wrong(f"there are {len(found)} quantities {types[0]}", "a table has one of each")
    if not found:
        return None
    values = values_of(found[0], where.at(types[0], found[0].line))
    return values or where.at(types[0], found[0].line).wrong("is no real number")


def _scaled(
    given: Values | None, readings: Values, sign: float, where: Where
) -> list[float] | None:
    """Differences `given`, times `sign`, in the readings' unit."""
    if given is None:
        return None
    try:
        return [sign * convert_difference(v, given.unit, readings.unit) for v in given.values]
    except UnitError as error:
        where.wrong(error.message, "relative errors are not read: state them in the unit")


def _differences(reference: Values | None, readings: Values, where: Where) -> list[float] | None:
    if reference is None or len(reference.values) != len(readings.values):
        return None if reference is None else []
    try:
        right = [convert(value, reference.unit, readings.unit) for value in reference.values]
    except UnitError:
        return None  # a converter: what it reads is of another kind, so nothing can be subtracted
    return [true - shown for true, shown in zip(right, readings.values, strict=True)]


def _uncertainty(
    readings: Values,
    reference: Values | None,
    error: Values | None,
    correction: Values | None,
    where: Where,
) -> list[Stated]:
    """The uncertainty of the result: that of the error or correction, else the only one there."""
    results = [one for one in (correction, error) if one is not None and one.stated]
    others = [one for one in (reference, readings) if one is not None and one.stated]
    found = results or others
    if len(found) != 1:
        where.wrong(
            f"{len(found)} of its quantities state an uncertainty, and which is the correction's "
            "is not said"
            if found
            else "states no uncertainty",
            "without it a correction corrects nothing",
        )
    own, n = found[0], len(readings.values)
    if len(own.stated) != n:
        where.wrong(f"{len(own.stated)} uncertainties for {n} readings")
    sizes = (convert_difference(one.expanded, own.unit, readings.unit) for one in own.stated)
    return [
        Stated(size, one.k, one.probability, one.distribution)
        for size, one in zip(sizes, own.stated, strict=True)
    ]


def _check_agree(ways: list[list[float]], stated: list[Stated], where: Where) -> None:
    for one, other in pairwise(ways):
        for index, (a, b) in enumerate(zip(one, other, strict=True)):
            if not math.isclose(a, b, abs_tol=AGREE * stated[index].expanded):
                where.wrong(
                    f"point {index + 1}: the correction is {a:g} by one quantity and {b:g} by "
                    "another",
                    "ask the laboratory which holds",
                )


def _merged(tables: list[Table], name: str) -> list[Table]:
    """Tables of one point each are one table: some laboratories write a list a point."""
    alike = {(one.unit, one.distribution, one.freedom) for one in tables}
    if len(tables) < 2 or len(alike) > 1 or any(len(one.points) > 1 for one in tables):
        return tables
    points = sorted((p for one in tables for p in one.points), key=lambda point: point.reading)
    return [msgspec.structs.replace(tables[0], name=name, points=tuple(points))]


def _apart(tables: list[Table]) -> list[Table]:
    """Tables of one name are numbered, so that a bench can say which it means."""
    names = [table.name for table in tables]
    return [
        msgspec.structs.replace(one, name=f"{one.name} #{index}")
        if names.count(one.name) > 1
        else one
        for index, one in enumerate(tables, start=1)
    ]
