"""The log of one channel of an MGW1 gateway, page by page, in order."""

from __future__ import annotations

import math
from dataclasses import dataclass

from drivers.codecs import mgw1
from drivers.mqtt._mgw1_talk import Gateway


@dataclass(frozen=True)
class Log:
    """Points of a channel in its `unit`, oldest first; `lost` are kept no more."""

    unit: str
    points: tuple[mgw1.Point, ...]
    lost: int

    def times(self) -> list[float]:
        """Times in s of the gateway's clock, Unix time."""
        return [mgw1.unix_time(point.time) for point in self.points]

    def values(self) -> list[float]:
        """Values in `unit`; nan where the sensor is broken or beyond its range."""
        return [
            math.nan if point.value is None or point.quality != "good" else point.value
            for point in self.points
        ]


async def read_log(gateway: Gateway, channel: str, since: float) -> Log:
    """Everything after `since` in s of the gateway's clock; `InstrumentError` out of order."""
    page = await gateway.ask("history", mgw1.History, channel=channel, since=mgw1.time_text(since))
    points, lost = list(_ordered(gateway, channel, page, 0)), page.lost
    while page.more and points:
        page = await gateway.ask("history", mgw1.History, channel=channel, after=points[-1].seq)
        points += _ordered(gateway, channel, page, points[-1].seq)
        lost += page.lost
    kept = [point for point in points if mgw1.unix_time(point.time) > since]
    return Log(page.unit, tuple(kept), lost)


def _ordered(
    gateway: Gateway, channel: str, page: mgw1.History, after: int
) -> tuple[mgw1.Point, ...]:
    """The page's points; `InstrumentError` where they are another channel's or out of order."""
    numbers = [after, *(point.seq for point in page.points)]
    if page.channel != channel:
        raise gateway.wrong("the log of another channel came", f"history {channel}", page.channel)
    if numbers != sorted(set(numbers)):
        raise gateway.wrong("the log is out of order", f"history {channel}", str(numbers[:20]))
    return page.points
