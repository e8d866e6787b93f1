"""What is asked of the engine, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from labctl.agreement import Agreement
from labctl.indicator import Indicator
from labctl.soak import POINTS
from labctl.traceable import Override
from labctl.verdict import Verdict

if TYPE_CHECKING:
    from labctl.desk import Desk
    from labctl.evidence import Evidence
    from labctl.reductions import Reductions


@dataclass(frozen=True)
class Progress:
    """How far item `index` (from 0) of `count` is: `done` 0..1, `t` run time in s.

    `text` says what is being done, `reading` is the newest reading as text, or "". `state` is
    "running", or why the item is held.
    """

    item: str
    index: int
    count: int
    done: float
    text: str
    t: float
    reading: str = ""
    state: str = "running"


@dataclass(frozen=True)
class Returned:
    """What the procedure of the item `id` returned, with the `reductions` behind its figures and
    the SHA-256 of its bench."""

    id: str
    evidence: Evidence
    reductions: Reductions
    bench_sha256: str


OnEvidence = Callable[[Returned], None]
"""Is told of each item's evidence, before it is judged."""


@dataclass(frozen=True)
class RunRequest:
    """What is to be run.

    `dut` is "nominal", "failing" or the path of a truth file, for simulated benches. `sample` is
    an id or the path of a sheet. `dossier` is the folder behind document indicators. `operator`
    names the person at a real bench. `trace` writes every transaction of every line into the run's
    folder. `on_progress` is called at most some 20 times a second; of a run with a `desk` the
    desk is told, asked, and gives orders.
    `draws` is the number of Monte Carlo draws (None: as many as `labctl.uncertainty.DRAWS`).
    `points` is after how many points a part of an exposure is committed in virtual time.
    `answers` is the script that answers prompts. `on_evidence` is handed what each procedure
    returned. `overrides` are the engineers who let items begin although a calibration ends before
    them. A `bare` run keeps no budgets and no snapshots: its figures are all that is wanted.
    """

    targets: tuple[str, ...]
    items: tuple[Indicator, ...]
    agreement: Agreement
    runs: Path
    bench: Path | None = None
    dut: str = "nominal"
    seed: int = 1
    sample: str | None = None
    dossier: Path | None = None
    virtual: bool = True
    operator: str = ""
    draws: int | None = None
    on_progress: Callable[[Progress], None] | None = None
    trace: bool = False
    points: int = POINTS
    answers: Path | None = None
    desk: Desk | None = None
    on_evidence: OnEvidence | None = None
    bare: bool = False
    overrides: tuple[Override, ...] = ()


class StoredRequest(msgspec.Struct, frozen=True):
    """What a resumed run needs of its request beside targets, items, seed and agreement.

    Paths are absolute; "" stands for None.
    """

    virtual: bool
    dut: str
    bench: str = ""
    sample: str = ""
    dossier: str = ""
    operator: str = ""
    draws: int | None = None
    trace: bool = False
    points: int = POINTS
    answers: str = ""
    overrides: tuple[Override, ...] = ()


def stored_request(request: RunRequest) -> StoredRequest:
    """`request` as the journal keeps it."""
    return StoredRequest(
        virtual=request.virtual,
        dut=_absolute(request.dut),
        bench=str(request.bench.resolve()) if request.bench else "",
        sample=_absolute(request.sample or ""),
        dossier=str(request.dossier.resolve()) if request.dossier else "",
        operator=request.operator,
        draws=request.draws,
        trace=request.trace,
        points=request.points,
        answers=str(request.answers.resolve()) if request.answers else "",
        overrides=request.overrides,
    )


def request_of(
    stored: StoredRequest,
    *,
    targets: tuple[str, ...],
    items: tuple[Indicator, ...],
    agreement: Agreement,
    seed: int,
    runs: Path,
) -> RunRequest:
    """The request that `stored` was made of; what watches and answers is new."""
    return RunRequest(
        targets=targets,
        items=items,
        agreement=agreement,
        runs=runs,
        bench=Path(stored.bench) if stored.bench else None,
        dut=stored.dut,
        seed=seed,
        sample=stored.sample or None,
        dossier=Path(stored.dossier) if stored.dossier else None,
        virtual=stored.virtual,
        operator=stored.operator,
        draws=stored.draws,
        trace=stored.trace,
        points=stored.points,
        answers=Path(stored.answers) if stored.answers else None,
        overrides=stored.overrides,
    )


def _absolute(text: str) -> str:
    """A file's path in full; what names no file stays as it is."""
    return str(Path(text).resolve()) if text and Path(text).is_file() else text


@dataclass(frozen=True)
class ItemOutcome:
    """One item's verdict.

    Where the item erred, `error` is what `--json` prints of it and `exit_code` its class.
    """

    id: str
    verdict: Verdict
    error: dict[str, str] | None = None
    exit_code: int = 0


@dataclass(frozen=True)
class RunOutcome:
    """What a run came to; `items` are those that were reached, in order."""

    run: str
    path: Path
    items: tuple[ItemOutcome, ...]
    interrupted: bool = False
