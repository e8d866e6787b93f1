"""Keysight N9000B CXA signal analyser in its spectrum analyser mode, on its socket, at the wire.

Written from what the user's and programmer's reference of the X-series spectrum analyser mode
(N9060-90041) says of its commands, as remembered: `[:SENSe]:FREQuency:STARt|STOP`, `:BANDwidth`
and `:BANDwidth:VIDeo`, `:DETector`, `:AVERage:COUNt`, `:AVERage:TYPE RMS`, `:TRACe:TYPE`,
`:SWEep:POINts`, `:DISPlay:WINDow:TRACe:Y:RLEVel`, `:INITiate:CONTinuous`, `:INITiate:IMMediate`,
`*OPC?` that waits for the sweep, `:FORMat:DATA ASCii`, `:TRACe:DATA? TRACE1` as levels in dBm with
commas. Resolution bandwidths in 24 steps a decade from 1 Hz to 3 MHz, Gaussian. Assumed: time of a
sweep, -140 dBm/Hz of own noise, errors within 0.6 dB of level and 2 % of bandwidth, 1e-6 of
frequency. Of a power average of n sweeps each point has n independent values; the video filter
averages none. Not modelled: other modes and traces, preamplifier, attenuator, markers, overload.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any

import numpy as np

from sim_backends.emulators.scpi import ScpiError, ScpiInstrument, Table
from sim_backends.emulators.scpi.common import common_table
from sim_backends.emulators.scpi.settings import flag, keep, numeric, word
from sim_backends.emulators.scpi.values import Numeric
from sim_backends.models.rf_signal import RfPort

LOWEST, HIGHEST = 9e3, 3e9
"""Hz."""

NOISE = 1e-17
"""W/Hz of its own noise: -140 dBm in 1 Hz."""

LEVEL_ERROR, WIDTH_ERROR, FREQUENCY_ERROR = 0.6, 0.02, 1e-6
"""dB, and relative."""

DELIVERED: dict[str, Any] = {
    "start": 10e6, "stop": HIGHEST, "resolution": 3e6, "video": 3e6, "detector": "NORMal",
    "averages": 100, "type": "RMS", "trace": "WRITe", "points": 1001, "reference": 0.0,
    "continuous": True, "format": "ASCii",
}  # fmt: skip


def _table() -> Table:
    table = common_table()
    hertz = Numeric(LOWEST, HIGHEST, 10e6)
    for key, name in (("start", "STARt"), ("stop", "STOP")):
        numeric(table, f"[:SENSe]:FREQuency:{name}", hertz, *keep(key))
    numeric(table, "[:SENSe]:BANDwidth[:RESolution]", Numeric(1.0, 8e6, 3e6), *_width("resolution"))
    numeric(table, "[:SENSe]:BANDwidth:VIDeo", Numeric(1.0, 50e6, 3e6), *_width("video"))
    numeric(table, "[:SENSe]:AVERage:COUNt", Numeric(1, 10_000, 100), *keep("averages"), whole=True)
    numeric(table, "[:SENSe]:SWEep:POINts", Numeric(1, 40_001, 1001), *keep("points"), whole=True)
    reference = Numeric(-170.0, 30.0, 0.0)
    numeric(table, ":DISPlay:WINDow[1]:TRACe:Y[:SCALe]:RLEVel", reference, *keep("reference"))
    detectors = ("NORMal", "AVERage", "POSitive", "SAMPle", "NEGative")
    word(table, "[:SENSe]:DETector[:FUNCtion]", detectors, *keep("detector"))
    word(table, "[:SENSe]:AVERage:TYPE", ("RMS", "LOG", "SCALar"), *keep("type"))
    word(table, ":TRACe[1]:TYPE", ("WRITe", "AVERage", "MAXHold", "MINHold"), *keep("trace"))
    word(table, ":FORMat[:TRACe][:DATA]", ("ASCii", "REAL", "INTeger"), *keep("format"))
    flag(table, ":INITiate:CONTinuous", *keep("continuous"))
    table.command(":INITiate[:IMMediate]", lambda device, _: device.sweep(), 0, 0)
    table.command(":ABORt", lambda device, _: device.abort(), 0, 0)
    table.query(":TRACe[:DATA]", lambda device, arguments: device.trace(arguments[0]), 1, 1)
    return table


def _width(key: str) -> Any:
    """Getter and setter of a bandwidth: the nearest of 24 in a decade."""

    def put(device: Any, value: float) -> None:
        step = round(24.0 * math.log10(value))
        device.values[key] = float(f"{10.0 ** (step / 24.0):.2g}")

    return (lambda device: device.values[key]), put


class N9000B(ScpiInstrument):
    """One N9000B with the cable at `port`."""

    TABLE = _table()
    LATENCY = 5e-3

    def __init__(self, port: RfPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(("Keysight Technologies", "N9000B", serial, "A.24.57"))
        self.port = port
        self._rng = rng
        self._gain = 10.0 ** (LEVEL_ERROR * float(rng.uniform(-1.0, 1.0)) / 10.0)
        self._filter = 1.0 + WIDTH_ERROR * float(rng.uniform(-1.0, 1.0))
        self._pace = 1.0 + FREQUENCY_ERROR * float(rng.uniform(-1.0, 1.0))
        self.values: dict[Any, Any] = dict(DELIVERED)
        self._levels: tuple[float, ...] = ()

    def reset(self) -> None:
        """`*RST`: settings as delivered, the trace empty."""
        super().reset()
        self.abort()
        self.values, self._levels = dict(DELIVERED), ()

    def sweep(self) -> None:
        """Start a sweep, or as many as are averaged."""
        if self.values["stop"] <= self.values["start"]:
            raise ScpiError(-221, "start above stop")
        self.start(self._sweeping())

    def trace(self, name: str) -> str:
        """Levels in dBm of the last sweep."""
        if name.upper() != "TRACE1" or not self._levels:
            raise ScpiError(-230, "no trace")
        return ",".join(f"{level:.6E}" for level in self._levels)

    def _count(self) -> int:
        return self.values["averages"] if self.values["trace"] == "AVERage" else 1

    def _sweeping(self) -> Generator[float, None, None]:
        span = self.values["stop"] - self.values["start"]
        narrow = min(self.values["resolution"], self.values["video"])
        each = max(2.5 * span / (self.values["resolution"] * narrow), 1e-3)
        yield self.t + each * self._count()
        self._levels = self._measure(self._count())

    def _measure(self, count: int) -> tuple[float, ...]:
        values = self.values
        shown = np.linspace(values["start"], values["stop"], values["points"])
        true = shown * self._pace
        width = values["resolution"] * self._filter
        sigma = width / (2.0 * math.sqrt(2.0 * math.log(2.0)))
        nodes = np.linspace(-3.5, 3.5, 15)
        bell = np.exp(-0.5 * nodes**2)
        area = sigma * math.sqrt(2.0 * math.pi)
        watts = np.full(len(true), NOISE * area)
        for node, weight in zip(nodes, bell / bell.sum(), strict=True):
            watts += area * weight * self.port.density(true + node * sigma, self.t)
        watts *= self._rng.gamma(count, 1.0 / count, len(true))
        for frequency, power in self.port.carriers(self.t):
            watts += power * np.exp(-0.5 * ((true - frequency) / sigma) ** 2)
        return tuple(float(one) for one in 10.0 * np.log10(self._gain * watts / 1e-3))


EMULATOR = N9000B
