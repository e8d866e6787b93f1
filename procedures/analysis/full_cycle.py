"""Energy into and out of a store over one full cycle, from sums of a meter at its terminals. Pure.

A meter that sums up both ways is read within the rests after charge and discharge, not at their
ends. What the auxiliaries draw between an end and its reading is steady, and taken out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from labctl.uncertainty import Draws


@dataclass(frozen=True)
class Times:
    """Of a cycle in s: how long `charge` and `discharge` took and each `rest` after them lasts, and
    when the sums were read, since its begin: `at_charged` in the first rest, `at_cycled` in the
    second."""

    charge: float
    discharge: float
    rest: float
    at_charged: float
    at_cycled: float

    @property
    def resting(self) -> float:
        """Seconds at rest between the two readings."""
        before = self.charge + self.rest - self.at_charged
        after = self.at_cycled - (self.charge + self.rest + self.discharge)
        return before + after


class Flows(NamedTuple):
    """`taken`: energy from begin to end of the cycle but for its discharge, the rests and what the
    auxiliaries draw in them included; `delivered`: energy of the discharge, less what they draw.

    Both positive, shape (rows,), in the unit of the sums.
    """

    taken: Draws
    delivered: Draws


def flows(charged: Draws, cycled: Draws, idle: Draws, times: Times) -> Flows:
    """Energies of a cycle whose meter summed up `charged` and then `cycled` (positive into the
    store, J), with the power `idle` in W at rest; all of shape (rows,)."""
    delivered = charged + idle * times.resting - cycled
    left = times.charge + 2.0 * times.rest - times.at_charged
    return Flows(charged + idle * left, delivered)
