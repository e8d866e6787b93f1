"""A lab whose meter has a calibration certificate, for tests of what is made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from labctl.calibration import Certificate
from labctl.labs import OpenBench
from tests.labctl.fakelab import FakeLab, OhmBench

YEAR = {"calibrated": "2025-06-01", "due": "2026-05-31"}
"""Dates round the begin of virtual time."""


def certificate(**more: Any) -> Certificate:
    return Certificate(**{"number": "K-17", "laboratory": "NIM", "serial": "SIM-7", **YEAR, **more})


@dataclass
class CertifiedLab(FakeLab):
    """As `FakeLab`, its bench stating `stated` for the meter."""

    stated: Certificate | None = None
    role: str = "meter"

    async def open(self, *args: Any, **more: Any) -> OpenBench:
        bench = await super().open(*args, **more)
        assert isinstance(bench, OhmBench)
        known = {} if self.stated is None else {self.role: self.stated}
        return replace(bench, certificates=known)
