"""Our own lab, as it registers with labctl: the entry point `labctl.labs` names `LAB`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from labctl.console import Console, TalkRequest
from labctl.labs import LABCTL_API, OURS, Lab, OpenBench, SampleRequest
from labctl.lacking import BenchLacks
from labctl.rehearsing import Rehearsal
from labctl.rescuing import Rescue
from labctl.sample import Sample
from labctl.serving import OpenServing, Report, ServeRequest
from labctl.testing.check import Check
from labctl.testing.offered import Offered


async def _open_bench(
    bench: Path | None,
    *,
    rig: type,
    sample: SampleRequest | None,
    seed: int,
    trace: Path | None = None,
    offline: bool = False,
) -> OpenBench:
    """As `rigs.opening.open_bench`, which is imported when the first bench is opened."""
    from rigs.opening import open_bench

    return await open_bench(bench, rig=rig, sample=sample, seed=seed, trace=trace, offline=offline)


def _reach(
    bench: Path | None, *, rig: type, indicator_id: str, seed: int
) -> Mapping[str, tuple[float, float]]:
    """As `rigs.opening.reach`, which is imported when devices are to be solved."""
    from rigs.opening import reach

    return reach(bench, rig=rig, indicator_id=indicator_id, seed=seed)


def _faults(bench: Path | None, *, rig: type, seed: int) -> Sequence[Offered]:
    """As `rigs.faulting.offered`, which is imported when faults are asked for."""
    from rigs.faulting import offered

    return offered(bench, rig=rig, seed=seed)


async def _serve_bench(request: ServeRequest, report: Report) -> OpenServing:
    """As `rigs.serving.serve_bench`, which is imported when the first bench is served."""
    from rigs.serving import serve_bench

    return await serve_bench(request, report)


async def _open_console(request: TalkRequest) -> Console:
    """As `drivers.links.console.open_console`, which is imported when it is needed."""
    from drivers.links.console import open_console

    return await open_console(
        request.address,
        timeout=request.timeout,
        terminator=request.terminator,
        trace=request.trace,
    )


def _conformance(lab: Lab) -> Iterable[Check]:
    """As `rigs.conformance.checks.checks_of`, which is imported when a lab is checked."""
    from rigs.conformance.checks import checks_of

    return checks_of(lab)


def _lacking(labs: Sequence[Lab], bench: Path | None) -> Iterable[BenchLacks]:
    """As `rigs.conformance.lacking.lacking`, which is imported when benches are looked at."""
    from rigs.conformance.lacking import lacking

    return lacking(labs, bench)


def _rescue(bench: Path | None, rig: type | None = None, text: str = "") -> Rescue:
    """As `rigs.rescue.prepare`, which is imported when a rescue is prepared."""
    from rigs.rescue import prepare

    return prepare(bench, rig, text)


def _rehearse(bench: Path | None, rig: type, sheet: Sample | None = None) -> Rehearsal:
    """As `rigs.rehearsal.rehearse`, which is imported when a run is planned."""
    from rigs.rehearsal import rehearse

    return rehearse(bench, rig, sheet)


LAB = Lab(
    name=OURS,
    labctl_api=LABCTL_API,
    packages={
        "drivers": "drivers",
        "rigs": "rigs",
        "procedures": "procedures",
        "sim_backends": "sim_backends",
    },
    open_bench=_open_bench,
    reach=_reach,
    faults=_faults,
    serve_bench=_serve_bench,
    open_console=_open_console,
    conformance=_conformance,
    lacking=_lacking,
    rescue=_rescue,
    rehearse=_rehearse,
)
