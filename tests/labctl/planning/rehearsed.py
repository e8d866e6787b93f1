"""A lab of a resistance meter that can be rehearsed, for tests of planning."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from labctl.agreement import default
from labctl.discovery import Bound
from labctl.indicator import Indicator
from labctl.labs import LABCTL_API, Lab
from labctl.planning.document import RunPlan
from labctl.planning.make import PlanRequest, make_plan
from labctl.procedure import Procedure
from labctl.rehearsing import Certificate, Rehearsal
from labctl.sample import Sample
from tests.labctl.fakelab import ADDRESS, INDICATOR, FakeLab, OhmRig, measure


@dataclass
class RehearsedLab:
    """A bench that is rehearsed as the fields say; `asked` keeps what was to be rehearsed."""

    lab: FakeLab = field(default_factory=FakeLab)
    procedure: Any = measure
    fields: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[Path | None, type, Sample | None]] = field(default_factory=list)

    def rehearse(self, bench: Path | None, rig: type, sheet: Sample | None = None) -> Rehearsal:
        self.asked.append((bench, rig, sheet))
        known = {"real": True, "addresses": {"meter": "visa://GPIB::7"}, **self.fields}
        return Rehearsal("ohm", Path("ohm.toml"), "0" * 64, open=self.lab.open, **known)

    def resolve(self, indicator: Indicator) -> Bound:
        lab = Lab("fake", LABCTL_API, {}, self.lab.open, rehearse=self.rehearse)
        return Bound(Procedure(self.procedure, (indicator.id,), OhmRig), lab)

    def plan(self, *items: Indicator, **changes: Any) -> RunPlan:
        fields = {"agreement": default(), "rehearsals": 1, **changes}
        request = PlanRequest(("1.1",), items or (INDICATOR,), **fields)
        return make_plan(request, self.resolve)


def due(day: date) -> dict[str, Any]:
    """Fields of a rehearsal whose meter is calibrated until `day`."""
    return {"certificates": (Certificate("meter", "C-1", None, day),)}


__all__ = ["ADDRESS", "INDICATOR", "RehearsedLab", "due"]
