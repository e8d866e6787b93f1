"""Readings of a run as comma-separated values."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from labctl.report.write import written

if TYPE_CHECKING:
    from labctl.evidence import Reading
    from labctl.runfile import RunRecord

NAME = "readings.csv"
HEADER = ("item", "channel", "t_s", "utc", "value", "unit", "address", "serial")
"""Columns: t_s is run time in seconds, utc the time of the reading as ISO 8601."""


def write_readings(run: Path, output: Path | None = None) -> Path:
    """Write every reading of the run in folder `run`; returns the path of the file."""
    from labctl.runfile import open_run

    path = output or run / NAME
    with written(path) as sheet:
        write_rows(open_run(run), sheet)
    return path


def write_rows(record: RunRecord, sheet: TextIO) -> None:
    """All readings, item by item and channel by channel, values with every digit they have.

    The first character is a byte order mark, by which spreadsheets know UTF-8.
    """
    sheet.write("\ufeff")
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(HEADER)
    for item in record.items:
        for channel in item.channels:
            writer.writerows(_row(item.id, channel, r) for r in record.each(item.id, channel))


def _row(item: str, channel: str, r: Reading) -> tuple[str, ...]:
    from datetime import UTC, datetime

    when = datetime.fromtimestamp(r.utc, UTC).isoformat().replace("+00:00", "Z")
    return (item, channel, repr(r.t), when, repr(r.value), r.unit, r.address, r.serial)
