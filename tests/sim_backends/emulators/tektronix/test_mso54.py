"""An MSO54: what it records of a signal, its headers, its events, where its converter ends."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim_backends.emulators.tektronix import mso54_front as front
from sim_backends.emulators.tektronix.mso54 import MSO54
from sim_backends.models.signal import PeriodicSignal, sine, still


def scope(signal: PeriodicSignal) -> MSO54:
    ports = (signal, still(), still(), still())
    found = MSO54(ports, serial="C1", rng=np.random.default_rng(1))
    say(found, "*CLS;:HEADER 0", 0.0)
    return found


def say(found: MSO54, command: str, t: float) -> str:
    found.receive(f"{command}\n".encode("ascii"), t)
    return found.send(t + 0.05).decode("latin-1").removesuffix("\n")


def record(found: MSO54) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    for command in (":ACQ:STOPA SEQ", ":ACQ:STATE 1"):
        say(found, command, 1.0)
    assert say(found, ":ACQ:STATE?", 2.0) == "0"
    say(found, ":DATA:SOURCE CH1;:DATA:WIDTH 2;:DATA:STOP 1000", 2.1)
    text = say(found, ":CURVE?", 2.2)
    assert text.startswith("#42000")
    codes = np.frombuffer(text[6:].encode("latin-1"), dtype=">i2").astype(float)
    step = float(say(found, ":WFMOUTPRE:YMULT?", 2.3))
    return codes * step + float(say(found, ":WFMOUTPRE:YZERO?", 2.4))


def test_a_sine_loses_three_decibels_at_the_bandwidth() -> None:
    heights = list[float]()
    for frequency in (5e7, front.BANDWIDTH):
        found = scope(sine(0.3, frequency))
        say(found, ":HORIZONTAL:MODE:SAMPLERATE 3.125E9", 0.1)
        heights.append(float(record(found).std()) * math.sqrt(2.0))
    assert heights[0] == pytest.approx(0.3, rel=0.03)
    assert heights[1] / heights[0] == pytest.approx(math.sqrt(0.5), abs=0.06)


def test_the_converter_ends_a_little_beyond_the_screen() -> None:
    found = scope(sine(3.0, 1e7))
    say(found, ":CH1:SCALE 0.1", 0.1)
    volts = record(found)
    assert volts.max() == pytest.approx(0.1 * 32752 / 6400)
    assert volts.min() == pytest.approx(-0.1 * 32768 / 6400)


def test_headers_and_events() -> None:
    found = scope(still(0.1))
    say(found, ":HEADER 1", 0.1)
    assert say(found, ":CH1:SCALE?", 0.2) == ":CH1:SCALE 1.000000E-01"
    say(found, ":NO:SUCH 1", 0.3)
    assert say(found, ":ALLEV?", 0.4).startswith("1,")
    assert int(say(found, "*ESR?", 0.5)) & 32
    assert say(found, ":ALLEV?", 0.6).startswith("113,")
    assert say(found, ":ALLEV?", 0.7).startswith("0,")


def test_without_a_trigger_it_waits() -> None:
    found = scope(still(0.1))
    for command in (":TRIGGER:A:LEVEL:CH1 0.5", ":ACQ:STOPA SEQ", ":ACQ:STATE 1"):
        say(found, command, 1.0)
    assert say(found, ":ACQ:STATE?", 60.0) == "1"
    say(found, ":CURVE?", 61.0)
    assert int(say(found, "*ESR?", 62.0)) & 16
