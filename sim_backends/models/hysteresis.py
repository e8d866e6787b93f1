"""Hysteresis of a perovskite cell: mobile ions follow the terminal voltage.

The ions' state is the voltage q at which they are at rest; it relaxes towards the applied voltage
with time constant tau. While they lag behind, their field helps (q > V) or hinders (q < V)
collecting the photocurrent. At rest q = V, so the steady state is the plain diode's, forward and
reverse sweep differ around it, and a slow sweep shows less. A one-state reduction of Richardson
et al., Energy Environ. Sci. 9 (2016) 1476, and Courtier et al., ibid. 12 (2019) 396.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, tanh


@dataclass(frozen=True, slots=True)
class Hysteresis:
    """`amplitude`: largest relative change of the photocurrent (0: none, below 1); `scale` in V:
    lag at which the change levels off; `tau` in s."""

    amplitude: float = 0.0
    scale: float = 1.0
    tau: float = 1.0


def relax(ions: float, applied: float, dt: float, tau: float) -> float:
    """Ion state in V after `dt` s at `applied` V, from `ions` V; exact for constant voltage."""
    return applied + (ions - applied) * exp(-dt / tau)


def collection(law: Hysteresis, ions: float, applied: float) -> float:
    """Factor on the photocurrent at `applied` V while the ions rest at `ions` V."""
    return 1.0 + law.amplitude * tanh((ions - applied) / law.scale)
