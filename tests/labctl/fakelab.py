"""A lab for tests of the core: one rig with one resistance meter, no line, no simulation."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from labctl import clock
from labctl.agreement import default
from labctl.calibration import Certificate
from labctl.discovery import Bound
from labctl.engine import Progress, RunRequest
from labctl.errors import InstrumentError, LabError
from labctl.evidence import Accuracy, Evidence, Figure, Identity, Instrument, Reading, Spread
from labctl.indicator import Condition, Criterion, Indicator
from labctl.interlocks import Watch
from labctl.labs import LABCTL_API, Lab, OpenBench, SampleRequest
from labctl.procedure import Procedure
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.sample import Sample
from labctl.watchdogs import Watchdog

ADDRESS = "fake://meter"
SHEET = Accuracy("resistance", 1000.0, "ohm", 1e-4, 1e-3, "data sheet, p. 3", noise=0.001)

INDICATOR = Indicator(
    id="1.1-90",
    direction="1.1",
    name_en="resistance of the resistor",
    name_zh="电阻",
    evidence="measured",
    criteria=(Criterion(quantity="resistance", op=">=", value=100.0, unit="ohm"),),
    conditions=(
        Condition(quantity="duration", value=1.0, unit="h"),
        Condition(aspect="medium", text="air"),
    ),
    method="resistance",
    dut="resistor",
    nominal={"resistance": 120.0},
    failing={"resistance": 80.0},
)


@dataclass
class Meter:
    """A resistance meter that reads `truth` ohm; `fault` is raised after `good` readings."""

    truth: float
    fault: Exception | None = None
    good: int = 3
    count: int = 0

    async def read(self) -> Reading:
        await clock.sleep(0.01)
        self.count += 1
        if self.fault is not None and self.count > self.good:
            raise self.fault
        return Reading(self.truth, "ohm", *clock.stamp(), ADDRESS, "SIM-7", SHEET)


@dataclass
class OhmRig:
    """The rig; `unsafe` is raised by `safe()`, `events` tells what happened to it."""

    meter: Meter
    unsafe: LabError | None = None
    events: list[str] = field(default_factory=list)
    name: str = "ohm"

    async def hold(self) -> None:
        await clock.sleep(0.01)
        self.events.append("hold")

    async def safe(self) -> None:
        await clock.sleep(0.01)
        self.events.append("safe")
        if self.unsafe is not None:
            raise self.unsafe


@dataclass
class OhmBench:
    """An open bench."""

    rig: OhmRig
    sample: Sample | None
    simulated: bool = True
    serial: str = "SIM-7"
    bench_name: str = "ohm"
    bench_text: str = 'name = "ohm"\n'
    watches: Sequence[Watch] = ()
    watchdogs: Sequence[Watchdog] = ()
    certificates: Mapping[str, Certificate] = field(default_factory=dict[str, Certificate])
    ambient: tuple[float, float] | None = None
    distributions: Mapping[str, Spread] = field(default_factory=dict[str, Spread])
    scan_sample: bool = False
    done: list[tuple[str, Any]] = field(default_factory=list[tuple[str, Any]])

    @property
    def bench_sha256(self) -> str:
        return hashlib.sha256(self.bench_text.encode()).hexdigest()

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        identity = Identity("Fake", "R1", self.serial)
        return (Instrument("meter", "fake.r1", ADDRESS, identity),)

    @property
    def contributions(self) -> Mapping[str, Quantity]:
        return {"contact": Quantity(0.0, "dimensionless", 1e-4)}

    def snapshot(self) -> bytes | None:
        return str(self.rig.meter.count).encode() if self.simulated else None

    def restore(self, state: bytes, *, drivers: bool) -> None:
        self.rig.meter.count = int(state)
        self.rig.events.append("restored")

    def acted(self, prompt: str, value: Any) -> None:
        self.done.append((prompt, value))

    async def hold(self) -> None:
        await self.rig.hold()

    async def close(self) -> None:
        self.rig.events.append("closed")


@dataclass
class FakeLab:
    """Opens benches as told, and keeps the rigs it opened."""

    fault: Exception | None = None
    unsafe: LabError | None = None
    simulated: bool = True
    serial: str = "SIM-7"
    bench_text: str = 'name = "ohm"\n'
    aspects: Mapping[str, str] = field(default_factory=lambda: {"medium": "air"})
    rigs: list[OhmRig] = field(default_factory=list)
    asked: list[SampleRequest | None] = field(default_factory=list)

    async def open(
        self,
        bench: Path | None,
        *,
        rig: type,
        sample: SampleRequest | None,
        seed: int,
        trace: Path | None = None,
        offline: bool = False,
    ) -> OpenBench:
        self.asked.append(sample)
        truth = 120.0 if sample is None else float(sample.truth["resistance"])  # type: ignore[arg-type]
        self.rigs.append(rig(Meter(truth, self.fault), self.unsafe))
        sheet = Sample("R-1", "resistor", aspects=dict(self.aspects))
        in_place = sheet if self.simulated else None
        return OhmBench(
            self.rigs[-1], in_place, self.simulated, self.serial, bench_text=self.bench_text
        )

    def bound(self, function: object) -> Bound:
        procedure = Procedure(function, (INDICATOR.id,), OhmRig)  # type: ignore[arg-type]
        return Bound(procedure, Lab("fake", LABCTL_API, {}, self.open))


async def measure(run: Run, rig: OhmRig) -> Evidence:
    """Ten readings, then an hour with a reading a minute, and their mean."""

    async def burst() -> list[float]:
        readings = [await rig.meter.read() for _ in range(10)]
        await run.record("burst/resistance", *readings)
        return [reading.value for reading in readings]

    async def minute(elapsed: float) -> None:
        await run.record("soak/resistance", await rig.meter.read())

    values = await run.step("burst", burst, list[float])
    hour = run.set_point("duration", "s")
    await run.soak("hour", hour, 60.0, minute)
    run.observe(observed_duration(hour))
    await run.attach("values.txt", repr(values).encode(), "text/plain")
    mean = sum(values) / len(values)
    figure = Figure(mean, "ohm", 0.01, mean - 0.02, mean + 0.02)
    return run.evidence({"resistance": figure}, how="mean of ten readings")


def observed_duration(seconds: float):
    from labctl.evidence import Observed

    hours = seconds / 3600
    return Observed("duration", hours, "h", low=hours, high=hours)


def request(runs: Path, *, items: int = 1, **changes: object) -> RunRequest:
    """A request for `items` copies of the indicator, in virtual time."""
    import msgspec

    copies = tuple(
        msgspec.structs.replace(INDICATOR, id=f"1.1-{90 + index}") for index in range(items)
    )
    fields: dict[str, object] = {"targets": ("1.1",), "items": copies, "agreement": default()}
    return RunRequest(**{**fields, "runs": runs, **changes})  # type: ignore[arg-type]


def fault() -> InstrumentError:
    return InstrumentError("overload", address=ADDRESS, command="READ?", answer="+9.9E37")


class Watcher:
    """Keeps the progress it was told."""

    def __init__(self) -> None:
        self.seen: list[Progress] = []

    def __call__(self, progress: Progress) -> None:
        self.seen.append(progress)
