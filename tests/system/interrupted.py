"""A run to be interrupted from outside: `python -m tests.system.interrupted RUNS MOMENT`.

It prints one line when the moment has come, and ends as the command line does.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from labctl import clock
from labctl.discovery import Bound
from labctl.engine import execute
from labctl.evidence import Evidence, Figure
from labctl.indicator import Indicator
from labctl.run import Run
from tests.labctl.fakelab import FakeLab, OhmRig, fault, request

Procedure = Callable[[Run, OhmRig], Awaitable[Evidence]]

HOURS = 1000.0
FOREVER = 1e9


def now() -> None:
    print("now", flush=True)


async def virtual_soak(run: Run, rig: OhmRig) -> Evidence:
    """Busy in virtual time, with a reading a minute for ever."""

    async def minute(elapsed: float) -> None:
        await run.record("resistance", await rig.meter.read())
        if elapsed == 600.0:
            now()

    await run.soak("for-ever", 1e12, 60.0, minute)
    raise AssertionError


async def waiting(run: Run, rig: OhmRig) -> Evidence:
    """Waits in real time."""
    await run.record("resistance", await rig.meter.read())
    now()
    await clock.sleep(FOREVER)
    raise AssertionError


async def in_step(run: Run, rig: OhmRig) -> Evidence:
    """Steps without end in real time."""

    async def step() -> float:
        await run.record("resistance", await rig.meter.read())
        return 1.0

    for index in range(10**9):
        await run.step(f"step-{index}", step, float)
        if index == 20:
            now()
    raise AssertionError


async def computing(run: Run, rig: OhmRig) -> Evidence:
    """Computes without letting the loop breathe."""
    await run.record("resistance", await rig.meter.read())
    now()
    total = 0
    while total >= 0:
        total += 1
    raise AssertionError


async def deaf(run: Run, rig: OhmRig) -> Evidence:
    """Swallows its cancellation, as a procedure must not, and computes on."""
    await run.record("resistance", await rig.meter.read())
    now()
    try:
        await clock.sleep(FOREVER)
    except asyncio.CancelledError:
        return await computing(run, rig)
    raise AssertionError


async def turns_it_into_an_error(run: Run, rig: OhmRig) -> Evidence:
    """Ends its cancellation with an error of its own, as a procedure must not."""
    await run.record("resistance", await rig.meter.read())
    now()
    try:
        await clock.sleep(FOREVER)
    except asyncio.CancelledError:
        raise fault() from None
    raise AssertionError


async def short(run: Run, rig: OhmRig) -> Evidence:
    """One of many short items."""
    await run.record("resistance", await rig.meter.read())
    await run.step("a", lambda: clock.sleep(1.0), type(None))
    return run.evidence({"resistance": Figure(120.0, "ohm")}, how="")


class SlowToOpen(FakeLab):
    """A lab whose bench takes long to open."""

    async def open(self, *args: object, **options: object):  # type: ignore[override]
        now()
        await clock.sleep(FOREVER)


class SlowRig(OhmRig):
    """A rig that takes half a second to become safe, and says when it begins and ends."""

    async def safe(self) -> None:
        now()
        await clock.sleep(0.5)
        Path(sys.argv[1], "safe").write_text("safe", encoding="utf-8")


class SlowToSafe(FakeLab):
    """A lab whose rig is a `SlowRig`."""

    async def open(self, bench: Path | None, **options: object):  # type: ignore[override]
        return await super().open(bench, **{**options, "rig": SlowRig})  # type: ignore[arg-type]


MOMENTS: dict[str, tuple[type[FakeLab], Procedure, bool]] = {
    "virtual-soak": (FakeLab, virtual_soak, True),
    "waiting": (FakeLab, waiting, False),
    "in-step": (FakeLab, in_step, False),
    "computing": (FakeLab, computing, False),
    "computing-virtual": (FakeLab, computing, True),
    "deaf": (FakeLab, deaf, False),
    "opening": (SlowToOpen, short, False),
    "turned": (FakeLab, turns_it_into_an_error, False),
    "making-safe": (SlowToSafe, short, False),
    "many": (FakeLab, short, True),
}


def main() -> int:
    runs, moment = Path(sys.argv[1]), sys.argv[2]
    lab_class, procedure, virtual = MOMENTS[moment]
    lab = lab_class()
    told: list[str] = []

    def resolve(indicator: Indicator) -> Bound:
        # Before the engine handles signals, Python itself may lose one in a destructor.
        if moment == "many" and not told:
            told.append("now")
            now()
        return lab.bound(procedure)

    try:
        outcome = execute(
            request(runs, items=2000 if moment in ("many", "turned") else 1, virtual=virtual),
            resolve,
        )
    except KeyboardInterrupt:
        return 130
    return 130 if outcome.interrupted else 0


if __name__ == "__main__":
    sys.exit(main())
