from __future__ import annotations

import pytest

from sim_backends.emulators.llp.sol1 import EMULATOR
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Optics, Talk


def test_lamp_shutter_and_warm_up() -> None:
    optics = Optics()
    talk = Talk(EMULATOR(optics, serial="SIM-5", rng=stream(1, "sol1")))
    assert talk.llp("WARM?") == "= 900" and talk.llp("MON?") == "= 0.0"
    assert talk.llp("LAMP 1") == "OK" and talk.llp("LAMP?") == "= 1"
    before = talk.t
    assert talk.llp("SHUT 1") == "OK" and talk.t == pytest.approx(before + 0.25)
    assert talk.llp("SHUT?") == "= 1"
    before = talk.t
    assert talk.llp("SHUT 1") == "OK" and talk.t - before <= 0.02
    talk.t = 460.0
    assert talk.llp("WARM?") == "= 440"
    talk.t = 3600.0
    assert talk.llp("WARM?") == "= 0" and talk.llp("HOURS?") == "= 1.000"
    assert talk.llp("LEVEL 800") == "OK"
    assert optics.calls[0][:2] == ("emit", 1000.0)
    assert [call[:2] for call in optics.calls[1:]] == [("shutter", 1.0), ("emit", 800.0)]


def test_the_monitor_is_true_within_5_percent() -> None:
    shown = []
    for seed in range(40):
        talk = Talk(EMULATOR(Optics(), serial="SIM-5", rng=stream(seed, "sol1")))
        talk.llp("LAMP 1")
        shown.append(float(talk.llp("MON?").removeprefix("= ")))
    assert all(abs(value - 1000.0) <= 51.0 for value in shown)
    assert max(shown) - min(shown) > 50.0


@pytest.mark.parametrize("command", ["STOP", "LAMP 0"])
def test_off_closes_the_shutter(command: str) -> None:
    optics = Optics()
    talk = Talk(EMULATOR(optics, serial="SIM-5", rng=stream(1, "sol1")))
    talk.llp("LAMP 1")
    talk.llp("SHUT 1")
    assert talk.llp(command) == "OK"
    assert [call[:2] for call in optics.calls[-2:]] == [("emit", 0.0), ("shutter", 0.0)]
    assert talk.llp("SHUT?") == "= 0" and talk.llp("LAMP?") == "= 0"
    assert talk.llp("STOP") == "OK"
