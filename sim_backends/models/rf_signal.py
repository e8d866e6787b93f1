"""What a radio-frequency spectrum analyser meets at its input."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class RfPort(Protocol):
    """A signal into 50 ohm. Times are run time in s."""

    def density(self, frequency: Array, t: float) -> Array:
        """Spectral power density in W/Hz at each `frequency` in Hz, shape (n,)."""
        ...

    def carriers(self, t: float) -> tuple[tuple[float, float], ...]:
        """Frequency in Hz and power in W of lines that are narrower than any filter."""
        ...
