"""A reversible redox couple at a planar electrode, with semi-infinite diffusion."""

from __future__ import annotations

import math

import numpy as np

FARADAY, GAS = 96485.33212, 8.314462618
"""C/mol and J/(mol K), CODATA 2018."""


class RedoxCouple:
    """The reduced form in solution, oxidised at the electrode; fits `ElectrochemicalPort`.

    `standard` potential in V, `area` in m2, `concentration` in mol/m3, `diffusion` in m2/s (equal
    for both forms), `double_layer` in F, `rs` in Ohm for the impedance. The surface follows Nernst;
    each change of it adds a Cottrell current n F A c sqrt(D / (pi t)) (Bard and Faulkner, 2nd ed.,
    equation 5.2.11), whose kernel is kept as a sum of exponentials, 1/sqrt(t) =
    2/sqrt(pi) * integral of exp(-s^2 t) ds, so that a step costs the same however long the history.
    A sweep at rate v peaks at 0.4463 n F A c sqrt(n F v D / (R T)) (equation 6.2.18); sampled
    at the ends of a staircase it is lower. The double layer enters the impedance alone.
    """

    def __init__(
        self,
        *,
        standard: float = 0.2,
        area: float = 7.07e-6,
        concentration: float = 1.0,
        diffusion: float = 7.6e-10,
        electrons: int = 1,
        double_layer: float = 0.0,
        rs: float = 100.0,
        temperature: float = 298.15,
    ) -> None:
        self.standard, self.rs, self.double_layer = standard, rs, double_layer
        self._nernst = electrons * FARADAY / (GAS * temperature)
        self._amount = electrons * FARADAY * area * concentration
        self._diffusion = diffusion
        # Nodes of s evenly in log(s): good to 0.1 % from 10 us to days.
        logs = np.linspace(math.log(1e-6), math.log(1e4), 200)
        self._rates = np.exp(2.0 * logs)
        spacing = float(logs[1] - logs[0])
        self._weights = 2.0 / math.sqrt(math.pi) * np.exp(logs) * spacing
        self._state = np.zeros_like(logs)
        self._fraction = 0.0
        self._t = -math.inf

    def current(self, voltage: float, t: float) -> float:
        """Current in A at `t`; `voltage` in V is applied from `t` on."""
        self._go(t)
        before = float(self._weights @ self._state)
        fraction = self._oxidised(voltage)
        self._state += fraction - self._fraction
        self._fraction = fraction
        return self._amount * math.sqrt(self._diffusion / math.pi) * before

    def voltage(self, current: float, t: float) -> float:
        """Open circuit potential in V: of a solution that holds 0.1 % of the oxidised form."""
        self._go(t)
        return self.standard + math.log(0.001 / 0.999) / self._nernst + current * self.rs

    def impedance(self, frequency: float, voltage: float, t: float) -> complex:
        """Solution resistance, Warburg impedance at `voltage` and double layer, in Ohm."""
        omega = 2.0 * math.pi * frequency
        oxidised = self._oxidised(voltage)
        slope = self._amount * self._nernst * max(oxidised * (1.0 - oxidised), 1e-12)
        warburg = 1.0 / (slope * np.sqrt(1.0j * omega * self._diffusion))
        return complex(self.rs + 1.0 / (1.0 / warburg + 1.0j * omega * self.double_layer))

    def disconnect(self, t: float) -> None:
        """Open circuit: the solution in front of the electrode mixes to what it was."""
        self._go(t)
        self._state[:] = 0.0
        self._fraction = 0.0

    def _oxidised(self, voltage: float) -> float:
        exponent = self._nernst * (voltage - self.standard)
        return 1.0 / (1.0 + math.exp(-max(-500.0, min(500.0, exponent))))

    def _go(self, t: float) -> None:
        elapsed, self._t = t - self._t, t
        if math.isfinite(elapsed) and elapsed > 0.0:
            self._state *= np.exp(-self._rates * elapsed)
