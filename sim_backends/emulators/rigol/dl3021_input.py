"""Where a load and what is behind its port settle: the operating point of each mode.

Currents count positive into the load, so a source that is loaded delivers; the port's own sign is
the opposite (`ElectricalPort`). The load cannot go below its own lowest resistance: what it then
draws is not regulated. Constant power settles on the branch of the higher voltage.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim_backends.emulators.rigol.dl3021_specs import CURRENTS, HIGH, SHORTED
from sim_backends.models.ports import ElectricalPort
from sim_backends.models.roots import root

_FINE = 1e-9
_STEPS = 60


@dataclass(frozen=True, slots=True)
class Point:
    """Voltage in V and current in A at the input, and whether the load holds what was set."""

    voltage: float
    current: float
    regulated: bool


def settle(mode: str, level: float, port: ElectricalPort, t: float) -> Point:
    """The point at which `mode` with `level` (A, V, ohm or W) rests at `t`; leaves it there."""
    idle = port.voltage(0.0, t)
    if idle <= 0.0:
        return Point(idle, 0.0, False)
    found = _SOLVERS[mode](level, _Source(port, t, idle))
    return Point(port.voltage(-found.current, t), found.current, found.regulated)


@dataclass(frozen=True, slots=True)
class _Source:
    port: ElectricalPort
    t: float
    idle: float

    def voltage(self, current: float) -> float:
        return self.port.voltage(-current, self.t)

    def through(self, ohms: float) -> float:
        """Current in A through a resistance in ohm across the source."""
        return root(lambda i: self.voltage(i) - ohms * i, 0.0, self.idle / ohms, _FINE)

    def shorted(self) -> Point:
        current = min(self.through(SHORTED), 1.1 * CURRENTS[HIGH])
        return Point(0.0, current, False)


def _current(level: float, source: _Source) -> Point:
    if source.voltage(level) < SHORTED * level:
        return source.shorted()
    return Point(0.0, level, True)


def _voltage(level: float, source: _Source) -> Point:
    """A voltage above the source's own draws nothing: the load stands open (guide, 2-29)."""
    if level >= source.idle:
        return Point(0.0, 0.0, False)
    wanted = -source.port.current(level, source.t)
    most = 1.1 * CURRENTS[HIGH]
    return Point(0.0, min(wanted, most), wanted <= most and level >= SHORTED * wanted)


def _resistance(level: float, source: _Source) -> Point:
    return Point(0.0, source.through(max(level, SHORTED)), level >= SHORTED)


def _power(level: float, source: _Source) -> Point:
    def power(current: float) -> float:
        return current * source.voltage(current)

    best = _peak(power, source.through(SHORTED))
    if power(best) < level:
        return source.shorted()
    return Point(0.0, root(lambda i: power(i) - level, 0.0, best, _FINE), True)


def _peak(f: Callable[[float], float], high: float) -> float:
    """Where `f`, with a single peak in [0, `high`], is largest: golden section."""
    low, ratio = 0.0, 0.6180339887498949
    for _ in range(_STEPS):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if f(left) < f(right):
            low = left
        else:
            high = right
    return 0.5 * (low + high)


_SOLVERS: dict[str, Callable[[float, _Source], Point]] = {
    "CURRent": _current,
    "VOLTage": _voltage,
    "RESistance": _resistance,
    "POWer": _power,
}
