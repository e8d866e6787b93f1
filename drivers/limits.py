"""Limits: what an instrument can do, and what its bench allows it."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Mapping

from labctl.errors import LimitRefused

BenchLimits = Mapping[str, float]
"""The bench file's limits by name, in the unit that the driver's `limit_units` states."""


def refuse_outside(
    what: str, value: float, low: float, high: float, unit: str, *, address: str, command: str
) -> None:
    """`LimitRefused` where `value` is not a number from `low` to `high` (all in `unit`)."""
    if math.isfinite(value) and low <= value <= high:
        return
    raise LimitRefused(
        f"{what} {value:g} {unit} is outside {low:g}..{high:g} {unit}",
        address=address,
        command=command,
        remedy="ask for a value inside; an engineer may change the bench file's limits",
    )


def refuse_power(
    limits: BenchLimits, voltage: float, current: float, *, address: str, command: str
) -> None:
    """`LimitRefused` where `voltage` in V at `current` in A is beyond the bench's `power` in W.

    One of the two is what is set, the other the most that can come with it.
    """
    watts = abs(voltage * current)
    most = limits.get("power", math.inf)
    refuse_outside("power", watts, 0.0, most, "W", address=address, command=command)


def refuse_beyond(
    limits: BenchLimits, name: str, value: float, unit: str, *, address: str, command: str
) -> None:
    """`LimitRefused` where `value` is beyond the bench's limits on `name`, all in `unit`.

    They are `<name>` on its magnitude, `<name>_min` and `<name>_max`. It is asked before the
    instrument is, whose own limits may have to be read first.
    """
    most = limits.get(name, math.inf)
    low = max(-most, limits.get(f"{name}_min", -math.inf))
    high = min(most, limits.get(f"{name}_max", math.inf))
    refuse_outside(name, value, low, high, unit, address=address, command=command)


async def refuse_set_power(
    limits: BenchLimits,
    given: Mapping[str, float],
    read: Callable[[str], Awaitable[float]],
    *,
    address: str,
    command: str,
) -> None:
    """As `refuse_power` for set `voltage` in V and `current` in A of a supply.

    Those that are not `given` are read from the supply, if the bench limits its power at all.
    """
    if "power" in limits:
        volts, amps = [
            given[what] if what in given else await read(what) for what in ("voltage", "current")
        ]
        refuse_power(limits, volts, amps, address=address, command=command)
