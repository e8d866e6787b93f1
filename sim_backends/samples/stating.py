"""The sheet that comes with a simulated sample: what its maker states, with realistic errors.

Each stated value is drawn around the true one with the uncertainty it states, from a stream of
its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypedDict

from labctl.quantity import Quantity
from sim_backends.streams import stream


class SampleSheet(TypedDict):
    """Plain data of a sample: `properties` by name, `aspects` in words."""

    id: str
    kind: str
    lot: str
    properties: dict[str, Quantity]
    aspects: dict[str, str]


class Stated(NamedTuple):
    """A true `value` in `unit` and the `relative` standard uncertainty of stating it.

    With a `spread` the sheet states the usual value of such samples, exactly `value`, and that
    relative standard uncertainty: what differs from mounting to mounting, not from maker to truth.
    """

    value: float
    unit: str
    relative: float
    spread: float = 0.0


def state(
    stated: Mapping[str, Stated], kind: str, aspects: Mapping[str, str], seed: int, name: str
) -> SampleSheet:
    """The sheet of a sample of `kind`; `name` keys the streams beside `seed`."""
    number = int(stream(seed, "sample id", name).integers(1 << 32))
    return SampleSheet(
        id=f"SIM-{number:08X}",
        kind=kind,
        lot=f"SIM-L{number % 997:03d}",
        properties={key: _drawn(true, seed, name, key) for key, true in stated.items()},
        aspects=dict(aspects),
    )


def _drawn(true: Stated, seed: int, name: str, key: str) -> Quantity:
    error = true.relative * float(stream(seed, "sample sheet", name, key).standard_normal())
    u = abs(true.value) * (true.relative or true.spread)
    return Quantity(true.value * (1.0 + error), true.unit, u)
