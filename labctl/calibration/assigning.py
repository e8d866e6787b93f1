"""Which of a driver's accuracy lines a table of a certificate is for, where its file cannot say."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from labctl.calibration.certificate import Certificate, Point, Table
from labctl.calibration.refusal import Where
from labctl.errors import UnitError
from labctl.units import convert, convert_difference


class TableFor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table named `table` is for `function` on the range with full scale `range`.

    `unit` is that of the range, and of the driver's readings; "" where it is the table's.
    """

    table: str
    function: str
    range: float
    unit: str = ""


def assigned(certificate: Certificate, given: Iterable[TableFor], where: Where) -> Certificate:
    """`certificate` with its tables as `given` says; `BenchError` at `where` for one that is not
    there, is given twice, or has a function of its own already."""
    tables = {table.name: table for table in certificate.tables}
    for index, one in enumerate(given):
        place = where.at(str(index))
        known = tables.get(one.table)
        if known is None:
            place.wrong(
                f"the certificate {certificate.number} has no table {one.table!r}",
                "it has: " + (", ".join(map(repr, tables)) or "none"),
            )
        if known.function:
            place.wrong(f"{one.table!r} is for {known.function} on {known.range:g} {known.unit}")
        try:
            tables[one.table] = _for(known, one)
        except UnitError as error:
            place.at("unit").wrong(error.message, error.remedy)
    return msgspec.structs.replace(certificate, tables=tuple(tables.values()))


def _for(table: Table, given: TableFor) -> Table:
    unit = given.unit or table.unit
    points = tuple(
        Point(
            convert(one.reading, table.unit, unit),
            convert_difference(one.correction, table.unit, unit),
            convert_difference(one.expanded, table.unit, unit),
            one.k,
        )
        for one in table.points
    )
    return msgspec.structs.replace(
        table, unit=unit, points=points, function=given.function, range=given.range
    )
