"""Settings of the 2450 with their values after `*RST` (2450-901-01 Rev. B, section 6)."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim_backends.emulators.accuracy import noise_factor
from sim_backends.emulators.keithley.k2450_specs import NOISE_BY_NPLC, SOURCE_DELAY


@dataclass(slots=True)
class SourceSettings:
    """One source function: level and limit in V and A (or A and V), range by index."""

    limit: float
    range_index: int
    level: float = 0.0
    auto_range: bool = True
    readback: bool = True
    auto_delay: bool = True
    delay: float = 0.0
    off_mode: str = "NORMal"
    high_capacitance: bool = False

    def settling(self, current_range: int, sources_current: bool) -> float:
        """Source delay in s on the current range with this index."""
        if not self.auto_delay:
            return self.delay
        if sources_current and current_range == len(SOURCE_DELAY) - 1:
            return 2e-3
        return SOURCE_DELAY[current_range]


@dataclass(slots=True)
class Averaging:
    """The digital filter of one measuring function."""

    on: bool = False
    count: int = 10
    kind: str = "REPeat"


@dataclass(slots=True)
class SenseSettings:
    """One measuring function."""

    range_value: float
    auto_range: bool = True
    nplc: float = 1.0
    remote_sense: bool = False
    auto_zero: bool = True
    offset_compensated: bool = False
    relative: float = 0.0
    relative_on: bool = False
    averaging: Averaging = field(default_factory=Averaging)
    noise: float = 1.0

    def integrate(self, nplc: float) -> None:
        """Set the integration time in power line cycles, and with it the noise."""
        self.nplc = nplc
        self.noise = noise_factor(nplc, NOISE_BY_NPLC)


@dataclass(slots=True)
class Settings:
    """All settings that `*RST` takes back."""

    source_function: str = "VOLTage"
    sense_function: str = "CURRent"
    output: bool = False
    protection: float | None = None
    source: dict[str, SourceSettings] = field(
        default_factory=lambda: {
            "VOLTage": SourceSettings(limit=105e-6, range_index=0),
            "CURRent": SourceSettings(limit=21.0, range_index=0),
        }
    )
    sense: dict[str, SenseSettings] = field(
        default_factory=lambda: {
            "VOLTage": SenseSettings(20.0),
            "CURRent": SenseSettings(1e-4),
            "RESistance": SenseSettings(2e5),
        }
    )

    @property
    def active(self) -> SourceSettings:
        """Settings of the source function in use."""
        return self.source[self.source_function]

    @property
    def measuring(self) -> SenseSettings:
        """Settings of the measuring function in use."""
        return self.sense[self.sense_function]
