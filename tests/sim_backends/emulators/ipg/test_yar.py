"""YAR emulator: start-up, refusals, what reaches the fibre."""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.ipg.yar import Yar


class Fibre:
    def __init__(self) -> None:
        self.power = 0.0

    def emit(self, power: float, t: float) -> None:
        self.power = power

    def emitted(self, t: float) -> float:
        return self.power


def ask(laser: Yar, command: str, t: float) -> str:
    laser.receive(f"{command}\r".encode("ascii"), t)
    return laser.send(t + 0.05).decode("ascii").removesuffix("\r")


def test_emission_begins_after_three_seconds_and_ends_at_once() -> None:
    fibre = Fibre()
    laser = Yar(fibre, serial="1", rng=np.random.default_rng(1))
    assert ask(laser, "SPS 100", 0.0) == "SPS: 100"
    assert ask(laser, "ROP", 0.5) == "ROP: Off"
    assert ask(laser, "EMON", 1.0) == "EMON"
    assert ask(laser, "STA", 2.0) == "STA: 2"
    assert fibre.power == 0.0
    assert ask(laser, "STA", 4.5) == "STA: 1"
    assert fibre.power == 100.0
    assert 90.0 < float(ask(laser, "rop", 5.0).partition(":")[2]) < 110.0
    assert ask(laser, "EMOFF", 6.0) == "EMOFF"
    assert fibre.power == 0.0


def test_it_refuses_what_it_has_not() -> None:
    laser = Yar(Fibre(), serial="1", rng=np.random.default_rng(1))
    assert ask(laser, "SPS 5000", 0.0) == "ERR: Out of Range"
    assert ask(laser, "XYZ", 1.0).startswith("ERR: ")
    assert ask(laser, "RNP", 2.0) == "RNP: 5.000"
