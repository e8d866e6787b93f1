"""Keysight E4980A precision LCR meter (option 001), SCPI, at the wire.

Written from the user's guide E4980A/AL: data and status formats (page 261; 183), notation of the
command reference (316). Remembered: the command reference itself, measuring times, ranges,
accuracy, defaults. Assumed: what counts as open and as short (-340 otherwise), time of a
correction, overload of a fixed range below 0.27 of it.
Not modelled: functions of direct current (RDC, VDID, LSRD...), load correction, spot corrections,
cable length (a setting only), comparator and bins, data buffers, second list parameter, isolation
and bias current monitoring, deviation measurement, USB, screen.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim_backends.emulators.keysight import e4980a_specs as specs
from sim_backends.emulators.keysight.e4980a_bridge import Bridge, Correction, Level, Signal
from sim_backends.emulators.keysight.e4980a_commands import build_table
from sim_backends.emulators.keysight.e4980a_parameters import OVERFLOW, pair
from sim_backends.emulators.scpi import ScpiError, ScpiInstrument
from sim_backends.models.impedance import ImpedancePort

_NORMAL, _OVERLOADED, _UNREGULATED = 0, 1, 4


@dataclass(frozen=True, slots=True)
class Result:
    """One measurement: impedance in Ohm, both parameters, status."""

    z: complex
    first: float
    second: float
    status: int


_DEFAULTS: dict[str, Any] = {
    "frequency": 1e3, "voltage": 1.0, "current": 1e-2, "drives": "voltage", "alc": False,
    "bias_on": False, "bias": 0.0, "bias_current": 0.0, "kind": "CPD", "auto": True,
    "range": 100e3, "aperture": "MEDium", "averages": 1, "source": "INTernal", "continuous": True,
    "delay": 0.0, "step_delay": 0.0, "page": "MEASurement", "list_mode": "SEQuence",
    "list_by": "frequency", "list": (), "format": "ASCii", "long": False, "order": "NORMal",
    "monitor_voltage": False, "monitor_current": False, "length": 0, "beeper": True,
}  # fmt: skip


class E4980A(ScpiInstrument):
    """One E4980A whose cables end at `port`."""

    TABLE = build_table()
    LATENCY = 2e-3

    def __init__(self, port: ImpedancePort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(("Keysight Technologies", "E4980A", serial, "A.07.00"))
        self.bridge = Bridge(port, rng)
        self.values: dict[Any, Any] = dict(_DEFAULTS)
        self.results: list[Result] = []
        self.level: Level | None = None
        self.waiting = True
        self._point = 0

    # What commands use

    @property
    def sweeping(self) -> bool:
        """Whether triggers measure the list."""
        return self.values["page"] == "LIST" and bool(self.values["list"])

    def signal(self, point: float | None = None) -> Signal:
        """The test signal, at a `point` of the list where one is given."""
        values = dict(self.values)
        if point is not None:
            values[values["list_by"]] = point
            if values["list_by"] == "bias":
                values["bias_on"] = True
            elif values["list_by"] in ("voltage", "current"):
                values["drives"] = values["list_by"]
        by_current = values["drives"] == "current"
        bias = values["bias"] if values["bias_on"] else 0.0
        level = values["current"] if by_current else values["voltage"]
        return Signal(values["frequency"], level, bias, by_current, values["alc"])

    def trigger(self) -> None:
        """A trigger from the bus: -211 while none is waited for, -213 while one is at work."""
        if not self.idle:
            raise ScpiError(-213)
        if not self.waiting:
            raise ScpiError(-211)
        self.waiting = self.values["continuous"]
        self.start(self._work())

    def initiate(self) -> None:
        """Wait for a trigger; with the internal source it comes at once."""
        if not self.idle or self.values["continuous"]:
            raise ScpiError(-213)
        self.waiting = True
        if self.values["source"] == "INTernal":
            self.trigger()

    def set_continuous(self, on: bool) -> None:
        """Wait for triggers always, or once after each INITiate."""
        self.values["continuous"] = self.waiting = on

    def settings_changed(self) -> None:
        """What was measured with other settings is no longer told."""
        self.results = []
        self._point = 0

    def _work(self) -> Generator[float, None, None]:
        yield from self._acquire()

    def _acquire(self) -> Generator[float, None, None]:
        """All points of the list, one of them, or one measurement."""
        points: tuple[float | None, ...] = (None,)
        if self.sweeping:
            points = self.values["list"]
            if self.values["list_mode"] == "STEPped":
                points = (points[self._point % len(points)],)
                self._point += 1
        found = list[Result]()
        yield self.t + self.values["delay"]
        for point in points:
            signal = self.signal(point)
            once = specs.measuring_time(self.values["aperture"], signal.frequency)
            yield self.t + self.values["step_delay"] + once * self.values["averages"]
            found.append(self._take(signal))
        self.results = found

    def _take(self, signal: Signal) -> Result:
        z = self.bridge.measure(signal, self.values["aperture"], self.values["averages"], self.t)
        self.level = self.bridge.level(signal, z)
        if not self.values["auto"] and abs(z) < specs.OVERLOAD * self.values["range"]:
            return Result(z, OVERFLOW, OVERFLOW, _OVERLOADED)
        first, second = pair(self.values["kind"], z, signal.frequency)
        return Result(z, first, second, _NORMAL if self.level.held else _UNREGULATED)

    def latest(self) -> Generator[float | None, None, list[Result]]:
        """The results of the last trigger, or of a new measurement with the internal source."""
        if not self.idle:
            yield None
        if self.values["source"] == "INTernal" and self.values["continuous"]:
            yield from self._acquire()
        if not self.results:
            raise ScpiError(-230)
        return self.results

    def correct(self, correction: Correction) -> None:
        """Start an open or short correction of what is connected now."""
        self.start(self._correct(correction))

    def _correct(self, correction: Correction) -> Generator[float, None, None]:
        yield self.t + specs.CORRECTION_TIME
        found = self.bridge.residuals(0.0, self.t)
        if correction is self.bridge.short:
            if max(map(abs, found)) > specs.SHORT_MOST:
                raise ScpiError(-340)
            correction.store(found)
            return
        if min(map(abs, found)) < specs.OPEN_LEAST:
            raise ScpiError(-340)
        # The short residual in series is taken away first, as when it is applied.
        pairs = zip(specs.CORRECTION_POINTS, found, strict=True)
        correction.store([1.0 / (z - self.bridge.short.at(frequency)) for frequency, z in pairs])

    def reset(self) -> None:
        """`*RST`: settings as after delivery, waiting for triggers only after an INITiate
        (SCPI-1999, 24.3); corrections are kept but off."""
        super().reset()
        self.values = dict(_DEFAULTS)
        self.bridge.open.on = self.bridge.short.on = False
        self.set_continuous(False)
        self.settings_changed()

    def preset(self) -> None:
        """`:SYSTem:PRESet`: as at the front panel, waiting for triggers always."""
        self.reset()
        self.set_continuous(True)


EMULATOR = E4980A
