"""`labctl run` to be interrupted: `python -m tests.system.photovoltaic_interrupted RUNS MOMENT`.

It prints one line when the moment has come. Nothing of the command line itself is changed.
"""

from __future__ import annotations

import asyncio
import math
import sys
from collections.abc import Callable
from typing import Any

from labctl.cli.main import main
from procedures.methods.photovoltaics import iv_reduction, light
from rigs import opening

SOAKING = 100
"""Readings of the exposure after which the moment has come."""


def now() -> None:
    print("now", flush=True)


def while_opening() -> str:
    """In the midst of identifying the instruments, which then takes for ever."""

    async def identified(bench: Any, drivers: Any) -> None:
        now()
        while True:
            await asyncio.sleep(0)

    opening.identified = identified
    return "1.1-03"


def while_soaking() -> str:
    """In the thousand hours of light."""
    relevelled, seen = light.relevelled, [0]

    async def counted(*arguments: Any) -> Any:
        seen[0] += 1
        if seen[0] == SOAKING:
            now()
        return await relevelled(*arguments)

    light.relevelled = counted
    return "1.1-04"


def while_reducing() -> str:
    """In a reduction that computes for long without letting the loop breathe."""
    power = iv_reduction.sweep_power

    def slow(*arguments: Any) -> Any:
        now()
        total = sum(math.sin(number) for number in range(10**9))
        return power(*arguments) + total

    iv_reduction.sweep_power = slow
    return "1.1-03"


MOMENTS: dict[str, Callable[[], str]] = {
    "opening": while_opening,
    "soak": while_soaking,
    "reduction": while_reducing,
}


if __name__ == "__main__":
    sys.exit(main(["run", MOMENTS[sys.argv[2]](), "--runs", sys.argv[1], "--json"]))
