from __future__ import annotations

import pytest

from sim_backends.emulators.iseg.nhr import EMULATOR
from sim_backends.models.reference.insulator import Insulator
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk


class Host(Talk):
    def __init__(self, ohms: float = 1e9) -> None:
        self.load = Insulator(ohms)
        super().__init__(EMULATOR(self.load, serial="8200002", rng=stream(1, "nhr", "test")))

    def said(self, command: str) -> str:
        echo, said, rest = self.answer(f"{command}\r\n".encode("ascii")).decode().split("\r\n")
        assert (echo, rest) == (command, "")
        return said

    def order(self, command: str) -> None:
        assert self.said(f"{command};*OPC?") == "1"

    def volts(self) -> float:
        return float(self.said(":MEAS:VOLT? (@0)").removesuffix("V"))

    def bits(self) -> int:
        return int(self.said(":READ:CHAN:STAT? (@0)"))

    def up(self, volts: float, rate: float = 500.0) -> None:
        self.order(f":CONF:RAMP:VOLT {rate},(@0)")
        self.order(":VOLT ON,(@0)")
        self.order(f":VOLT {volts},(@0)")


def test_it_ramps_up_and_down() -> None:
    host = Host()
    host.up(1000.0)
    begin = host.t
    assert host.bits() & 1 << 4
    host.run(begin + 1.0)
    assert host.volts() == pytest.approx(500.0, abs=60.0)
    host.run(begin + 3.0)
    assert host.volts() == pytest.approx(1000.0, abs=2.0)
    assert host.bits() & 0b11111000 == 1 << 3 | 1 << 7
    host.order(":VOLT OFF,(@0)")
    host.run(host.t + 3.0)
    assert abs(host.volts()) < 3.0 and host.load.volts == 0.0


def test_a_limit_holds_the_voltage_and_trips() -> None:
    host = Host(1e6)
    host.order(":CURR 1E-4,(@0)")
    host.order(":CONF:TRIP:TIME 500,(@0)")
    host.order(":CONF:TRIP:ACTION 2,(@0)")
    host.up(150.0, 800.0)
    host.run(host.t + 0.25)
    assert host.volts() == pytest.approx(100.0, abs=3.0)
    assert host.bits() & 1 << 6
    host.run(host.t + 4.0)
    assert host.bits() & (1 << 13 | 1 << 3) == 1 << 13
    host.order(":VOLT ON,(@0)")
    assert not host.bits() & 1 << 3
    host.order(":EVENT CLEAR,(@0)")
    host.order(":VOLT ON,(@0)")
    assert host.bits() & 1 << 3


def test_an_open_loop_shuts_it_down_and_keeps_it_off() -> None:
    host = Host()
    host.up(1000.0)
    host.run(host.t + 3.0)
    host.load.lid(True)
    host.bits()
    host.run(host.t + 4.0)
    assert abs(host.volts()) < 3.0
    assert not int(host.said(":READ:MOD:STAT?")) & 1 << 10
    host.load.lid(False)
    assert int(host.said(":READ:MOD:EV:STAT?")) == 1 << 10
    host.order(":VOLT ON,(@0)")
    assert not host.bits() & 1 << 3


def test_what_it_does_not_know_sets_the_input_error() -> None:
    host = Host()
    for wrong in (":VOLT 5000,(@0)", ":NONSENSE 1,(@0)", ":VOLT x,(@0)"):
        host.order("*CLS")
        assert not host.bits() & 1 << 2
        host.order(wrong)
        assert host.bits() & 1 << 2
    assert host.said(":READ:VOLT? (@0)") == "0.000000E0V"
