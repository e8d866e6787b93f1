"""Averaging and correcting optical power on this side, for meters that cannot do it themselves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from msgspec import structs

from labctl import clock
from labctl.evidence import Accuracy

MOST_SAMPLES = 1000
MOST_LOSS = 60.0
"""Attenuation in dB that can be corrected, either way."""


@dataclass(frozen=True)
class OpticalSamples:
    """`count` readings make one value, which is corrected for a `loss` in dB before the head."""

    count: int = 1
    loss: float = 0.0

    @property
    def factor(self) -> float:
        """Power before the loss, per power at the head."""
        return 10 ** (self.loss / 10)

    async def mean(self, read: Callable[[], Awaitable[float]], period: float) -> float:
        """Mean of `count` powers in W that `read` gives, one each `period` in s, corrected."""
        total = await read()
        for _ in range(self.count - 1):
            await clock.sleep(period)
            total += await read()
        return self.factor * total / self.count

    def line(self, line: Accuracy) -> Accuracy:
        """The accuracy `line` of the meter, as that of the corrected power in W."""
        if self.loss == 0:
            return line
        return structs.replace(
            line,
            range=self.factor * line.range,
            offset=self.factor * line.offset,
            resolution=self.factor * line.resolution,
            noise=self.factor * line.noise,
        )
