"""One rehearsal of one item: the engine in virtual time, in a folder that is thrown away."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from labctl.agreement import Agreement
from labctl.discovery import Bound
from labctl.engine import execute
from labctl.evidence import Evidence, Instrument
from labctl.indicator import Indicator
from labctl.journal.reader import Reader
from labctl.planning.disk import disk_of
from labctl.planning.document import Disk, PromptPlan, StepPlan
from labctl.planning.timing import duration_of, prompts_of, steps_of
from labctl.rehearsing import Rehearsal
from labctl.requests import Progress, RunRequest
from labctl.runfolder import RunFolder
from labctl.verdict import Verdict

DRAWS = 4_000
"""Monte Carlo draws of a rehearsal: the ends of its interval scatter by some 2 % of U."""

ITEM = 1
"""Number of the only item in the journal of a rehearsal."""


@dataclass(frozen=True)
class Cast:
    """What is rehearsed: an item with its procedure on a bench, for a device `dut`.

    `dut` is "nominal" or the path of a truth file.
    """

    indicator: Indicator
    bound: Bound
    rehearsal: Rehearsal
    agreement: Agreement
    dut: str = "nominal"
    draws: int = DRAWS


@dataclass(frozen=True)
class Take:
    """What a rehearsal came to; `evidence` is None where it erred."""

    verdict: Verdict
    evidence: Evidence | None
    error: dict[str, str] | None
    exit_code: int
    duration: float
    steps: tuple[StepPlan, ...]
    prompts: tuple[PromptPlan, ...]
    disk: Disk
    instruments: tuple[Instrument, ...] = ()


Tell = Callable[[Progress], None]


def take(cast: Cast, seed: int, tell: Tell | None = None) -> Take:
    """Rehearse once with the random streams of `seed`; `KeyboardInterrupt` where it is stopped."""
    bound = cast.bound
    lab = dataclasses.replace(bound.lab, open_bench=cast.rehearsal.open)
    with tempfile.TemporaryDirectory(prefix="labctl-plan-") as folder:
        request = RunRequest(
            targets=(cast.indicator.id,),
            items=(cast.indicator,),
            agreement=cast.agreement,
            runs=Path(folder),
            dut=cast.dut,
            seed=seed,
            draws=cast.draws,
            on_progress=tell,
        )
        outcome = execute(request, lambda _: Bound(bound.procedure, lab))
        if outcome.interrupted or not outcome.items:
            raise KeyboardInterrupt
        item = outcome.items[0]
        run = RunFolder(outcome.path)
        with Reader(run.journal) as reader:
            return Take(
                verdict=item.verdict,
                evidence=reader.fact(ITEM, "evidence", Evidence),
                error=item.error,
                exit_code=item.exit_code,
                duration=duration_of(reader, ITEM),
                steps=steps_of(reader, ITEM),
                prompts=prompts_of(reader, ITEM),
                disk=disk_of(reader, run),
                instruments=reader.instruments(ITEM),
            )
