"""Which lines are told how far a valve is open, and that both controllers tell them."""

from __future__ import annotations

import pytest

from sim_backends.emulators.alicat.mc import EMULATOR as ALICAT
from sim_backends.emulators.bronkhorst.propar import EMULATOR as BRONKHORST
from sim_backends.models.flowing import FlowingPort
from sim_backends.models.gas_blend import Blend, Inlet
from sim_backends.models.gas_line import GasLine
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk


def test_a_plain_line_is_told_nothing() -> None:
    assert not isinstance(GasLine("N2", 1e-5), FlowingPort)


def test_an_alicat_tells_its_way_to_a_new_set_point() -> None:
    blend = Blend(1e-6, 1e-6, 0.0)
    host = Talk(ALICAT(Inlet(blend, "dry", 8e-5), serial="SIM-1", rng=stream(1, "mc")))
    host.answer(b"AGS 0\r", 1.0)
    host.answer(b"ALS 1.0\r", 1.0)
    seen = list[float]()
    for _ in range(6):
        host.run(host.t + 0.1)
        seen.append(blend.total)
    assert seen == sorted(seen) and seen[0] < 0.9 * seen[-1]
    host.run(host.t + 5.0)
    assert blend.total == pytest.approx(1e-3 / 60.0 * 273.15 / 298.15, rel=0.03)


def test_a_bronkhorst_tells_its_own() -> None:
    blend = Blend(1e-6, 1e-6, 0.0)
    host = Talk(BRONKHORST(Inlet(blend, "dosing", 1e-5), serial="SIM-1", rng=stream(1, "mfc")))
    host.answer(b":0603010121" + b"1900\r\n", 1.0)
    host.run(host.t + 5.0)
    assert blend.total == pytest.approx(0.2 * 500e-6 / 60.0, rel=0.03)
