"""What an impedance analyzer measures: a one-port by its small-signal impedance."""

from __future__ import annotations

import math
from typing import Protocol


class ImpedancePort(Protocol):
    """A one-port between the analyzer's HI and LO."""

    def impedance(self, frequency: float, voltage: float, t: float) -> complex:
        """Impedance in Ohm at `frequency` in Hz with the direct bias `voltage` in V at run time
        `t` in s; infinite where nothing is connected."""
        ...


class LivePort(ImpedancePort, Protocol):
    """A one-port with a direct voltage of its own: a battery, a cell under load."""

    def voltage(self, current: float, t: float) -> float:
        """Direct voltage in V with `current` in A from the instrument (0: none) at time `t`."""
        ...


class OpenFixture:
    """A fixture with nothing in it: its stray capacitance in F. Fits `ImpedancePort`."""

    def __init__(self, farads: float = 0.2e-12) -> None:
        self._farads = farads

    def impedance(self, frequency: float, voltage: float, t: float) -> complex:
        """Impedance in Ohm of the stray capacitance at `frequency` in Hz."""
        return 1.0 / (2j * math.pi * frequency * self._farads)


class Fixture:
    """A test fixture in which a device, nothing, or a shorting bar is; fits `ImpedancePort`.

    `device` is what is measured, `shorted` the bar's resistance in Ohm.
    """

    def __init__(self, device: ImpedancePort, shorted: float = 1e-3) -> None:
        self._states: dict[str, ImpedancePort] = {"device": device}
        self._states |= {"open": OpenFixture(), "short": _Bar(shorted)}
        self._in = self._states["device"]

    def insert(self, what: str) -> None:
        """`device`, `open` or `short` from now on."""
        self._in = self._states[what]

    def impedance(self, frequency: float, voltage: float, t: float) -> complex:
        """Impedance in Ohm of what is in it at `frequency` in Hz and `voltage` in V of bias."""
        return self._in.impedance(frequency, voltage, t)


class _Bar:
    def __init__(self, ohms: float) -> None:
        self._ohms = ohms

    def impedance(self, frequency: float, voltage: float, t: float) -> complex:
        return complex(self._ohms)
