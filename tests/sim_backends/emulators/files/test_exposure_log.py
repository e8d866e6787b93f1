"""The log is one TDMS file with a group for each array; it comes daily, and after a restart."""

from __future__ import annotations

import numpy as np

from drivers.codecs import tdms
from sim_backends.emulators.files.exposure_log import EMULATOR
from sim_backends.models.logged import Channel, Log


class Laboratory:
    """Two arrays, one column each."""

    def log(self, t: float) -> Log:
        values = np.array([0.0, 1.0, 2.0])
        channels = [
            Channel(f"{one}/gas", "dimensionless", values + n) for n, one in enumerate("AB")
        ]
        return Log(tuple(channels), 240.0, "labctl", "GSB-1", "by hand")


def test_a_log_comes_once_a_day() -> None:
    station = EMULATOR(Laboratory(), serial="SIM-1", rng=np.random.default_rng(1))
    assert station.due() == 1.0
    pieces = station.send(10.0)
    assert station.due() == 1.0 + 86400.0
    assert station.send(8e4) == []
    found = tdms.objects(b"".join(one.data for one in pieces))
    assert found["/'B'/'gas'"].values().tolist() == [1.0, 2.0, 3.0]
    assert found["/"].properties["Sample"] == "training batch"
    assert "points = 3" in station.notes
    station.power_on(2e5)
    assert station.due() == 2e5 + 1.0
