"""What the instruments of a prober see: the structure under the probes, or nothing.

Structures stand in a row on each die: number n at `first` + n `pitch` to the right. The probes
reach one where they touch within the pads' half width. Every instrument has a port of its own; what
the gate's and the drain's have put on last stands there while another one reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import copysign, pi
from typing import Protocol

from sim_backends.models.first_order import follow
from sim_backends.models.probe_chuck import Project, ThermalChuck

PAD = 20e-6
"""Half width of a pad in m."""

OPEN = 1e12
"""Ohm between probes that touch nothing; a source of current meets its limit."""


class Structure(Protocol):
    """A device with a gate, a drain and an output pad against a common source pad."""

    def gate_current(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """Current in A into the gate at `gate` and `drain` in V, `temperature` in degC."""
        ...

    def drain_current(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """Current in A into the drain."""
        ...

    def drain_voltage(self, gate: float, current: float, temperature: float, t: float) -> float:
        """Voltage in V at the drain that takes `current` in A."""
        ...

    def output(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """Voltage in V at the output pad."""
        ...


@dataclass(frozen=True)
class Layout:
    """Where structures stand: `die` (column, row), the `first` one (x, y) in m from the die's
    reference, `pitch` in m to the next on the right."""

    die: tuple[int, int]
    first: tuple[float, float]
    pitch: float


class ProbedDie:
    """A wafer on the chuck with `structures` on one of its dies; fits `ChuckPort`.

    `warmer` in K is how much warmer the wafer is than the chuck.
    """

    def __init__(
        self,
        projects: Mapping[str, Project],
        layout: Layout,
        structures: Sequence[Structure],
        thermal: ThermalChuck,
        warmer: float,
    ) -> None:
        self._projects = dict(projects)
        self._layout = layout
        self._structures = tuple(structures)
        self._thermal = thermal
        self._warmer = warmer
        self._at = (0.0, 0.0)
        self.touching = False
        self.closed = True
        self.gate, self.drain = 0.0, 0.0

    @property
    def projects(self) -> Mapping[str, Project]:
        """The wafer maps of the station's software."""
        return self._projects

    def place(self, x: float, y: float, t: float) -> None:
        """The probes stand above (x, y) in m."""
        self._at = (x, y)

    def touch(self, touching: bool, t: float) -> None:
        """Probes on the wafer, or separated."""
        self.touching = touching

    def temperature(self, t: float) -> float:
        """Temperature of the chuck in degC."""
        return self._thermal.temperature(t)

    def regulate(self, setpoint: float, t: float) -> None:
        """The chuck goes to `setpoint` in degC."""
        self._thermal.regulate(setpoint, t)

    def door_closed(self, t: float) -> bool:
        """Whether the door over the probes is closed."""
        return self.closed

    def wafer_temperature(self, t: float) -> float:
        """Temperature in degC of what is probed."""
        return self._thermal.temperature(t) + self._warmer

    def number(self) -> int:
        """Number of the structure that the probes touch, from 0; -1 where they touch none."""
        if not self.touching:
            return -1
        (project,) = self._projects.values()
        layout = self._layout
        x0 = layout.die[0] * project.index[0] + layout.first[0]
        y0 = layout.die[1] * project.index[1] + layout.first[1]
        number = round((self._at[0] - x0) / layout.pitch)
        missed = abs(self._at[0] - x0 - number * layout.pitch), abs(self._at[1] - y0)
        if max(missed) > PAD or not 0 <= number < len(self._structures):
            return -1
        return number

    def probed(self) -> Structure | None:
        """What the probes touch."""
        number = self.number()
        return None if number < 0 else self._structures[number]


