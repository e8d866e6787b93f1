"""The bench of a dead run is told from its journal."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.errors import BenchError
from labctl.left_behind import left_behind
from tests.labctl.dead_runs import BENCH, dead_run


def bench(folder: Path) -> Path:
    path = folder / "bench.toml"
    path.write_text(BENCH, encoding="utf-8")
    return path


def test_the_bench_as_it_stood_counts_also_where_the_file_is_gone(tmp_path: Path) -> None:
    file = bench(tmp_path)
    folder = dead_run(tmp_path / "runs", bench=file)
    file.unlink()
    rescue = left_behind(folder.path)
    assert rescue is not None and not rescue.problems
    assert dict(rescue.addresses) == {"source_meter": "tcp://192.0.2.1:5025"}
    assert (rescue.bench_name, rescue.on_power_return) == ("pv-9", "resume")


def test_who_was_killed_while_the_bench_was_being_opened_has_used_the_file(tmp_path: Path) -> None:
    file = bench(tmp_path)
    folder = dead_run(tmp_path / "runs", bench=file, opened=False)
    rescue = left_behind(folder.path)
    assert rescue is not None and rescue.bench_name == "pv-9"
    file.unlink()
    with pytest.raises(BenchError, match="cannot be read"):
        left_behind(folder.path)


@pytest.mark.parametrize(("virtual", "begun"), [(True, True), (False, False)])
def test_where_no_real_instrument_was_in_use(tmp_path: Path, virtual: bool, begun: bool) -> None:
    folder = dead_run(tmp_path / "runs", bench=bench(tmp_path), virtual=virtual, begun=begun)
    assert left_behind(folder.path) is None


def test_without_a_bench_and_on_paper_nothing_was_in_use(tmp_path: Path) -> None:
    assert left_behind(dead_run(tmp_path / "a").path) is None
    paper = dead_run(tmp_path / "b", bench=bench(tmp_path), indicator="1.1-02")
    assert left_behind(paper.path) is None
