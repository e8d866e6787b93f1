"""A thermal head: what it tells of itself, that it is slow, that it needs its wavelength."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.emulators.gentec.maestro_thermal import NAME, ThermalMaestro, structure


class Warm:
    """An absorber that is as warm as 100 W at 1240 nm make it."""

    def heat(self, t: float) -> float:
        return 100.0

    def wavelength(self, t: float) -> float:
        return 1240e-9


def ask(meter: ThermalMaestro, command: str, t: float) -> str:
    meter.receive(f"{command}\r".encode("ascii"), t)
    return meter.send(t + 0.1).decode("ascii").strip()


@pytest.mark.parametrize("seed", range(5))
def test_a_reading_is_within_the_sheet(seed: int) -> None:
    meter = ThermalMaestro(Warm(), serial="123456", rng=np.random.default_rng(seed))
    ask(meter, "*SCS29", 0.0)
    value = float(ask(meter, "*CVU", 1.0).partition(":")[2])
    assert value == pytest.approx(100.0, abs=2.5 + 1.5 + 2.0)
    assert value != float(ask(meter, "*CVU", 2.0).partition(":")[2])


def test_a_scale_that_is_too_low_clips_and_settings_are_checked() -> None:
    meter = ThermalMaestro(Warm(), serial="123456", rng=np.random.default_rng(1))
    ask(meter, "*SCS27", 0.0)
    assert float(ask(meter, "*CVU", 1.0).partition(":")[2]) == pytest.approx(33.0)
    assert "Invalid" in ask(meter, "*SCS07", 2.0)
    assert "Invalid" in ask(meter, "*PWC00100", 3.0)
    assert ask(meter, "*PWC01240", 4.0) == ""
    assert ask(meter, "*GWL", 5.0).endswith("1240")


def test_the_status_names_the_head() -> None:
    text = "".join(
        chr(int(row[6:10], 16) & 0xFF) + chr(int(row[6:10], 16) >> 8)
        for row in structure(30, 1064, "123456")[:-1]
    )
    assert NAME in text
    assert "123456" in text