class GatePort:
    """The gate's probe; fits `ElectricalPort`."""

    def __init__(self, die: ProbedDie) -> None:
        self._die = die

    def current(self, voltage: float, t: float) -> float:
        """Current in A at `voltage` in V, which stays on the gate."""
        self._die.gate = voltage
        probed = self._die.probed()
        if probed is None:
            return voltage / OPEN
        warm = self._die.wafer_temperature(t)
        return probed.gate_current(voltage, self._die.drain, warm, t)

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V that drives `current` in A into an insulated gate."""
        self._die.gate = current * OPEN
        return self._die.gate

    def disconnect(self, t: float) -> None:
        """The gate is left floating; it counts as at 0 V."""
        self._die.gate = 0.0


ABSORPTION = ((1e-13, 3.0), (2e-14, 30.0))
"""S and s: what flows into a cable's insulator after a step of its voltage, each part with its time
(Keithley, Low Level Measurements Handbook, 7th ed., section 2.2.4: dielectric absorption)."""


class DrainPort:
    """The drain's probe with what its cables leak and absorb; fits `ElectricalPort`.

    `leak` in S to the guard; `emf` in V of the contacts between metals.
    """

    def __init__(self, die: ProbedDie, leak: float, emf: float = 0.0) -> None:
        self._die = die
        self._leak = leak
        self._emf = emf
        self._absorbed = [0.0] * len(ABSORPTION)
        self._looked: float | None = None

    def current(self, voltage: float, t: float) -> float:
        """Current in A at `voltage` in V, which stays on the drain."""
        leaked = voltage * self._leak + self._absorbing(voltage, t)
        self._die.drain = voltage
        probed = self._die.probed()
        if probed is None:
            return leaked
        warm = self._die.wafer_temperature(t)
        return leaked + probed.drain_current(self._die.gate, voltage - self._emf, warm, t)

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V at `current` in A; without a device far beyond every limit."""
        probed = self._die.probed()
        if probed is None:
            return copysign(1e9, current) if current else 0.0
        warm = self._die.wafer_temperature(t)
        self._die.drain = self._emf + probed.drain_voltage(self._die.gate, current, warm, t)
        return self._die.drain

    def disconnect(self, t: float) -> None:
        """The drain is left floating; it counts as at 0 V."""
        self._absorbing(0.0, t)
        self._die.drain = 0.0

    def _absorbing(self, voltage: float, t: float) -> float:
        """Current in A into the insulator; until now the voltage was that of the last look."""
        before = self._die.drain
        age = 0.0 if self._looked is None else t - self._looked
        self._looked = t
        total = 0.0
        for n, (part, time) in enumerate(ABSORPTION):
            self._absorbed[n] = float(follow(self._absorbed[n], before, 0.0, time, age))
            total += part * (voltage - self._absorbed[n])
        return total


class OutputPort:
    """The output's probe, which a voltmeter of high resistance reads; fits `ElectricalPort`."""

    def __init__(self, die: ProbedDie) -> None:
        self._die = die

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V; what the meter draws does not move it."""
        probed = self._die.probed()
        if probed is None:
            return current * OPEN
        warm = self._die.wafer_temperature(t)
        return probed.output(self._die.gate, self._die.drain, warm, t)

    def current(self, voltage: float, t: float) -> float:
        """Current in A at `voltage` in V: nothing drives the output but the device itself."""
        return voltage / OPEN

    def disconnect(self, t: float) -> None:
        """Nothing is left behind."""


class Stored(Protocol):
    """A structure with an impedance of its own."""

    def impedance(self, frequency: float) -> complex:
        """Impedance in ohm at `frequency` in Hz."""
        ...


class LcrPort:
    """The LCR meter's probes; fits `ImpedancePort`. `stray` in F lies between them always."""

    def __init__(self, die: ProbedDie, stored: Mapping[int, Stored], stray: float) -> None:
        self._die = die
        self._stored = dict(stored)
        self._stray = stray

    def impedance(self, frequency: float, voltage: float, t: float) -> complex:
        """Impedance in ohm at `frequency` in Hz; structures without one are open to it."""
        admittance = 2j * pi * frequency * self._stray
        one = self._stored.get(self._die.number())
        if one is not None:
            admittance += 1.0 / one.impedance(frequency)
        return 1.0 / admittance
