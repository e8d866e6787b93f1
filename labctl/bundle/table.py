"""Readings of a run as an Apache Parquet table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labctl.errors import UsageError

if TYPE_CHECKING:
    from labctl.evidence import Reading
    from labctl.runfile import RunRecord

NAME = "readings.parquet"
GROUP = 65_536
"""Readings in a row group: what is held in memory at a time."""

Row = tuple[str, str, float, float, float, str, str, str]


def write_parquet(run: Path, output: Path | None = None) -> Path:
    """Write every reading of the run in folder `run`; returns the path of the file.

    Columns: item, channel, t_s (run time in s), utc (time stamp), utc_s (Unix time in s), value,
    unit, address, serial. `UsageError` where the file cannot be written.
    """
    from labctl.runfile import open_run

    path = output or run / NAME
    try:
        write_rows(open_run(run), path)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}", remedy="choose another --output") from error
    return path


def write_rows(record: RunRecord, path: Path) -> None:
    """All readings of `record` into the file `path`, item by item and channel by channel."""
    import pyarrow.parquet as of_parquet  # pyright: ignore[reportMissingTypeStubs]

    parquet: Any = of_parquet
    schema = _schema()
    with parquet.ParquetWriter(str(path), schema, compression="zstd") as writer:
        for rows in _groups(_rows(record)):
            writer.write_table(_table(rows, schema))


def _schema() -> Any:
    import pyarrow  # pyright: ignore[reportMissingTypeStubs]

    arrow: Any = pyarrow
    words = arrow.dictionary(arrow.int32(), arrow.string())
    number = arrow.float64()
    moment = arrow.timestamp("us", tz="UTC")
    kinds = (words, words, number, moment, number, number, words, words, words)
    return arrow.schema(list(zip(COLUMNS, kinds, strict=True)))


COLUMNS = ("item", "channel", "t_s", "utc", "utc_s", "value", "unit", "address", "serial")


def _table(rows: list[Row], schema: Any) -> Any:
    import pyarrow  # pyright: ignore[reportMissingTypeStubs]

    arrow: Any = pyarrow
    item, channel, t, utc, value, unit, address, serial = zip(*rows, strict=True)
    stamps = [round(moment * 1e6) for moment in utc]
    columns = (item, channel, t, stamps, utc, value, unit, address, serial)
    fields = [schema.field(name).type for name in COLUMNS]
    arrays = [arrow.array(part, type=kind) for part, kind in zip(columns, fields, strict=True)]
    return arrow.Table.from_arrays(arrays, schema=schema)


def _rows(record: RunRecord) -> Iterator[Row]:
    for item in record.items:
        for channel in item.channels:
            yield from (_row(item.id, channel, r) for r in record.each(item.id, channel))


def _row(item: str, channel: str, r: Reading) -> Row:
    return (item, channel, r.t, r.utc, r.value, r.unit, r.address, r.serial)


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while group := list(islice(left, GROUP)):
        yield group
