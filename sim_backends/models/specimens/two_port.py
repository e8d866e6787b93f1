"""A passive two-port between the ports of a network analyzer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np


class TwoPort(Protocol):
    """What is connected to ports 1 and 2. Times are run time in s."""

    def scattering(self, frequency: Any, t: float) -> Any:
        """Scattering matrix at `frequency` in Hz, shape (n, 2, 2), for 50 ohm, dimensionless."""
        ...


@dataclass(frozen=True)
class Attenuator:
    """`loss` and `return_loss` in dB, `delay` in s; reciprocal and symmetric."""

    loss: float
    return_loss: float
    delay: float

    def scattering(self, frequency: Any, t: float) -> Any:
        """S21 = S12 = 10^(-loss / 20) exp(-2 pi i f delay); reflection of half that phase."""
        frequency = np.asarray(frequency, dtype=float)
        phase = np.exp(-2.0j * np.pi * frequency * self.delay)
        s = np.empty((frequency.size, 2, 2), dtype=complex)
        s[:, 0, 1] = s[:, 1, 0] = 10.0 ** (-self.loss / 20.0) * phase
        s[:, 0, 0] = s[:, 1, 1] = 10.0 ** (-self.return_loss / 20.0) * phase
        return s
