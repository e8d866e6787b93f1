from __future__ import annotations

from pathlib import Path

import pytest

from labctl.discovery import installed_labs
from labctl.labs import LABCTL_API, Lab
from rigs.conformance.places import emulators, places, simulated_benches
from tests.labctl import defective
from tests.labctl.fakelab import FakeLab


def test_ours_stand_on_the_bench_reference() -> None:
    ours = installed_labs()[0]
    assert [bench.name for bench in simulated_benches(ours)] == ["reference"]
    assert {"keithley.k2450", "winsen.mhz19b"} <= {place.emulator for place in places(ours)}
    assert {"keithley.k2450", "winsen.mhz19b"} <= set(emulators(ours))
    assert "keithley.k2450_sense" not in emulators(ours)


def test_a_labs_emulators_are_named_in_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = defective.make(tmp_path, monkeypatch)
    name = f"{tree.top}.sim_backends.emulators.{tree.lab}.v1"
    assert emulators(defective.lab(tree)) == [name]
    assert [place.emulator for place in places(defective.lab(tree))] == [name]
    assert places(defective.lab(tree))[0].driver == f"{tree.top}.drivers.{tree.lab}.v1"


def test_a_lab_without_rigs_has_no_places() -> None:
    assert not places(Lab("acme", LABCTL_API, {}, FakeLab().open))
    assert not emulators(Lab("acme", LABCTL_API, {}, FakeLab().open))
