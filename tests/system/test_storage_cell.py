"""The storage cell indicators by measurement."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.system.both_devices import assert_measured

ITEMS = ("2.4-02", "2.4-08", "2.4-09")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("item", ITEMS)
def test_nominal_passes_and_failing_fails_by_measurement(tmp_path: Path, item: str) -> None:
    assert_measured(tmp_path, item)
