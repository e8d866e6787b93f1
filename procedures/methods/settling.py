"""Waiting until a reading stands still in a band."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Reading


@dataclass(frozen=True)
class Settling:
    """When a reading counts as settled: within +-`band` (its unit) of the target for `hold` s.

    It is read every `every` s and given up after `timeout` s.
    """

    band: float
    hold: float
    every: float
    timeout: float


async def settled(
    read: Callable[[], Awaitable[Reading]], target: float, rule: Settling, what: str
) -> list[Reading]:
    """The readings of the last `rule.hold` s, all within the band round `target`.

    `InstrumentError` names `what` did not settle, with the last reading.
    """
    begin = clock.now()
    inside: list[Reading] = []
    while True:
        reading = await read()
        inside = [*inside, reading] if abs(reading.value - target) <= rule.band else []
        if inside and inside[-1].t - inside[0].t >= rule.hold:
            return inside
        if clock.now() - begin > rule.timeout:
            raise InstrumentError(
                f"{what} did not settle at {target:g} {reading.unit} within {rule.timeout:g} s",
                address=reading.address,
                answer=f"{reading.value:g} {reading.unit}",
                remedy=f"it must stay within {rule.band:g} {reading.unit} for {rule.hold:g} s",
            )
        await clock.sleep(rule.every)
