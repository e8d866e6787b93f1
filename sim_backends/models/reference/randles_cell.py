"""A Randles cell: solution resistance in series with a double layer and a charge transfer."""

from __future__ import annotations

import cmath
import math


class RandlesCell:
    """`rs` + (`cdl` parallel to `rct`), resistances in Ohm, capacitance in F, rest at `volts` in V.

    A `warburg` coefficient in Ohm/sqrt(s) adds sigma (1 - j) / sqrt(omega) to the charge transfer,
    in the impedance alone; with `rct` infinite the cell is a series RC.
    Z = rs + 1 / (1 / zf + j omega cdl) (A. J. Bard, L. R. Faulkner, Electrochemical Methods,
    2nd ed., section 10.2). Fits `ElectrochemicalPort`.
    """

    def __init__(
        self, rs: float, rct: float, cdl: float, volts: float = 0.0, warburg: float = 0.0
    ) -> None:
        self.rs, self.rct, self.cdl, self.volts, self.warburg = rs, rct, cdl, volts, warburg
        self._layer = volts
        self._applied: float | None = None
        self._t = -math.inf

    def current(self, voltage: float, t: float) -> float:
        """Current in A at `t`; `voltage` in V is applied from `t` on."""
        self._go(t)
        self._applied = voltage
        return (voltage - self._layer) / self.rs

    def voltage(self, current: float, t: float) -> float:
        """Potential in V at `t` with `current` in A through the solution resistance."""
        self._go(t)
        self._applied = None
        return self._layer + current * self.rs

    def impedance(self, frequency: float, voltage: float, t: float) -> complex:
        """Impedance in Ohm at `frequency` in Hz."""
        omega = 2.0 * math.pi * frequency
        transfer = self.rct + self.warburg * (1.0 - 1.0j) / cmath.sqrt(omega)
        return self.rs + 1.0 / (1.0 / transfer + 1.0j * omega * self.cdl)

    def disconnect(self, t: float) -> None:
        """Open circuit: the double layer discharges through the charge transfer."""
        self._go(t)
        self._applied = None

    def _go(self, t: float) -> None:
        elapsed, self._t = t - self._t, t
        if not math.isfinite(elapsed) or elapsed <= 0.0:
            return
        leak = 1.0 / self.rct
        feed = 0.0 if self._applied is None else 1.0 / self.rs
        if not leak + feed:
            return
        final = (leak * self.volts + feed * (self._applied or 0.0)) / (leak + feed)
        rate = (leak + feed) / self.cdl
        self._layer = final + (self._layer - final) * math.exp(-rate * elapsed)
