"""alicat (GPL), its program as it is installed, on the flow controller and the flow meter.

Its program is for controllers only; meters are asked by a program of ours in its environment.
"""

from __future__ import annotations

import threading
from typing import Any

import pytest

from tests.foreign.gpl import NEEDED, ours, run, told
from tests.serving import Served

LITRE_PER_MINUTE = 1e-3 / 60 * 273.15 / 298.15
"""One SLPM of the instrument (25 degC) in m**3/s at 0 degC."""

pytestmark = NEEDED


def place(served: Served, role: str) -> str:
    host, port = served.socket(role)
    return f"{host}:{port}"


def controller(served: Served, *options: str) -> dict[str, Any]:
    """What the program for controllers prints, with `options`."""
    return told("alicat", place(served, "mass_flow_controller"), *options)


def settled(served: Served, flow: float) -> dict[str, Any]:
    """What the controller tells when it has come near to `flow` in SLPM, or after 50 times."""
    pause, found = threading.Event(), controller(served)
    for _ in range(50):
        if abs(found["mass_flow"] - flow) < 0.03:
            break
        pause.wait(0.2)
        found = controller(served)
    return found


def test_it_reads_the_meter(served: Served) -> None:
    found = ours("alicat_meter", place(served, "flow_meter"))
    true = served.true("flow_meter", "flow")
    full_scale = 20 * LITRE_PER_MINUTE
    allowed = 6e-3 * true + 1e-3 * full_scale
    assert abs(found["mass_flow"] * LITRE_PER_MINUTE - true) <= allowed
    assert "setpoint" not in found and found["gas"] == "N2"
    assert found["temperature"] == pytest.approx(served.true("flow_meter", "temperature"), abs=1)


def test_it_sets_a_flow(served: Served) -> None:
    assert controller(served, "--set-flow-rate", "2.5")["setpoint"] == 2.5
    found = settled(served, 2.5)
    assert found["mass_flow"] == pytest.approx(2.5, abs=0.04)
    assert found["gas"] == "N2"
    assert controller(served, "--set-flow-rate", "0")["setpoint"] == 0


def test_it_sets_the_gas(served: Served) -> None:
    assert controller(served, "--set-gas", "Ar")["gas"] == "Ar"
    assert controller(served, "--set-gas", "N2")["gas"] == "N2"


def test_a_meter_has_no_set_point(served: Served) -> None:
    done = run("alicat", place(served, "flow_meter"), "--set-flow-rate", "2.5")
    assert done.returncode != 0
    assert "Error" in done.stderr
