"""Commanding active power by model 704, inside what the store and the bench allow."""

from __future__ import annotations

from drivers.codecs import sunspec
from drivers.limits import BenchLimits, refuse_outside
from drivers.sunspec._map import SunSpecMap
from drivers.sunspec._values import Values

CONTROL = 704
WATTS, ENABLED = 1, 1


def power_range(
    device: SunSpecMap,
    battery: Values | None,
    capacity: Values | None,
    limits: BenchLimits,
    power: float,
) -> None:
    """`LimitRefused` where `power` in W is beyond the bench's limits or what models 802, 702 say.

    A rate of 802 or 702 and a current of 802 at its present voltage each bound it; a model that is
    None, or a point that is not implemented, does not.
    """
    charge = [limits[name] for name in ("charge_power",) if name in limits]
    discharge = [limits[name] for name in ("discharge_power",) if name in limits]
    for values in (battery, capacity):
        if values is not None:
            charge += _rates(values, "WChaRteMax", "AChaMax")
            discharge += _rates(values, "WDisChaRteMax", "ADisChaMax")
    refuse_outside(
        "power",
        power,
        -min(charge, default=float("inf")),
        min(discharge, default=float("inf")),
        "W",
        address=device.address,
        command=f"model {CONTROL} WSet = {power:g}",
    )


async def command_power(device: SunSpecMap, power: float) -> None:
    """`power` in W, positive out of the store, as the active set point; each step read back.

    The set point is written before it is enabled, so that no older one comes into force. It is
    rounded to the device's step towards 0.
    """
    control = await device.values(CONTROL)
    factor = control.factor("WSet")
    if factor is None:
        raise device.missing(control, "WSet")
    raw = sunspec.unscaled(power, factor)
    if abs(sunspec.scaled(raw, factor)) > abs(power):
        raw -= 1 if raw > 0 else -1
    await device.write(control, "WSet", raw)
    await device.write(control, "WSetMod", WATTS)
    await device.write(control, "WSetEna", ENABLED)


def _rates(values: Values, rate: str, current: str) -> list[float]:
    """Powers in W that bound one direction, by the points of one model."""
    found: list[float] = []
    if isinstance(watts := values.value(rate), int | float):
        found.append(float(watts))
    amperes, volts = values.value(current), values.value("V")
    if isinstance(amperes, int | float) and isinstance(volts, int | float):
        found.append(float(amperes) * float(volts))
    return found
