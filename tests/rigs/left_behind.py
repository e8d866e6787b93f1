"""A simulated instrument as a process leaves it that dies in the middle of what it does.

The first driver drives the instrument; everything of it is torn out at some moment, and half a
command is left on the line. What comes then has never seen the instrument.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from drivers.links.opening import open_link
from drivers.links.settings import BytesSettings, MessageSettings
from drivers.registry import load_driver
from labctl import clock
from labctl.errors import LinkError
from rigs.opening import doors_of
from rigs.options import configured
from rigs.serving import alone
from tests.golden.transcripts import scenes
from tests.system.faulted import bench


def halves(role: str) -> list[bytes]:
    """The first half of each command that the golden file of the role's driver sends."""
    sent: dict[bytes, None] = {}
    model = bench().roles[role].driver
    for scene in scenes(model):
        for one in (one for one in scene.own if one.keys() & SENT):
            text = one.get("send", one.get("send_text"))
            data = bytes.fromhex(one["send_hex"]) if text is None else text.encode("latin-1")
            sent[data[: (len(data) + 1) // 2]] = None
    return [half for half in sent if half]


SENT = {"send", "send_text", "send_hex"}
"""Keys of an exchange that sends something on a line of text or of frames."""


async def nothing(driver: Any) -> None:
    """What a process does that only asks."""


@dataclass(frozen=True)
class Left:
    """`driven` for `seconds` (run time) and torn off.

    `asked` tells in the maker's words whether the instrument is safe, `seen` tells it by what it
    does.
    """

    driven: Callable[[Any], Awaitable[None]] = nothing
    seconds: float = 1.0
    asked: Callable[[Any], Awaitable[bool]] | None = None
    seen: Callable[[Any], Awaitable[bool]] | None = None


@dataclass(frozen=True)
class Found:
    """How long `resync` and `safe` took in s, and whether it was safe then: as asked, as seen."""

    took: float
    after: bool | None
    seen: bool | None


async def rescued(
    role: str, left: Left, *, part: float = 1.0, safe: bool = True, half: bytes | None = None
) -> Found:
    """Make the instrument of `role` on the bench `reference` safe by a driver that is new to it.

    It is torn off after `part` of its time; without `safe` it is only brought to a known line. What
    stands on the line is `half` of a command, or that of the first.
    """
    sim = alone(bench(), role, 1)
    sim.open(clock.now())
    driver: Any = configured(bench(), role, load_driver(bench().roles[role].driver))
    doors = doors_of(bench(), sim)
    try:
        await _die(replace(left, seconds=part * left.seconds), driver, sim.address(role), doors)
        link = await open_link(sim.address(role), doors, driver.settings)
        fresh = driver(link, {})
        if half is None:
            half = next(iter(halves(role)), b"")
        await _half_a_command(sim.address(role), doors, driver, half)
        began = clock.now()
        await fresh.resync()
        if safe:
            await fresh.safe()
        took = clock.now() - began
        after = None if left.asked is None else await left.asked(link)
        seen = None if left.seen is None else await left.seen(fresh)
        await link.close()
    finally:
        sim.close()
    return Found(took, after, seen)


class Dead:
    """The gate of a line whose process may be dead: then nothing is sent any more, also not by
    what cleans up behind a cancelled task."""

    def __init__(self) -> None:
        self.is_dead = False

    def __call__(self, address: str) -> None:
        """Refuse what a dead process cannot send."""
        if self.is_dead:
            raise LinkError("its process is dead", address=address)


async def _die(left: Left, driver: Any, address: str, doors: Any) -> None:
    dead = Dead()
    link = await open_link(address, doors, driver.settings, gate=dead)
    first = driver(link, {})
    await first.identify()
    standing = asyncio.all_tasks()
    doing = asyncio.ensure_future(left.driven(first))
    await asyncio.wait({doing}, timeout=left.seconds)
    if doing.done():
        doing.result()
    dead.is_dead = True
    torn = asyncio.all_tasks() - standing
    for task in torn:
        task.cancel()
    await asyncio.gather(*torn, return_exceptions=True)
    await link.close()


async def _half_a_command(address: str, doors: Any, driver: Any, half: bytes) -> None:
    """Leave the beginning of a command on the line, as a process does that dies in it."""
    settings = driver.settings
    if isinstance(settings, MessageSettings):
        settings = replace(settings, write_terminator="")
    if half and isinstance(settings, MessageSettings | BytesSettings):
        link: Any = await open_link(address, doors, settings)
        await link.write(half.decode("latin-1") if isinstance(settings, MessageSettings) else half)
        await link.close()
