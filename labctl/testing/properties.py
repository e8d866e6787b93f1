"""A verdict as the properties of a test case, for JUnit XML. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from labctl.indicator import Limit
from labctl.judging.record import RowVerdict, Value


def properties_of(
    id: str, dut: str, seed: int, outcome: str, rows: Iterable[RowVerdict]
) -> Iterator[tuple[str, str]]:
    """(name, value) pairs: indicator, dut, seed and outcome, then value, unit, u and U of the row.

    Of several rows each name is preceded by the row's key: `voltage.value`.
    """
    yield from (("indicator", id), ("dut", dut), ("seed", str(seed)), ("outcome", outcome))
    found = list(rows)
    for row in found:
        before = f"{row.key}." if len(found) > 1 else ""
        for name, value in _of_row(row):
            yield before + name, value


def _of_row(row: RowVerdict) -> Iterator[tuple[str, str]]:
    if row.value is not None:
        yield "value", _text(row.value)
        yield "unit", row.unit or ""
    if row.u is not None and row.U is not None:
        yield "u", f"{row.u:.6g}"
        yield "U", f"{row.U:.6g}"
    yield "limit", f"{row.op} {_text(row.limit)}".strip()


def _text(value: Value | Limit) -> str:
    """A value as short as it is exact: `21.7`, `true`, `1 to 3`."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return " to ".join(f"{part:.10g}" for part in value)
    return str(value).lower() if isinstance(value, bool) else f"{value:.10g}"
