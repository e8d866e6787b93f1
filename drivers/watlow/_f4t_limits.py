"""What a bench allows the chamber behind an F4T, beside what the controller allows itself."""

from __future__ import annotations

from drivers.limits import BenchLimits, refuse_beyond
from drivers.watlow._f4t_talk import F4T
from labctl.errors import LimitRefused

QUANTITIES = {1: ("temperature", "degC"), 2: ("humidity", "%")}
"""What the loops hold that a bench may limit."""


async def own_limits(talk: F4T, loop: int) -> tuple[float, float]:
    """Lowest and highest set point in degC or % that the controller itself takes."""
    return await talk.number(f"low_{loop}"), await talk.number(f"high_{loop}")


def refuse_set_point(limits: BenchLimits, loop: int, value: float, address: str) -> None:
    """`LimitRefused` for a set point in degC or % beyond the bench's limits."""
    what, unit = QUANTITIES[loop]
    command = f"set point of loop {loop}"
    refuse_beyond(limits, what, value, unit, address=address, command=command)


async def refuse_profile(talk: F4T, loops: int, limits: BenchLimits, address: str) -> None:
    """`LimitRefused` where a profile, whose steps are not read, could leave the bench's limits.

    It cannot where the controller's own set point limits lie inside them.
    """
    for loop, (what, _) in QUANTITIES.items():
        limited = not {f"{what}_min", f"{what}_max"}.isdisjoint(limits)
        if limited and loop <= loops:
            for end in await own_limits(talk, loop):
                refuse_set_point(limits, loop, end, address)


def refuse_any_rate(limits: BenchLimits, address: str) -> None:
    """`LimitRefused` for changes as fast as the chamber can where the bench limits their rate."""
    if "rate_max" in limits:
        raise LimitRefused(
            f"the bench allows {limits['rate_max']:g} K/s and no rate was given",
            address=address,
            command="write 2798",
            remedy="set a rate inside the bench's limit",
        )
