"""Settings of a DS1054Z that shape a record, frozen when it is taken."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sim_backends.emulators.rigol import ds1054z_specs as specs


@dataclass(frozen=True, slots=True)
class Vertical:
    """One channel: `scale` in V a division and `offset` in V at the probe's tip."""

    on: bool = False
    scale: float = 0.1
    offset: float = 0.0
    coupling: str = "DC"
    probe: float = 10.0
    inverted: bool = False
    limited: bool = False
    units: str = "VOLTage"
    fine: bool = False

    @property
    def increment(self) -> float:
        """V of one code of the converter."""
        return self.scale / specs.CODES_PER_DIVISION

    @property
    def origin(self) -> int:
        """Codes by which the offset moves zero."""
        return round(self.offset / self.increment)


@dataclass(frozen=True, slots=True)
class Trigger:
    """Edge trigger: source channel 1 to 4, slope, `level` in V, `holdoff` in s."""

    source: int = 1
    slope: str = "POSitive"
    level: float = 0.0
    holdoff: float = 16e-9


@dataclass(frozen=True, slots=True)
class Setup:
    """Time base in s a division, its `delay` in s, memory depth in points (0: AUTO), channels."""

    time_scale: float = 1e-6
    delay: float = 0.0
    depth_setting: int = 0
    channels: tuple[Vertical, ...] = field(
        default_factory=lambda: (Vertical(on=True), Vertical(), Vertical(), Vertical())
    )
    trigger: Trigger = field(default_factory=Trigger)

    @property
    def active(self) -> int:
        """How many channels are on, at least 1."""
        return max(sum(channel.on for channel in self.channels), 1)

    @property
    def screen(self) -> float:
        """Seconds on the screen."""
        return specs.DIVISIONS * self.time_scale

    @property
    def depth(self) -> int:
        """Points of memory in use."""
        if self.depth_setting:
            return self.depth_setting
        return max(specs.SCREEN_POINTS, min(round(self.screen * self._fastest), specs.AUTO_DEPTH))

    @property
    def _fastest(self) -> float:
        return specs.RATES[self.active]

    @property
    def rate(self) -> float:
        """Samples a second."""
        return min(self._fastest, self.depth / self.screen)

    @property
    def length(self) -> float:
        """Seconds of a record."""
        return self.depth / self.rate

    @property
    def before(self) -> float:
        """Seconds that are recorded before the trigger."""
        return max(self.length / 2.0 - self.delay, 0.0)

    @property
    def after(self) -> float:
        """Seconds from the trigger to the end of the record."""
        return max(self.length / 2.0 + self.delay, 0.0)

    def depths(self) -> tuple[int, ...]:
        """Memory depths that may be set with the channels that are on."""
        return tuple(specs.DEPTHS[self.active] * factor for factor in specs.DEPTH_FACTORS)

    def with_channel(self, number: int, channel: Vertical) -> Setup:
        """The same with another channel `number`; a depth that no longer fits becomes AUTO."""
        channels = tuple(
            channel if index == number else old for index, old in enumerate(self.channels, 1)
        )
        changed = replace(self, channels=channels)
        fits = not self.depth_setting or self.depth_setting in changed.depths()
        return changed if fits else replace(changed, depth_setting=0)
