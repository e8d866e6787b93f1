"""A certificate as TOML, to be written by hand or by `labctl certificate --toml`.

```toml
number = "2026-0117"
laboratory = "Example Calibration Ltd, D-K-00000"
serial = "04501234"
calibrated = 2026-01-17
due = 2027-01-17
as_found = "within"

[[tables]]
name = "DC voltage, 2 V"
function = "voltage"
range = 2.0
unit = "V"
temperature = [22.5, 23.5]
k = 2
points = [
  { reading = 0.2, correction = 1.0e-6, U = 9.0e-6 },
  { reading = 1.0, correction = 4.0e-6, U = 1.2e-5 },
  { reading = 1.9, correction = 9.0e-6, U = 1.8e-5, k = 2.1 },
]
```
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from labctl.calibration.certificate import AsFound, Certificate, Distribution, Point, Table
from labctl.calibration.refusal import Where

_PLACE = re.compile(r" - at `\$([^`]*)`$")


class PointEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A point: `U` is the expanded uncertainty, or the half width of a limited distribution."""

    reading: float
    correction: float
    U: float
    k: float | None = None


class TableEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table; `k` is that of all points that state none, `temperature` in degC."""

    name: str
    unit: str
    points: tuple[PointEntry, ...]
    function: str = ""
    range: float = 0.0
    distribution: Distribution = "normal"
    freedom: float = 0.0
    k: float | None = None
    temperature: tuple[float, float] | None = None


class CertificateEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file."""

    number: str
    laboratory: str
    serial: str
    calibrated: date
    due: date | None = None
    as_found: AsFound = ""
    adjusted: bool = False
    tables: tuple[TableEntry, ...] = ()
    unread: tuple[str, ...] = ()


def parse(text: str, where: Where) -> Certificate:
    """The certificate that `text` states; `BenchError` at `where` names line and key."""
    try:
        rows = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where.wrong(f"this is no TOML: {error}", "repair that line")
    try:
        entry = msgspec.convert(rows, CertificateEntry)
    except msgspec.ValidationError as error:
        place = _PLACE.search(str(error))
        key = place.group(1).lstrip(".") if place else ""
        what = _PLACE.sub("", str(error))
        where.at(key or "file", line_of(text, key)).wrong(what, "see docs/calibration.md")
    tables = tuple(
        _table(one, where.at(f"tables.{index}", line_of(text, f"tables[{index}]")))
        for index, one in enumerate(entry.tables)
    )
    return Certificate(
        number=entry.number,
        laboratory=entry.laboratory,
        serial=entry.serial,
        calibrated=entry.calibrated.isoformat(),
        due="" if entry.due is None else entry.due.isoformat(),
        as_found=entry.as_found,
        adjusted=entry.adjusted,
        tables=tables,
        unread=entry.unread,
    )


def _table(entry: TableEntry, where: Where) -> Table:
    limited = entry.distribution in ("rectangular", "triangular")
    points: list[Point] = []
    for index, one in enumerate(entry.points):
        stated = (one.k, entry.k, 1.0 if limited else None)
        k = next((value for value in stated if value is not None), None)
        if k is None:
            where.at(f"points.{index}").wrong(
                "states no k", "write k = 2 to the point or the table"
            )
        points.append(Point(one.reading, one.correction, one.U, k))
    return Table(
        name=entry.name,
        unit=entry.unit,
        points=tuple(points),
        function=entry.function,
        range=entry.range,
        distribution=entry.distribution,
        freedom=entry.freedom,
        temperature=entry.temperature,
    )


def line_of(text: str, key: str) -> int:
    """The line (from 1) of the first key, or of the table `tables[n]`; 0 where it is not found."""
    table = re.match(r"tables\[(\d+)\]", key)
    name = re.match(r"[A-Za-z_]+", key)
    pattern = (
        r"^[ \t]*\[\[\s*tables\s*\]\]" if table else rf"^[ \t]*{name[0] if name else '$^'}\s*="
    )
    found = [text.count("\n", 0, one.start()) + 1 for one in re.finditer(pattern, text, re.M)]
    index = int(table[1]) if table else 0
    return found[index] if index < len(found) else 0


def dumped(certificate: Certificate) -> str:
    """`certificate` as TOML, which `parse` reads back but for `file` and `sha256`."""
    return "\n".join([
        *_head(certificate),
        *(line for t in certificate.tables for line in _lines(t)),
    ])


def _head(one: Certificate) -> Iterator[str]:
    yield f"number = {_text(one.number)}"
    yield f"laboratory = {_text(one.laboratory)}"
    yield f"serial = {_text(one.serial)}"
    for key, day in (("calibrated", one.calibrated), ("due", one.due)):
        if day:
            yield f"{key} = {day}"
    if one.as_found:
        yield f"as_found = {_text(one.as_found)}"
    if one.adjusted:
        yield "adjusted = true"
    if one.unread:
        yield "unread = [" + ", ".join(map(_text, one.unread)) + "]"
    yield ""


def _lines(table: Table) -> Iterator[str]:
    yield "[[tables]]"
    yield f"name = {_text(table.name)}"
    if table.function:
        yield f"function = {_text(table.function)}"
        yield f"range = {table.range!r}"
    else:
        yield "# function and range of the driver's accuracy line that this table is for:"
        yield '# function = ""'
        yield "# range = 0.0"
    yield f"unit = {_text(table.unit)}"
    if table.distribution != "normal":
        yield f"distribution = {_text(table.distribution)}"
    if table.freedom:
        yield f"freedom = {table.freedom!r}"
    if table.temperature is not None:
        yield f"temperature = [{table.temperature[0]!r}, {table.temperature[1]!r}]"
    yield "points = ["
    for p in table.points:
        body = f"reading = {p.reading!r}, correction = {p.correction!r}, U = {p.expanded!r}"
        yield f"  {{ {body}, k = {p.k!r} }},"
    yield "]"
    yield ""


def _text(value: Any) -> str:
    """A TOML basic string: JSON's escapes are TOML's, but for DEL."""
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
