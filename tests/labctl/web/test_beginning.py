"""What a run may be begun with, whoever asks: the API or a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.web.beginning import bench_path, can_go_on, sample_id
from labctl.web.house import House
from labctl.web.problems import Problem


@pytest.mark.parametrize("text", ["/etc/passwd", "..\\sheet", "sheet.toml", "a\nb"])
def test_what_would_be_read_as_a_sheet_is_no_id(text: str) -> None:
    with pytest.raises(Problem) as raised:
        sample_id(text)
    assert raised.value.status == 422


def test_an_id_stays_as_it_is() -> None:
    assert sample_id("C-17 <b>") == "C-17 <b>"


def test_a_bench_that_nobody_named_is_unknown(house: House) -> None:
    with pytest.raises(Problem) as raised:
        bench_path(house, "../secret")
    assert raised.value.status == 404


def test_a_run_without_a_guardian_keeps_virtual_time(tmp_path: Path) -> None:
    with pytest.raises(Problem) as raised:
        can_go_on(tmp_path)
    assert (raised.value.status, raised.value.remedy) == (409, f"labctl resume {tmp_path.name}")
