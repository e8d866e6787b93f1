"""An exposure for a set time: what was spent outside a condition's band is made up for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from labctl.run import Run

T = TypeVar("T")

READINGS = 1000
"""Readings of light and temperature in an exposure of middle length."""

SHORTEST, LONGEST = 600.0, 3600.0
"""Seconds between two readings at least and at most. Lamp and chuck are regulated by themselves and
drift over hours; an excursion that lasts an hour is less than what spoils 1,000 h."""

ROUNDS = 3
"""How often time is made up for; a bench that loses it again and again is not in order."""

MOST = 0.02
"""Part of the exposure beyond which nothing is made up for: the test is invalid anyhow."""


def interval(seconds: float) -> float:
    """Seconds between two readings in an exposure of `seconds` in s."""
    return min(max(seconds / READINGS, SHORTEST), LONGEST)


async def expose(
    run: Run,
    name: str,
    seconds: float,
    every: float,
    look: Callable[[float, T | None], Awaitable[T]],
    result: type[T],
    held: Callable[[list[T]], float],
    until: float,
) -> list[T]:
    """Expose for `seconds` in s, with `look` each `every` s, as `labctl.run.Run.log`.

    `held` tells for how many seconds of the points so far every condition was held. What is
    missing is run on, since an excursion is no exposure.
    """
    points = await run.log(name, seconds, every, look, result, until)
    for number in range(1, ROUNDS + 1):
        missing = seconds - held(points)
        if not 0.0 < missing <= MOST * seconds:
            break
        last = points[-1]

        async def go_on(elapsed: float, before: T | None, last: T = last) -> T:
            return await look(elapsed, last if before is None else before)

        more = f"{name}/made-up-{number}"
        points = [*points, *await run.log(more, missing, every, go_on, result, until)]
    return points
