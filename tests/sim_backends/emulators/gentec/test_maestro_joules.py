"""A joulemeter head: what it shows of pulses, which it misses, where it ends."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.emulators.gentec.maestro_joules import FASTEST, JouleMaestro
from sim_backends.models.reference.steady_pulses import SteadyPulses


def meter(joules: float = 8e-3, rate: float = 2.0, seed: int = 1) -> JouleMaestro:
    port = SteadyPulses(joules, rate, 1064e-9)
    found = JouleMaestro(port, serial="123456", rng=np.random.default_rng(seed))
    ask(found, "*SCS20", 0.0)
    return found


def ask(found: JouleMaestro, command: str, t: float) -> str:
    found.receive(f"{command}\r".encode("ascii"), t)
    return found.send(t + 0.1).decode("ascii").strip()


def value(found: JouleMaestro, t: float) -> float:
    return float(ask(found, "*CVU", t).partition(":")[2])


@pytest.mark.parametrize("seed", range(5))
def test_a_pulse_is_within_the_sheet(seed: int) -> None:
    assert value(meter(seed=seed), 0.9) == pytest.approx(8e-3, rel=0.05)


def test_a_value_is_new_once() -> None:
    found = meter()
    assert ask(found, "*NVU", 0.1) == "New Data Not Available"
    assert ask(found, "*NVU", 0.7) == "New Data Available"
    value(found, 0.8)
    assert ask(found, "*NVU", 0.9) == "New Data Not Available"
    assert ask(found, "*NVU", 1.2) == "New Data Available"


def test_what_is_below_the_trigger_level_is_missed() -> None:
    found = meter()
    ask(found, "*STL90.0", 0.1)
    assert ask(found, "*NVU", 2.0) == "New Data Not Available"
    assert "Invalid" in ask(found, "*STL00.0", 2.2)
    assert ask(found, "*GTL", 2.4) == "Trigger Level : 90.0"


def test_pulses_too_soon_after_another_and_beyond_the_scale() -> None:
    found = meter(rate=3.0 * FASTEST)
    value(found, 0.5)
    assert ask(found, "*NVU", 0.9) == "New Data Not Available"
    over = meter(joules=0.05)
    assert value(over, 0.9) == pytest.approx(0.011)
