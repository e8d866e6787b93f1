"""Role: network tester."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from drivers.roles.arrays import ReadingArray
from drivers.roles.digital_tester import DigitalTester
from labctl.evidence import Reading


@dataclass(frozen=True, eq=False)
class TrafficResult:
    """Of one timed window: `sent` and `received` frames (dimensionless), `throughput` in bit/s of
    frames received in order, `latency` of each kept frame in s, shape (n,), and `window` in s."""

    sent: Reading
    received: Reading
    throughput: Reading
    latency: ReadingArray
    window: Reading


class NetworkTester(DigitalTester, Protocol):
    """Sends and receives traffic on numbered ports from 1 (RFC 2544, RFC 2889).

    A rate or size beyond its ports' is `LimitRefused`; a port without link is `InstrumentError`.
    """

    async def set_frame_size(self, size: int) -> None:
        """Length of the frames in bytes, checksum counted."""
        ...

    async def set_load(self, port: int, rate: float) -> None:
        """Offered load in bit/s on `port`."""
        ...

    async def set_path(self, sender: int, receivers: Sequence[int]) -> None:
        """Ports that frames of `sender` are meant for; ports carry no unit."""
        ...

    async def run(self, duration: float) -> None:
        """Have sent for `duration` in s from now on; returns when it has started."""
        ...

    async def result(self, port: int) -> TrafficResult:
        """What `port` received in the last run, in bit/s and s."""
        ...

    async def links(self) -> Mapping[int, float]:
        """Ports with link and their line rate in bit/s."""
        ...
