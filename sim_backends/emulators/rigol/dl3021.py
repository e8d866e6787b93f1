"""Rigol DL3021 electronic load (150 V, 40 A, 200 W) behind a source at its port, SCPI.

Written from the DL3000 Programming Guide (April 2019): its pages 1-7, 2-17, 2-24, 2-28, 2-37, 2-38
and 2-40 themselves, the other commands from other parties' drivers and notes that cite its pages,
as they cite the DL3000 User's Guide. Modelled: constant current, voltage, resistance and power with
two ranges, starting voltage, thresholds of overvoltage and overcurrent of each mode, overpower,
reverse voltage, transients, lists, battery test, the questionable status, input and readings.

Not modelled: the OCP and OPP test applications and the waveform display (their mode is refused
with -221), remote sense beyond its switch, external trigger, slew within a transition, the
operation status and the status byte's summary of the questionable one, warming, the 350 kohm of the
input when it is off, and that readings of a real load are refreshed about once a second: here a
reading is that of the moment, for transients the mean over its 200 ms. While nothing runs by
itself, protections look at the source when something is set or asked. Remembered or assumed: a trip
is latched in the condition register until the input is switched on with success or `*CLS`; the
short answers of `:SOURce:FUNCtion:MODE?`; six decimals in every number; an unmeasurable resistance
as 9.9E+37.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim_backends.emulators.accuracy import Channel
from sim_backends.emulators.rigol import dl3021_specs as specs
from sim_backends.emulators.rigol.dl3021_battery import BatteryTest
from sim_backends.emulators.rigol.dl3021_commands import build_table, defaults
from sim_backends.emulators.rigol.dl3021_input import Point, settle
from sim_backends.emulators.rigol.dl3021_programs import PULSED, ListProgram, Transient
from sim_backends.emulators.rigol.dl3021_status import RUNNING, SINKING, Questionable
from sim_backends.emulators.scpi import ScpiError, ScpiInstrument
from sim_backends.models.ports import ElectricalPort

_TICK = 1.0
"""Seconds between two looks at the source while a list or a battery test runs."""


class DL3021(ScpiInstrument):
    """One load whose input terminals are at `port`."""

    TABLE = build_table()
    LATENCY = 5e-3

    def __init__(self, port: ElectricalPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(("RIGOL TECHNOLOGIES", "DL3021", serial, "00.01.05.00.01"))
        self.port = port
        self._setting = {mode: Channel(specs.SETTING[mode], rng) for mode in specs.MODES}
        self._ammeter = Channel(specs.READ_CURRENT, rng)
        self._voltmeter = Channel(specs.READ_VOLTAGE, rng)
        self.questionable = Questionable()
        self._start()

    def _start(self) -> None:
        self.values: dict[Any, Any] = defaults()
        self.on = self.sinking = False
        self.transient = Transient()
        self.list = ListProgram()
        self.battery = BatteryTest()
        self.extremes: dict[str, float] = {}
        self._tick: float | None = None

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream; what a program has done meanwhile comes first."""
        self._work(t)
        super().receive(data, t)

    def due(self) -> float | None:
        """The next answer, or the next step of a running program."""
        due = super().due()
        return due if self._tick is None else self._tick if due is None else min(due, self._tick)

    def send(self, t: float) -> bytes:
        """Do all that is due until `t`; the bytes that have left by then."""
        self._work(t)
        return super().send(t)

    def reset(self) -> None:
        """`*RST`: input off, settings as delivered."""
        super().reset()
        self._off()
        self._start()

    # What commands use

    def index(self, mode: str) -> int:
        """The range of `mode` in force."""
        if mode == "CURRent" and self.values["program"] == "BATT":
            return self.values["battery_range"]
        return specs.LOW if mode == "POWer" else self.values["range", mode]

    def set_level(self, mode: str, level: float) -> None:
        """Another level of `mode` in its unit; B of a pulse that is over is held no longer."""
        self.values["level", mode] = level
        self.transient.resting = False
        self.apply()

    def select(self, mode: str) -> None:
        """Another mode of fixed operation; the input stays as it is."""
        self.values["function"], self.values["program"] = mode, "FIX"
        self.transient.resting = False
        self.apply()

    def set_range(self, mode: str, index: int) -> None:
        """Another range; -221 while the input is on. A level beyond it goes to its limit."""
        if self.on:
            raise ScpiError(-221, "input on")
        self.values["range", mode] = index
        allowed = specs.limits(mode, index)
        level = self.values["level", mode]
        self.values["level", mode] = min(max(level, allowed.low), allowed.high)

    def switch(self, on: bool) -> None:
        """Input on or off; on, it trips at once where a threshold is passed already."""
        if not on:
            self._off()
            return
        if not self.on:
            self.on, self.sinking, self.extremes = True, False, {}
            self.questionable.clear()
            if self.values["program"] == "BATT":
                self.battery.start(self.t)
        self.apply()

    def arm(self, on: bool) -> None:
        """The trigger function, as the key TRAN: the input comes on too (user's guide, 2-24)."""
        if not on:
            self.transient.disarm()
            self.list.began = None
        else:
            self.transient.armed = True
            self.switch(True)
            if self.values["trigger"] == "MANU":
                self.trigger()
        self.apply()

    def trigger(self) -> None:
        """One trigger operation; nothing where the trigger function is off."""
        if not self.transient.armed:
            return
        if self.values["program"] == "LIST":
            self.list.began = self.t if self.list.began is None else self.list.began
        else:
            self.transient.trigger(self.values["transient"], self.t)
        self.apply()

    def apply(self) -> list[tuple[float, Point]]:
        """Let load and source settle, with parts of time; protections are looked at."""
        points = self._points(self.t)
        for _, point in points:
            reason = self.questionable.tripped(point, self._thresholds(), self.on)
            if reason and self.on:
                self._off()
                return self.apply()
        for _, point in points:
            self._remember(point)
        if self.on and self.battery.over(points[0][1], self.values, self.t):
            self._off()
            return self.apply()
        self._tick = min(self.t + _TICK, self.list.ends()) if self._running() else None
        return points

    def voltage(self) -> float:
        """A reading of the voltage in V."""
        return self._voltmeter.convert(_mean(self.apply(), lambda p: p.voltage), 0)

    def current(self) -> float:
        """A reading of the current in A."""
        return self._ammeter.convert(_mean(self.apply(), lambda p: p.current), 0)

    def condition(self) -> int:
        """The questionable condition register as it stands."""
        point = self.apply()[0][1]
        register = self.questionable.register(point, self._thresholds()[0], self.on)
        running = self.on and self.list.began is not None and self.t < self.list.ends()
        return register | RUNNING * running | SINKING * (self.on and self.sinking)

    # The load

    def _running(self) -> bool:
        if not self.on:
            return False
        return self.values["program"] == "BATT" or self.list.began is not None

    def _off(self) -> None:
        self.on = self.sinking = False
        self.transient.disarm()
        self.list.began = None
        self._tick = None
        self.port.disconnect(self.t)

    def _thresholds(self) -> tuple[float, float]:
        mode = self.values["function"]
        return self.values["vlim", mode], self.values["ilim", mode]

    def _points(self, t: float) -> list[tuple[float, Point]]:
        idle = self.port.voltage(0.0, t)
        if not self.on:
            return [(1.0, Point(idle, 0.0, True))]
        self.sinking = self.sinking or idle >= self.values["von", self.values["function"]]
        if not self.sinking:
            return [(1.0, Point(idle, 0.0, True))]
        parts = [(part, mode, level) for part, mode, level in self._levels(t) if part > 0.0]
        return [(part, settle(mode, self._true(mode, level), self.port, t))
                for part, mode, level in parts]  # fmt: skip

    def _true(self, mode: str, level: float) -> float:
        return max(self._setting[mode].convert(level, self.index(mode)), 0.0) if level else 0.0

    def _levels(self, t: float) -> list[tuple[float, str, float]]:
        """Part of time, mode and level of what is to be held at `t`."""
        if self.values["program"] == "BATT":
            return [(1.0, "CURRent", self.values["battery"])]
        if self.values["program"] == "LIST":
            return [(1.0, self.list.mode, self.list.level(self.list.step_at(t)))]
        mode = self.values["function"]
        shape, transient = self.values["transient"], self.transient
        if mode != "CURRent" or not (transient.armed or transient.resting):
            return [(1.0, mode, self.values["level", mode])]
        a, b = self.values["width_a"] * 1e-3, self.values["width_b"] * 1e-3
        share = transient.share(shape, (a, b), specs.INTEGRATION, t)
        return [(share, mode, self.values["a"]), (1.0 - share, mode, self.values["b"])]

    def _remember(self, point: Point) -> None:
        for name, value in (("VOLTage", point.voltage), ("CURRent", point.current)):
            for bound, choose in (("MAXimum", max), ("MINimum", min)):
                key = name + bound
                self.extremes[key] = choose(self.extremes.get(key, value), value)

    def _work(self, t: float) -> None:
        """What running programs do until `t`."""
        self.t = max(self.t, t)
        if self.values["transient"] == PULSED:
            self.transient.end_pulse(self.values["width_a"] * 1e-3, self.t)
        if self._tick is None or self._tick > t:
            return
        if self.list.began is not None and t >= self.list.ends() and self.list.end == "OFF":
            self._off()
        self.apply()


def _mean(points: list[tuple[float, Point]], get: Any) -> float:
    return sum(part * get(point) for part, point in points)


EMULATOR = DL3021
