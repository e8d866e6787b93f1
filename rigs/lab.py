"""Our own lab, as it registers with labctl: the entry point `labctl.labs` names `LAB`."""

from __future__ import annotations

from pathlib import Path

from labctl.labs import LABCTL_API, OURS, Lab, OpenBench, SampleRequest


async def _open_bench(
    bench: Path | None, *, rig: type, sample: SampleRequest | None, seed: int
) -> OpenBench:
    """As `rigs.opening.open_bench`, which is imported when the first bench is opened."""
    from rigs.opening import open_bench

    return await open_bench(bench, rig=rig, sample=sample, seed=seed)


LAB = Lab(
    name=OURS,
    labctl_api=LABCTL_API,
    packages={"drivers": "drivers", "rigs": "rigs", "procedures": "procedures"},
    open_bench=_open_bench,
)
