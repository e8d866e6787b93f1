"""Readings of a run as comma-separated values."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from labctl.report.write import save

if TYPE_CHECKING:
    from labctl.runfile import RunRecord

NAME = "readings.csv"
HEADER = ("item", "channel", "t_s", "utc", "value", "unit", "address", "serial")
"""Columns: t_s is run time in seconds, utc the time of the reading as ISO 8601."""


def write_readings(run: Path, output: Path | None = None) -> Path:
    """Write every reading of the run in folder `run`; returns the path of the file."""
    from labctl.runfile import open_run

    return save(readings_csv(open_run(run)), output or run / NAME)


def readings_csv(record: RunRecord) -> str:
    """All readings, item by item and channel by channel, values with every digit they have.

    The first character is a byte order mark, by which spreadsheets know UTF-8.
    """
    from datetime import UTC, datetime

    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(HEADER)
    for item in record.items:
        for channel in item.channels:
            for r in record.readings(item.id, channel):
                when = datetime.fromtimestamp(r.utc, UTC).isoformat().replace("+00:00", "Z")
                writer.writerow((
                    item.id,
                    channel,
                    repr(r.t),
                    when,
                    repr(r.value),
                    r.unit,
                    r.address,
                    r.serial,
                ))
    return "\ufeff" + sheet.getvalue()
