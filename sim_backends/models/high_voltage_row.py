"""What the instruments of a high-voltage prober see: the transistor under the probes, or nothing.

The drain's probe is at the supply, the source's, the gate's and the chuck at meters near ground.
What the supply has put on last stands there while a meter reads. A device whose current came near
that of its breakdown is scarred from its next ramp on.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import copysign

from sim_backends.models.first_order import follow
from sim_backends.models.gate_edge_breakdown import (
    MOST,
    GateEdge,
    drain_current,
    off_current,
    scarred,
)
from sim_backends.models.lateral_mosfet import channel_current
from sim_backends.models.noise import Drift
from sim_backends.models.probed_die import OPEN, ProbedDie
from sim_backends.models.roots import root

HURT = 0.3
"""Part of the criterion's current beyond which a device is hurt."""

LOW = 60.0
"""V below which a ramp counts as ended."""

CLAMP = 220.0
"""V to which the protection module at a meter lets its terminal rise (assumed, as modules for
source meters beside a high-voltage one have it)."""

ABSORPTION = (2e-12, 3.0)
"""S and s: what flows into the probes' insulators after a step, to the source's side."""


class RowDevice:
    """A transistor of the row; it fits `Structure` of a probed die."""

    def __init__(self, one: GateEdge, wander: Drift, criterion: float) -> None:
        self.one = one
        self._wander = wander
        self._criterion = criterion
        self._hurt = False

    def shares(self, gate: float, drain: float, warm: float, t: float) -> dict[str, float]:
        """Currents in A at `gate` and `drain` in V, at `warm` in degC: into the drain, and out of
        gate, chuck and source."""
        if self._hurt and drain < LOW:
            self.one, self._hurt = scarred(self.one), False
        off = off_current(self.one, drain, warm) * (1.0 + self._wander.at(t))
        self._hurt = self._hurt or off > HURT * self._criterion
        through, by_chuck = self.one.gate * off, self.one.chuck * off
        channel = channel_current(self.one.channel, gate, drain, warm)
        return {"drain": channel + off, "gate": through, "chuck": by_chuck,
                "source": channel + off - through - by_chuck}  # fmt: skip

    def gate_current(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """Current in A into the gate."""
        return -self.shares(gate, drain, temperature, t)["gate"]

    def drain_current(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """Current in A into the drain."""
        return self.shares(gate, drain, temperature, t)["drain"]

    def drain_voltage(self, gate: float, current: float, temperature: float, t: float) -> float:
        """Drain voltage in V at `current` in A."""

        def excess(drain: float) -> float:
            return drain_current(self.one, gate, drain, temperature) - current

        return root(excess, 0.0, MOST, 1e-6) if current > 0.0 else 0.0

    def output(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """0 V: there is no output pad."""
        return 0.0


class HighVoltageRow:
    """The row on the die of a station, with the voltages at its gate and drain."""

    def __init__(self, die: ProbedDie, row: Sequence[RowDevice], leak: float) -> None:
        self.die = die
        self._row = tuple(row)
        self.leak = leak
        self.gate, self.drain = 0.0, 0.0
        self._absorbed, self._looked = 0.0, 0.0

    def probed(self) -> RowDevice | None:
        """The device under the probes."""
        number = self.die.number()
        return None if number < 0 else self._row[number]

    def currents(self, t: float) -> dict[str, float]:
        """Currents in A by terminal, at `t`; none where nothing is touched."""
        one = self.probed()
        if one is None:
            return dict.fromkeys(("drain", "gate", "chuck", "source"), 0.0)
        return one.shares(self.gate, self.drain, self.die.wafer_temperature(t), t)

    def absorbing(self, t: float) -> float:
        """Current in A into the insulators; until now the drain was at its voltage of now."""
        size, time = ABSORPTION
        age, self._looked = t - self._looked, t
        self._absorbed = float(follow(self._absorbed, self.drain, 0.0, time, age))
        return size * (self.drain - self._absorbed)


class SupplyPort:
    """The drain's probe; fits `HighVoltagePort`: the station's door is in the safety loop."""

    def __init__(self, row: HighVoltageRow) -> None:
        self._row = row

    def drive(self, voltage: float, t: float) -> float:
        """Current in A at `voltage` in V, which stays on the drain; the cable leaks to ground."""
        self._row.absorbing(t)
        self._row.drain = voltage
        return self._row.currents(t)["drain"] + voltage * self._row.leak

    def yields(self, current: float, t: float) -> float:
        """Voltage in V at `current` in A, which stays on the drain."""
        one = self._row.probed()
        if one is None:
            return MOST
        warm = self._row.die.wafer_temperature(t)
        self._row.drain = one.drain_voltage(self._row.gate, current, warm, t)
        return self._row.drain

    def rest(self, t: float) -> None:
        """Off and discharged."""
        self._row.absorbing(t)
        self._row.drain = 0.0
        self._row.currents(t)

    def loop_closed(self, t: float) -> bool:
        """Whether the station's door is closed."""
        return self._row.die.door_closed(t)


class TerminalPort:
    """A `terminal` near ground, `source`, `gate` or `chuck`; fits `ElectricalPort`."""

    def __init__(self, row: HighVoltageRow, terminal: str) -> None:
        self._row, self._terminal = row, terminal

    def current(self, voltage: float, t: float) -> float:
        """Current in A out of the meter; `voltage` in V acts at the gate alone, other meters hold
        0 V."""
        if self._terminal == "gate":
            self._row.gate = voltage
        flows = -self._row.currents(t)[self._terminal]
        return flows - self._row.absorbing(t) if self._terminal == "source" else flows

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V of a meter in its limit: its protection clamps."""
        if self._row.probed() is None:
            return copysign(min(abs(current) * OPEN, CLAMP), current)
        return copysign(CLAMP, -current) if current else 0.0

    def disconnect(self, t: float) -> None:
        """The terminal is left floating; a gate counts as at 0 V."""
        if self._terminal == "gate":
            self._row.gate = 0.0
