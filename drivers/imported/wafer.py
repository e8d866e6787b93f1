"""Places on a wafer, turned so that its notch points to -y."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.imported.source import Refused

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def notch_down(
    x: NDArray[np.float64], y: NDArray[np.float64], orientation: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Places from the wafer's centre, in the unit given, shape (n,) each.

    The turn brings the notch from where it points to -y. `Refused` where that is not said.
    """
    match orientation.lower():
        case "down":
            return x, y
        case "left":
            return -y, x
        case "up":
            return -x, -y
        case "right":
            return y, -x
    raise Refused(f"does not say where its notch points: {orientation!r}")
