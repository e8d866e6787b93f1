"""The simulated photovoltaic bench with another device put on its chuck while labctl is away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from labctl.catalogue import load
from labctl.desk import Notice
from labctl.journal.reader import Reader
from labctl.requests import RunOutcome
from labctl.samples.fingerprint import Fingerprint
from labctl.truth import sample_request
from rigs.kept import Kept
from sim_backends.solving import solve
from tests.system.interlocked import LookingDesk
from tests.system.photovoltaic_bench import Benches


def device_of(item: str, seed: int) -> Any:
    """The device of a nominal sample of `item`."""
    request = sample_request(load().get(item), "nominal")
    return solve("photovoltaic", item, request.truth, seed=seed).device


def put_in(benches: Benches, device: Any) -> None:
    """Let `device` lie on the chuck, as new."""
    scene = benches.ports["lamp"]._scene
    scene.sample.device, scene.sample._worn = device, None


def exchange(monkeypatch: pytest.MonkeyPatch, benches: Benches, device: Any) -> list[Any]:
    """Whoever goes on with a kept bench finds `device` on it; the list has what lay there."""
    restore, before = Kept.restore, []

    def exchanged(self: Kept, state: bytes, *, drivers: bool) -> None:
        restore(self, state, drivers=drivers)
        before.append(benches.ports["lamp"]._scene.sample.device)
        put_in(benches, device)

    monkeypatch.setattr(Kept, "restore", exchanged)
    return before


@dataclass
class Keeper(LookingDesk):
    """Puts back what lay there before (`kept`) where the run waits for a person."""

    kept: Any = None

    def notice(self, notice: Notice) -> None:
        """As a desk that looks on; the device is put back before the run is let go on."""
        if "put" in str(notice.text) and "a person lets" in str(notice.text) and self.kept:
            put_in(self.benches, self.kept[-1])
        super().notice(notice)


def fingerprints(outcome: RunOutcome | Path) -> list[Fingerprint]:
    """Those of the only item."""
    path = outcome if isinstance(outcome, Path) else outcome.path
    with Reader(path / "journal.db") as reader:
        return reader.fact(1, "fingerprint", list[Fingerprint]) or []


def gaps(outcome: RunOutcome) -> list[float]:
    """The interruptions of the only item, in s."""
    with Reader(outcome.path / "journal.db") as reader:
        return [seconds for (seconds,) in reader.rows("SELECT seconds FROM gaps ORDER BY rowid")]
