"""A rig that takes fingerprints of what a test puts in, and a run on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from labctl import clock
from labctl.desk import LocalDesk, Notice, Take
from labctl.discovery import Bound
from labctl.engine import execute
from labctl.evidence import Evidence
from labctl.indicator import Indicator
from labctl.interlocks import Watch
from labctl.journal.reader import Reader
from labctl.labs import LABCTL_API, Lab
from labctl.orders import Continue
from labctl.procedure import Procedure
from labctl.quantity import Quantity
from labctl.requests import RunOutcome
from labctl.run import Run
from labctl.sample import Sample
from labctl.samples.fingerprint import Band, Bands, Fingerprint
from tests.labctl.fakelab import FakeLab, OhmBench, OhmRig, measure, request

OURS, STRANGER = 100.0, 130.0
"""Resistance in ohm of the item's sample, and of another one."""

BANDS = {"resistance": Bands(still=Band(-0.02, 0.02), aged=Band(-0.2, 0.1))}


@dataclass
class Place:
    """What lies in place: `ohms` now, and when fingerprints were `taken` of it."""

    ohms: float | None = OURS
    taken: list[float] = field(default_factory=list[float])


@dataclass
class FingerRig(OhmRig):
    """An `OhmRig` that tells its samples apart by their resistance."""

    place: Place = field(default_factory=Place)

    async def fingerprint(self, sample: Sample) -> Mapping[str, Quantity]:
        await clock.sleep(0.5)
        self.place.taken.append(clock.now())
        self.events.append("fingerprint")
        ohms = self.place.ohms
        return {} if ohms is None else {"resistance": Quantity(ohms, "ohm", 0.01)}

    def fingerprint_bands(self) -> Mapping[str, Bands]:
        return BANDS


@dataclass
class FingerLab(FakeLab):
    """Opens benches on which `place` lies; a real one where it is not `simulated`."""

    place: Place = field(default_factory=Place)
    scan: bool = False
    watches: Sequence[Watch] = ()

    async def open(self, bench: Path | None, **options: Any) -> OhmBench:  # type: ignore[override]
        opened = await super().open(bench, **{**options, "rig": FingerRig})
        assert isinstance(opened, OhmBench)
        assert isinstance(opened.rig, FingerRig)
        opened.rig.place, opened.scan_sample, opened.watches = self.place, self.scan, self.watches
        return opened

    def resolve(self, **more: Any) -> Callable[[Indicator], Bound]:
        """The usual measurement on this lab."""
        lab = Lab("fake", LABCTL_API, {}, self.open)  # type: ignore[arg-type]
        how = Procedure(more.pop("function", measure), ("1.1-90",), FingerRig, **more)
        return lambda indicator: Bound(how, lab)


def real(**more: Any) -> FingerLab:
    """A lab with a real bench."""
    return FingerLab(simulated=False, serial="4711", **more)


async def only_steps(run: Run, rig: OhmRig) -> Evidence:
    """Three steps, and no exposure."""

    async def read() -> float:
        reading = await rig.meter.read()
        await run.record("resistance", reading)
        return reading.value

    for number in range(3):
        await run.step(f"read-{number}", read, float)
    return run.evidence({}, how="")


@dataclass
class Person(LocalDesk):
    """Looks on; `after` each hold that waits for a person does `act` and lets the run go on."""

    act: Callable[[], None] | None = None
    notices: list[Notice] = field(default_factory=list[Notice])
    take: Take | None = None

    def tell(self, progress: object) -> None:
        """Nobody looks at progress."""

    def notice(self, notice: Notice) -> None:
        self.notices.append(notice)
        if "a person lets" in str(notice.text) and self.act is not None and self.take is not None:
            self.act()
            asyncio.get_running_loop().call_later(600.0, self.take, Continue("Li"))

    def attend(self, take: Take | None) -> None:
        self.take = take

    def told(self, kind: str) -> list[str]:
        """What it was told of `kind`."""
        return [str(one.text) for one in self.notices if one.kind == kind]


def ran(runs: Path, lab: FingerLab, sample: str = "C-17", **more: Any) -> RunOutcome:
    """A run of one item on what lies in the lab's place."""
    how = {name: more.pop(name) for name in ("function", "continues_aged") if name in more}
    return execute(request(runs, sample=sample, **more), lab.resolve(**how))


def fingerprints(outcome: RunOutcome, item: int = 1) -> list[Fingerprint]:
    """Those that an item's journal holds."""
    with Reader(outcome.path / "journal.db") as reader:
        return reader.fact(item, "fingerprint", list[Fingerprint]) or []
