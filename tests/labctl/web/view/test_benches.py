from __future__ import annotations

from datetime import date
from pathlib import Path

from labctl.labs import load_labs
from labctl.leases import Holder, Lease, Standing
from labctl.platform.processes import Process
from labctl.web.view.benches import bench_rows
from tests.house.tree import ROOT

FOLDER = ROOT / "rigs" / "benches"


def held(address: str) -> Standing:
    process = Process(1, "", "")
    holder = Holder("t", "20261124T000000Z-x", "ann", "here", "", process, "2026-11-24T00:00:00Z")
    return Standing("a.1", "held", Lease("key", ("source_meter",), (address,), holder))


def test_a_bench_shows_its_holder_and_its_instruments(tmp_path: Path) -> None:
    file = FOLDER / "example_photovoltaic.toml"
    [free] = bench_rows([file], load_labs(), [], tmp_path, date(2026, 11, 24))
    assert free.holder == "" and {one.lease for one in free.roles} == {"free"}
    address = free.roles[0].address
    [row] = bench_rows([file], load_labs(), [held(address)], tmp_path, date(2026, 11, 24))
    assert row.holder == "20261124T000000Z-x" and not row.simulated
    assert [one.lease for one in row.roles if one.address == address] == ["held"]


def test_the_end_of_a_calibration_is_told(tmp_path: Path) -> None:
    text = (FOLDER / "example_voltammetry.toml").read_text(encoding="utf-8")
    file = tmp_path / "bench.toml"
    first = text.index("[roles.")
    end = text.index("\n", first)
    file.write_text(f"{text[:end]}\ncalibration_due = 2026-12-01{text[end:]}", encoding="utf-8")
    states = [
        bench_rows([file], load_labs(), [], tmp_path, day)[0].roles[0].due_state
        for day in (date(2026, 1, 1), date(2026, 11, 24), date(2026, 12, 2))
    ]
    assert states == ["in", "soon", "out"]


def test_a_file_that_is_no_bench_is_shown_with_its_error(tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text("name = ", encoding="utf-8")
    [row] = bench_rows([file], load_labs(), [], tmp_path, date(2026, 11, 24))
    assert row.error and row.roles == ()
