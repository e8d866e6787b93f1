"""The table of verdicts at the end of a session of pytest, from the tests' properties. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

FIRST = "indicator"
"""The property with which a verdict begins."""


@dataclass
class Row:
    """A verdict in the test `test`; `parts` are its properties by name."""

    test: str
    parts: dict[str, str] = field(default_factory=dict[str, str])


def rows_of(test: str, properties: Iterable[tuple[str, object]]) -> Iterator[Row]:
    """The verdicts among a test's properties, in their order."""
    row: Row | None = None
    for name, value in properties:
        if name == FIRST:
            if row is not None:
                yield row
            row = Row(test)
        if row is not None:
            row.parts[name] = str(value)
    if row is not None:
        yield row


def table(rows: Sequence[Row]) -> list[str]:
    """The verdicts as lines that line up, sorted by test."""
    from labctl.cli.table import lines

    header = ("indicator", "device", "seed", "verdict", "result", "limit", "test")
    cells = [_cells(row) for row in sorted(rows, key=lambda row: row.test)]
    return [line.rstrip() for line in lines(header, cells)]


def _cells(row: Row) -> list[str]:
    parts = row.parts
    heads = [parts.get(name, "") for name in (FIRST, "dut", "seed", "outcome")]
    return [*heads, *_results(parts), row.test.rpartition("::")[2]]


def _results(parts: dict[str, str]) -> tuple[str, str]:
    """Figures with U and unit, and limits; of several rows joined by semicolons."""
    keys = [name.removesuffix("value") for name in parts if name.rpartition(".")[2] == "value"]
    results = [_result(parts, key) for key in keys]
    limits = [parts.get(f"{key}limit", "") for key in keys]
    return "; ".join(results), "; ".join(limits)


def _result(parts: dict[str, str], key: str) -> str:
    value, unit = parts[f"{key}value"], parts.get(f"{key}unit", "")
    expanded = parts.get(f"{key}U")
    try:
        text = (
            f"{float(value):.6g}" if expanded is None else _rounded(float(value), float(expanded))
        )
    except ValueError:
        text = value
    return f"{key.rstrip('.')} {text} {unit}".strip()


def _rounded(value: float, expanded: float) -> str:
    """`21.72 ± 0.44`: U with two significant digits, the value to the same place."""
    if not expanded > 0:
        return f"{value:.6g}"
    places = max(0, 1 - int(f"{expanded:e}".partition("e")[2]))
    return f"{value:.{places}f} ± {expanded:.{places}f}"
