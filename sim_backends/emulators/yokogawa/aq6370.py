"""Yokogawa AQ6370D optical spectrum analyser behind a fibre, on its socket, at the wire.

Written from a list of the commands of the AQ637x remote control manual with its pages (7-39 to
7-99), from other parties' drivers of the AQ6370 series, which tell how it answers (numbers with
eight decimals and an exponent of three digits, `CALCulate:DATA?` by category, REAL blocks with the
low byte first), and a summary of the AQ6377E's manual (sequential and overlapping commands, one
error kept). Modelled: log-in, single and repeated sweeps that take their time, resolution,
sensitivity, averages, points, vacuum and air, traces A to G, markers, the analyses SWTHresh, SMSR,
POWer, DFBLd and WDM, wavelength calibration, alignment, zeroing.

A sweep goes on while other commands are executed, but what reads or changes a measurement waits for
the end of a single one. Not modelled: AUTO and segment sweeps, roll average, maximum and minimum
hold, trace arithmetic, external trigger, the display and files, programs, templates, frequency as
the unit of the axis, analyses in another unit than dBm, uncalibrated sweeps (`UNCAL` is shown on
the screen alone), gain that is held at the reference level, the light of the built-in source: a
wavelength calibration never fails for want of it. Remembered or assumed: the operation condition
register has bit 0 set while no sweep and bit 3 while no calibration runs; vacuum wavelengths and
1 nm as delivered.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any

import numpy as np

from sim_backends.emulators.scpi import ScpiError, ScpiInstrument
from sim_backends.emulators.yokogawa import aq6370_specs as specs
from sim_backends.emulators.yokogawa.aq6370_analysis import Trace
from sim_backends.emulators.yokogawa.aq6370_commands import SINGLE, build_table, delivered
from sim_backends.emulators.yokogawa.aq6370_login import Login
from sim_backends.emulators.yokogawa.aq6370_optics import noise_bandwidth, transmitted, vacuum
from sim_backends.emulators.yokogawa.aq6370_results import analyse
from sim_backends.emulators.yokogawa.aq6370_status import LatestError, OperationStatus
from sim_backends.models.reference.laser_spectrum import SpectrumPort

_LONGEST = 65536


class AQ6370(ScpiInstrument):
    """One AQ6370D with the fibre at `port`."""

    TABLE = build_table()
    LATENCY = 5e-3

    def __init__(self, port: SpectrumPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(("YOKOGAWA", "AQ6370D", serial, "03.06"))
        self.port = port
        self._rng = rng
        self._offset = specs.OFFSET * float(rng.uniform(-1.0, 1.0))
        self._rest = specs.REST * float(rng.uniform(-1.0, 1.0))
        self._gain = 10.0 ** (specs.LEVEL_ERROR * float(rng.uniform(-1.0, 1.0)) / 10.0)
        self._slit = 1.0 + specs.RESOLUTION_ERROR * float(rng.uniform(-1.0, 1.0))
        self.status.errors = LatestError()
        self.operation = OperationStatus()
        self._login = Login()
        self._half = b""
        self.busy = ""
        self._defaults()

    def _defaults(self) -> None:
        self.values: dict[Any, Any] = delivered()
        self.traces: dict[str, Trace] = {}
        self.result: list[float] | None = None
        self.markers: dict[int, tuple[float, float]] = {}

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream; log-in comes first."""
        super().receive(b"", t)
        *lines, self._half = (self._half + data).split(b"\n")
        for line in lines:
            for_login, answer = self._login.take(line.decode("latin-1").rstrip("\r"))
            if answer:
                self._outbox.put(answer.encode("ascii") + b"\r\n", t + self.LATENCY)
            elif not for_login:
                super().receive(line + b"\n", t)
        if len(self._half) > _LONGEST:
            self._half = b""

    def clear(self, t: float) -> None:
        """Device clear: as every instrument; who has logged in stays so."""
        super().clear(t)
        self._half = b""

    def reset(self) -> None:
        """`*RST`: settings as delivered, traces empty."""
        super().reset()
        self.finish()
        self._defaults()

    def _finish_message(self) -> None:
        if self._answers:
            self._answers[-1] += "\r"
        super()._finish_message()

    # What commands use

    @property
    def points(self) -> int:
        """Points of a sweep."""
        if not self.values["auto_points"]:
            return int(self.values["points"])
        wanted = specs.SAMPLES_A_RESOLUTION * self.span / self.values["resolution"]
        return min(max(math.ceil(wanted) + 1, 1001), specs.MOST_POINTS)

    @property
    def span(self) -> float:
        """Span of a sweep in m."""
        return self.values["stop"] - self.values["start"]

    @property
    def waits(self) -> bool:
        """Whether a sequential command has to wait for what runs."""
        return not self.idle and (self.busy != "sweep" or self.values["mode"] == SINGLE)

    def sweep(self) -> None:
        """Start a sweep or repeated ones."""
        if self.values["mode"] not in (SINGLE, 2):
            raise ScpiError(-221, "this sweep mode is not emulated")
        self.run("sweep", self._sweeps(self.values["mode"] == SINGLE))

    def run(self, what: str, operation: Generator[float, None, None]) -> None:
        """Start an overlapped operation, `sweep` or `calibration`; -213 while one runs."""
        self.start(operation)
        self.busy = what

    def finish(self) -> None:
        """What ran has ended or was broken off."""
        if self.busy:
            self.operation.ended(self.busy)
        self.busy = ""

    def stop(self) -> None:
        """`ABORt`."""
        self.abort()
        self.finish()

    def trace(self, name: str) -> Trace:
        """A trace by its name; -230 where it is empty."""
        if name not in self.traces:
            raise ScpiError(-230, f"{name} is empty")
        return self.traces[name]

    def calibrate(self) -> Generator[float, None, None]:
        """Adjust to the line of the built-in source, which takes the offset away."""
        yield self.t + specs.CALIBRATION_TIME
        self._offset = 0.0
        self.finish()

    def idle_for(self, seconds: float) -> Generator[float, None, None]:
        """Alignment or zeroing, which take `seconds` and change nothing here."""
        yield self.t + seconds
        self.finish()

    # Measuring

    def sweep_time(self) -> float:
        """Seconds of a sweep."""
        sensitivity = specs.BY_NUMBER[self.values["sensitivity"]]
        speed = 2.0 if self.values["speed"] else 1.0
        time = sensitivity.time * self.span / 100e-9 * self.values["averages"] / speed
        return specs.OVERHEAD + time

    def _sweeps(self, once: bool) -> Generator[float, None, None]:
        while True:
            yield self.t + self.sweep_time()
            name = self.values["active"]
            if self.values["attribute", name] == 0:
                self.traces[name] = self._measure()
            if self.values["auto_analysis"] and name in self.traces:
                analyse(self)
            if once:
                self.finish()
                return
            self.operation.ended("sweep")

    def _measure(self) -> Trace:
        shown = np.linspace(self.values["start"], self.values["stop"], self.points)
        true = vacuum(shown) if self.values["medium"] == 0 else shown
        error = (self._offset + self._rest) * specs.error_scale(true)
        resolution = self.values["resolution"] * self._slit
        lines, density = self.port.lines(self.t), self.port.background(self.t)
        watts = self._gain * transmitted(true - error, lines, density, resolution)
        floor = 1e-3 * 10.0 ** (specs.BY_NUMBER[self.values["sensitivity"]].floor / 10.0)
        noise = floor / 2.0 / math.sqrt(self.values["averages"])
        watts = watts + noise * self._rng.standard_normal(len(watts))
        watts[(true < specs.SHORTEST) | (true > specs.LONGEST)] = 0.0
        level = np.full(len(watts), specs.DARKEST)
        lit = watts > 0.0
        level[lit] = 10.0 * np.log10(watts[lit] / 1e-3)
        level[lit] += self.values["level_shift"]
        return Trace(shown + self.values["wavelength_shift"], level, noise_bandwidth(resolution))

    def error_text(self) -> str:
        """Number and text of the last error."""
        event = self.status.errors.pop()
        return '0,"No error"' if event is None else f'{event.code},"{event.text}"'


EMULATOR = AQ6370
