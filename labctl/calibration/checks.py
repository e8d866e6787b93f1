"""Whether a certificate says what it must, and nothing that contradicts itself."""

from __future__ import annotations

import math
from datetime import date

from labctl.calibration.certificate import Certificate, Table
from labctl.calibration.refusal import Where
from labctl.units import known

COLDEST, HOTTEST = -60.0, 100.0
"""degC between which a laboratory calibrates."""


def check(certificate: Certificate, where: Where) -> None:
    """`BenchError` at `where` for what is missing, is no finite number, or contradicts itself."""
    for key, text in (
        ("number", certificate.number),
        ("laboratory", certificate.laboratory),
        ("serial", certificate.serial),
    ):
        if not text.strip():
            where.at(key).wrong("is missing or empty", f"write the certificate's {key}")
    _check_dates(certificate, where)
    taken: set[tuple[str, float, str]] = set()
    for index, table in enumerate(certificate.tables):
        place = where.at(f"tables.{index}")
        check_table(table, place)
        of = (table.function, table.range, table.unit)
        if table.function and of in taken:
            place.wrong(f"there are two tables of {table.function} on the range {table.range:g}")
        taken.add(of)


def _check_dates(certificate: Certificate, where: Where) -> None:
    for key, text in (("calibrated", certificate.calibrated), ("due", certificate.due)):
        try:
            date.fromisoformat(text or "2000-01-01")
        except ValueError:
            where.at(key).wrong(f"{text!r} is no date", "write year-month-day")
    if certificate.tables and not certificate.calibrated:
        where.at("calibrated").wrong("is missing", "corrections count from that day on")
    if certificate.due and certificate.due < certificate.calibrated:
        where.at("due").wrong(f"{certificate.due} is before {certificate.calibrated}")


def check_table(table: Table, where: Where) -> None:
    """`BenchError` at `where` for a table that nobody could correct a reading by."""
    if not known(table.unit):
        where.at("unit").wrong(f"unknown unit {table.unit!r}")
    if not table.points:
        where.at("points").wrong("there is none", "a table has a point or more")
    if table.function and not (math.isfinite(table.range) and table.range > 0):
        where.at("range").wrong(f"{table.range:g} is no range of {table.function}")
    if (table.distribution == "t") != (table.freedom > 0):
        where.at("freedom").wrong("a t has degrees of freedom above 0, nothing else has any")
    if table.temperature is not None:
        low, high = table.temperature
        if not COLDEST <= low <= high <= HOTTEST:
            where.at("temperature").wrong(f"{low:g} to {high:g} degC is no laboratory's")
    _check_points(table, where)


def _check_points(table: Table, where: Where) -> None:
    limited = table.distribution in ("rectangular", "triangular")
    for index, point in enumerate(table.points):
        place = where.at(f"points.{index}")
        if not all(map(math.isfinite, (point.reading, point.correction, point.expanded, point.k))):
            place.wrong("expected finite numbers")
        if point.expanded <= 0 or point.k <= 0:
            place.wrong(f"U = {point.expanded:g} with k = {point.k:g}; both are above 0")
        if limited and point.k != 1.0:
            place.wrong(f"k = {point.k:g} of a half width; k belongs to a normal or a t")
        if index and point.reading <= table.points[index - 1].reading:
            before = table.points[index - 1].reading
            place.wrong(
                f"the reading {point.reading:g} does not follow {before:g}",
                "one correction a reading, ascending; of two at one reading say which counts",
            )
