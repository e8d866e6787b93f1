"""Devices measured on simulated benches in this process, for tests of procedures."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from labctl.agreement import Agreement, default
from labctl.clock import stopwatch
from labctl.discovery import procedure_for
from labctl.engine import Resolve, execute
from labctl.indicator import Indicator
from labctl.journal.reader import Reader
from labctl.requests import ItemOutcome, RunRequest
from labctl.runfile import ItemRecord, open_run
from labctl.runfolder import RunFolder


@dataclass(frozen=True)
class Device:
    """Which device on which bench: `dut` is nominal, failing or the path of a truth file.

    `bench` is the text of a bench file in the place of the rig's own, `seed` that of all random
    streams, `draws` the number of Monte Carlo draws (None: as many as a run has).
    """

    dut: str = "nominal"
    seed: int = 1
    bench: str = ""
    draws: int | None = None
    virtual: bool = True
    agreement: Agreement | None = None


@dataclass(frozen=True)
class Measured:
    """A run: its folder, the outcome of each item, and the real `seconds` that it took."""

    path: Path
    items: tuple[ItemOutcome, ...]
    seconds: float

    def records(self) -> tuple[ItemRecord, ...]:
        """The items as the journal holds them."""
        return open_run(self.path).items

    def bench_text(self) -> str:
        """The bench file as it stood, of the run's last bench; "" where none was opened."""
        with Reader(RunFolder(self.path).journal) as reader:
            texts = [text for (text,) in reader.rows("SELECT text FROM benches ORDER BY rowid")]
        return texts[-1] if texts else ""


def measured(
    indicators: Sequence[Indicator],
    device: Device,
    runs: Path,
    *,
    trace: bool = False,
    resolve: Resolve = procedure_for,
) -> Measured:
    """Run the procedures of `indicators`, each on a device of its own; `trace` keeps every
    transaction. `KeyboardInterrupt` where the run was interrupted."""
    began = stopwatch()
    with tempfile.TemporaryDirectory(prefix="labctl-bench-") as folder:
        path = Path(folder) / "bench.toml"
        if device.bench:
            path.write_text(device.bench, encoding="utf-8")
        request = RunRequest(
            targets=tuple(one.id for one in indicators),
            items=tuple(indicators),
            agreement=device.agreement or default(),
            runs=runs,
            bench=path if device.bench else None,
            dut=device.dut,
            seed=device.seed,
            draws=device.draws,
            virtual=device.virtual,
            trace=trace,
        )
        outcome = execute(request, resolve)
    if outcome.interrupted:
        raise KeyboardInterrupt
    return Measured(outcome.path, outcome.items, stopwatch() - began)


def laboratory(record: ItemRecord) -> float:
    """Run time in s that an item took, from its first step to its evidence."""
    if record.provenance is not None:
        return record.provenance.ended_utc - record.provenance.started_utc
    times = [t for step in record.steps for t in (step.begun, step.finished) if t is not None]
    return max(times) - min(times) if times else 0.0
