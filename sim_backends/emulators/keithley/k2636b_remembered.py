"""Settings that are kept and read back but change nothing that is modelled."""

from __future__ import annotations

from sim_backends.emulators.keithley.tsp.attributes import Attributes
from sim_backends.emulators.keithley.tsp.values import Attribute


def remembered(make: Attributes, start: float = 0.0) -> Attribute:
    """A number that is kept, `start` at first."""
    kept = [start]

    def put(value: float) -> None:
        kept[0] = value

    return make.number(lambda: kept[0], put, -1e9, 1e9)
