"""The calibrations that a bench file states."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rigs.bench import load_bench
from rigs.benches import simulated_bench
from rigs.certificates import certificates_of


def test_each_role_has_a_row_and_so_has_the_reference_cell(tmp_path: Path) -> None:
    text = simulated_bench("photovoltaic").read_text(encoding="utf-8")
    text = text.replace(
        'port = "terminals"',
        'port = "terminals"\ncertificate = "K-17"\ncalibration_due = 2027-03-01',
    )
    path = tmp_path / "bench.toml"
    path.write_text(text, encoding="utf-8")
    found = {one.of: one for one in certificates_of(load_bench(path))}
    assert (found["source_meter"].number, found["source_meter"].due) == ("K-17", date(2027, 3, 1))
    assert (found["lamp"].number, found["lamp"].due) == ("", None)
    assert found["reference_cell"].number == "SIM-CAL-PV-01"
    assert list(found)[-1] == "reference_cell"
