from __future__ import annotations

import csv
import io

from labctl.report.export import HEADER, write_rows

from .conftest import Record


def test_every_reading_is_there_with_all_its_digits(record: Record) -> None:
    sheet = io.StringIO()
    write_rows(record, sheet)
    text = sheet.getvalue()
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(text[1:].splitlines()))
    assert tuple(rows[0]) == HEADER
    assert len(rows) == sum(map(len, record.logged.values()))
    first = record.logged["before/forward/current"][0]
    (found,) = [r for r in rows if r["channel"] == "before/forward/current" and r["t_s"] == "0"]
    assert float(found["value"]) == first.value
    assert found["utc"] == "2026-01-01T00:00:00Z"
    assert (found["unit"], found["serial"]) == ("A", first.serial)
