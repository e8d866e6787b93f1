"""The chamber over a sensor array: what the lines bring, what films, detectors and nodes see."""

from __future__ import annotations

from sim_backends.data import gas_sensing as data
from sim_backends.models.gas import STANDARD_PRESSURE
from sim_backends.models.gas_alarm import HIGH, Air, AlarmUnit
from sim_backends.models.gas_array import Films, SensorArray
from sim_backends.models.gas_blend import ROOM, Blend, Mix
from sim_backends.models.noise import Drift
from sim_backends.streams import stream

BACKGROUND = 2e-6
"""mol/mol of carbon dioxide left in synthetic air."""

NO_FILM, OUTPUT = 1e10, 1e3
"""Ohm between the terminals where no film is, and of the output of the alarm, which stands behind
the channel after the last film's."""


class GasChamber:
    """The chamber at the end of `blend` with `array` in it. Fits `ElectricalPort`,
    `CommonTerminal`, `TracerPort` and `OperatorPort`.

    `cylinder`: true over stated amount of each gas in its cylinder.
    """

    def __init__(
        self, array: SensorArray, blend: Blend, cylinder: dict[str, float], seed: int, t0: float
    ) -> None:
        self._blend = blend
        self._films = Films(array, seed, t0)
        self._count = len(array.exponents)
        self._cylinder, self._seed = dict(cylinder), seed
        self._film = self._count + 1
        self._alarm = AlarmUnit(array.threshold, seed, t0)
        self._vapour = False
        self._gas, self._amount = 0, 0.0
        self._room = Drift(0.3, 1800.0, 60.0, stream(seed, "gas chamber", "room"), t0)
        blend.passed = self._passed
        blend.set_anew = self._alarm.exposure

    # ElectricalPort

    def current(self, voltage: float, t: float) -> float:
        """Current in A through the film, or into the output, that is connected, at `voltage` V."""
        if self._film == self._count:
            return (voltage - self._output(t)) / OUTPUT
        return voltage * self._conductance(t)

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V over it at `current` in A."""
        if self._film == self._count:
            return self._output(t) + current * OUTPUT
        return current / self._conductance(t)

    def disconnect(self, t: float) -> None:
        """A film at rest keeps its state: what is in the air makes it."""

    # CommonTerminal

    def route(self, channel: int, t: float) -> None:
        """The film behind `channel` (101...) is connected, or none."""
        self._film = channel - 101 if channel else self._count + 1

    # TracerPort

    def tracer(self, t: float) -> float:
        """umol/mol of the tracer at the place of the array."""
        self._blend.advance(t)
        seen = data.GASES[self._gas] == data.TRACER and not self._vapour
        return self._blend.now.dose * self._amount if seen else 0.0

    def room(self, t: float) -> float:
        """degC of the air."""
        return ROOM + self._room.at(t)

    def wet(self, t: float) -> float:
        """Relative humidity, 0..1."""
        self._blend.advance(t)
        return self._blend.now.wet

    # OperatorPort

    def acted(self, prompt: str, value: object, t: float) -> None:
        """`.../cylinder`: one of the named gases, or the vapour, is connected to the dosing
        line."""
        if prompt.rpartition("/")[2] != "cylinder":
            return
        self._blend.advance(t)
        self._vapour = str(value) == data.VAPOUR
        if str(value) in data.GASES:
            self._gas = data.GASES.index(str(value))
            self._amount = data.CYLINDER * self._cylinder[str(value)]
            self._blend.late = self._late(str(value))
        elif self._vapour:
            self._amount = data.VAPOUR_CYLINDER * self._cylinder[data.VAPOUR]
            self._blend.late = 0.0

    # Inside

    def _late(self, gas: str) -> float:
        """s by which the way of a gas differs from the tracer's."""
        if gas == data.TRACER:
            return 0.0
        drawn = stream(self._seed, "gas chamber", "way", gas).standard_normal()
        return data.DIFFUSE * float(drawn)

    def _output(self, t: float) -> float:
        """V at the output of the alarm."""
        self._blend.advance(t)
        now = self._blend.now
        dosed = now.dose * self._amount
        air = Air(0.0, dosed, now.wet) if self._vapour else Air(dosed, 0.0, now.wet)
        return HIGH if self._alarm.see(air, t) else 0.0

    def _conductance(self, t: float) -> float:
        self._blend.advance(t)
        if self._film > self._count:
            return 1.0 / NO_FILM
        return self._films.conductance(self._film, self._blend.now.wet, t)

    def _passed(self, seconds: float, before: Mix, after: Mix) -> None:
        amount = 0.0 if self._vapour else self._amount  # the films' part in the score stands there
        self._films.follow(seconds, self._gas, before.dose * amount, after.dose * amount)


class ChamberAir:
    """The air of `chamber` as sensors of the climate see it: a port of its own, for one that fits
    several roles would take a fault of the one for a fault of the other."""

    def __init__(self, chamber: GasChamber) -> None:
        self._chamber = chamber

    def carbon_dioxide(self, t: float) -> float:
        """Mole fraction of carbon dioxide, 0..1: synthetic air has hardly any."""
        return BACKGROUND

    def temperature(self, t: float) -> float:
        """degC."""
        return self._chamber.room(t)

    def humidity(self, t: float) -> float:
        """Relative humidity in %."""
        return 100.0 * self._chamber.wet(t)

    def pressure(self, t: float) -> float:
        """Absolute pressure in Pa."""
        return STANDARD_PRESSURE
