"""An exposure for a set time: what was spent outside a condition's band is made up for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from labctl.run import Run

ROUNDS = 3
"""How often time is made up for; a bench that loses it again and again is not in order."""

MOST = 0.02
"""Part of the exposure beyond which nothing is made up for: the test is invalid anyhow."""


async def expose(
    run: Run,
    name: str,
    seconds: float,
    every: float,
    look: Callable[[float], Awaitable[None]],
    held: Callable[[], float],
    until: float,
) -> None:
    """Expose for `seconds` in s, with `look` each `every` s, as `labctl.run.Run.soak`.

    `held()` tells for how many seconds of it so far every condition was held. What is missing is
    run on, since an excursion is no exposure. An exposure done before a resume is not looked at.
    """
    looked = False

    async def looking(elapsed: float) -> None:
        nonlocal looked
        looked = True
        await look(elapsed)

    await run.soak(name, seconds, every, looking, until=until)
    for number in range(1, ROUNDS + 1):
        missing = seconds - held() if looked else 0.0
        if not 0.0 < missing <= MOST * seconds:
            return
        await run.soak(f"{name}/made-up-{number}", missing, every, look, until=until)
