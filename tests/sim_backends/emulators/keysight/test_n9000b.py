"""N9000B emulator: a line and noise as an analyser of that kind shows them."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.emulators.keysight.n9000b import N9000B


class Source:
    """1 pW/Hz of noise and a line of 1 uW at 80 MHz."""

    def density(self, frequency: np.ndarray, t: float) -> np.ndarray:
        return np.full(len(frequency), 1e-12)

    def carriers(self, t: float) -> tuple[tuple[float, float], ...]:
        return ((80e6, 1e-6),)


def ask(analyser: N9000B, message: str, t: float, wait: float = 0.1) -> str:
    analyser.receive(f"{message}\n".encode("ascii"), t)
    return analyser.send(t + wait).decode("ascii").strip()


def swept(averages: int) -> np.ndarray:
    analyser = N9000B(Source(), serial="SIM1", rng=np.random.default_rng(1))
    for command in (":FREQ:STAR 79.9e6", ":FREQ:STOP 80.1e6", ":BAND 1e3", ":BAND:VID 1e3"):
        ask(analyser, command, 0.0)
    ask(analyser, f":TRAC:TYPE AVER;:AVER:COUN {averages};:INIT:CONT OFF", 0.0)
    analyser.receive(b":INIT:IMM;*OPC?\n", 1.0)
    assert analyser.send(2000.0).decode("ascii").strip() == "1"
    return np.array([float(one) for one in ask(analyser, ":TRAC? TRACE1", 2002.0).split(",")])


def test_a_line_and_noise_have_their_levels() -> None:
    levels = swept(400)
    assert len(levels) == 1001
    assert levels.max() == pytest.approx(-30.0, abs=0.8)
    noise = 10.0 * np.log10(1e-12 * 1064.0 / 1e-3)
    assert float(np.median(levels)) == pytest.approx(noise, abs=0.8)


def test_averages_make_noise_smooth() -> None:
    few, many = swept(1)[:400], swept(100)[:400]
    assert float(np.std(many)) == pytest.approx(10.0 / np.log(10.0) / 10.0, rel=0.15)
    assert float(np.std(few)) > 4.0


def test_there_is_no_trace_before_a_sweep() -> None:
    analyser = N9000B(Source(), serial="SIM1", rng=np.random.default_rng(1))
    assert ask(analyser, ":TRAC? TRACE1", 0.0) == ""
    assert "-230" in ask(analyser, ":SYST:ERR?", 1.0)
