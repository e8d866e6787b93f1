"""An attenuator as scikit-rf reads it."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import skrf

from tests.sim_backends.emulators.files.written import SEEDS, SERIAL, first, truth


@pytest.mark.parametrize("seed", SEEDS)
def test_an_attenuator_as_scikit_rf_reads_it(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "one.s2p"
    path.write_bytes(first("touchstone", seed))
    network = skrf.Network(str(path))
    known = truth("touchstone")
    assert network.z0[0, 0] == 50.0 and SERIAL in network.comments
    loss = -20.0 * np.log10(np.abs(network.s[:, 1, 0]))
    assert loss.mean() == pytest.approx(known["loss"], abs=0.06)
    phase = np.unwrap(np.angle(network.s[:, 1, 0]))
    slope = np.polyfit(network.f, phase, 1)[0]
    assert -slope / (2.0 * math.pi) == pytest.approx(known["delay"], rel=0.01)
    assert -20.0 * np.log10(np.abs(network.s[:, 0, 0]).max()) > 27.0
