"""Simulated devices of a known true value, measured by the indicator's procedure."""

from __future__ import annotations

import json
from pathlib import Path

from ci.soak.comparison import Comparison
from labctl.agreement import default
from labctl.catalogue import load
from labctl.engine import execute
from labctl.errors import LabError
from labctl.requests import RunRequest

TRUE_VALUES: dict[str, tuple[float, ...]] = {
    "1.1-03": (17.0, 18.5, 20.0, 21.5, 23.0),
    "1.1-04": (4.0, 7.0, 10.0, 13.0, 16.0),
    "1.1-05": (3.0, 6.5, 10.0, 13.5, 17.0),
    "1.1-12": (130.0, 140.0, 150.0, 160.0, 170.0),
    "1.2-06": (2.0, 3.5, 5.0, 6.5, 8.0),
}
"""By indicator id, on both sides of the limit: %, %, %, W/m2, %."""


def measure(
    item: str, true: float, seed: int, folder: Path, draws: int | None = None
) -> Comparison:
    """Run `item` on a device of the value `true` in the row's unit, in the run folder `folder`.

    `LabError` where the item erred.
    """
    truth = folder / f"truth-{item}-{true:g}.toml"
    truth.write_text(f'"{item}" = {true!r}\n', encoding="utf-8")
    request = RunRequest(
        targets=(item,),
        items=(load().get(item),),
        agreement=default(),
        runs=folder / "runs",
        dut=str(truth),
        seed=seed,
        draws=draws,
    )
    [outcome] = execute(request).items
    [row] = outcome.verdict.rows
    if outcome.error is not None:
        raise LabError(f"{item}, seed {seed}, true {true:g}: {json.dumps(outcome.error)}")
    assert isinstance(row.value, float)
    assert row.u is not None and row.lo is not None and row.hi is not None
    verdict = str(outcome.verdict.outcome)
    return Comparison(seed, true, row.value, row.u, row.lo, row.hi, verdict)
