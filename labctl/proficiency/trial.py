"""One blind trial: a device of a known true value is measured by whoever does not know it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import msgspec

from labctl.agreement import default
from labctl.discovery import Bound, procedure_for
from labctl.engine import execute
from labctl.evidence import Figure, Rate
from labctl.indicator import Indicator
from labctl.judging.estimates import NORMAL_95
from labctl.proficiency.scores import z_of_count, z_of_draws, z_of_interval
from labctl.quantity import Quantity
from labctl.requests import ItemOutcome, Returned, RunRequest
from labctl.uncertainty.rates import clopper_pearson

DRAWS = 10_000
"""Monte Carlo draws of each run."""

Resolve = Callable[[Indicator], Bound | None]


class Trial(msgspec.Struct, frozen=True):
    """A device whose row `key` has the true value `true`, in the row's unit, on the bench `seed`.

    Without a key it is a device of the map: `dut` is "nominal" or "failing".
    """

    seed: int
    key: str = ""
    true: float = 0.0
    dut: str = ""


class Found(msgspec.Struct, frozen=True):
    """What came of a trial: the verdict's `outcome`, and of a figure or a rate its `value` and `u`
    in the row's unit, the z of the true value, and whether the interval holds it.

    `error` says why there is none; `bench` is the SHA-256 of the bench.
    """

    trial: Trial
    outcome: str
    value: float = 0.0
    u: float = 0.0
    z: float = 0.0
    held: bool = False
    error: str = ""
    bench: str = ""


def tried(indicator: Indicator, trial: Trial, resolve: Resolve = procedure_for) -> Found:
    """Measure the trial's device with the indicator's procedure."""
    [found] = tried_all([indicator], trial, resolve)
    return found


def tried_all(
    indicators: Sequence[Indicator], trial: Trial, resolve: Resolve = procedure_for
) -> list[Found]:
    """The same for many indicators in one run, each with a device of its own."""
    returned: dict[str, Returned] = {}
    with tempfile.TemporaryDirectory(prefix="labctl-proficiency-") as folder:
        request = RunRequest(
            targets=tuple(one.id for one in indicators),
            items=tuple(indicators),
            agreement=default(),
            runs=Path(folder),
            dut=trial.dut or _truth_file(Path(folder), trial),
            seed=trial.seed,
            draws=DRAWS,
            on_evidence=lambda told: returned.update({told.id: told}),
            bare=True,
        )
        outcomes = execute(request, resolve).items
    return [_found(trial, one, returned.get(one.id)) for one in outcomes]


def _truth_file(folder: Path, trial: Trial) -> str:
    path = folder / "truth.toml"
    path.write_text(f"{json.dumps(trial.key)} = {trial.true!r}\n", encoding="utf-8")
    return str(path)


def _found(trial: Trial, item: ItemOutcome, returned: Returned | None) -> Found:
    outcome, bench = str(item.verdict.outcome), "" if returned is None else returned.bench_sha256
    if item.error is not None or returned is None:
        why = "; ".join(item.verdict.reasons) or "no evidence"
        return Found(trial, outcome, error=why, bench=bench)
    if not trial.key:
        return Found(trial, outcome, bench=bench)
    result = returned.evidence.results.get(trial.key)
    if not isinstance(result, Figure | Rate):
        return Found(trial, outcome, error=f"{trial.key} is no figure", bench=bench)
    unit = next(row.unit for row in item.verdict.rows if row.key == trial.key) or result.unit
    if isinstance(result, Rate):
        return _counted(trial, outcome, result, unit, bench)
    return _scored(trial, outcome, returned, result, unit)


def _scored(trial: Trial, outcome: str, returned: Returned, figure: Figure, unit: str) -> Found:
    """The figure beside the true value, which is turned into the figure's own unit."""
    true = Quantity(trial.true, unit).to(figure.unit).value
    column = returned.reductions.columns.get(trial.key)
    if column is None:
        z = z_of_interval(figure, true)
    else:
        z = z_of_draws(column.reshape(-1)[1:], true)
    own = Quantity(figure.value, figure.unit, figure.u).to(unit)
    held = figure.low <= true <= figure.high
    return Found(trial, outcome, own.value, own.u, z, held, bench=returned.bench_sha256)


def _counted(trial: Trial, outcome: str, rate: Rate, unit: str, bench: str) -> Found:
    """The count beside the true rate; its bounds are those that a verdict takes.

    The place of z between the steps of the count is drawn from the trial's seed. A series that was
    not finished has no score: where it stopped hangs on what was counted.
    """
    if rate.trials != rate.planned:
        why = f"{rate.trials} of {rate.planned} trials of {trial.key} were made"
        return Found(trial, outcome, error=why, bench=bench)
    true = Quantity(trial.true, unit).to(rate.unit).value
    if not 0.0 <= true <= 1.0:
        why = f"no device has a rate of {trial.true:g} {unit}"
        return Found(trial, outcome, error=why, bench=bench)
    low, high = clopper_pearson(rate.events, rate.trials)
    share = Random(f"{trial.seed}/{trial.key}/count").random()
    z = z_of_count(rate.events, rate.trials, true, share)
    u = (high - low) / 2 / NORMAL_95
    own = Quantity(rate.events / rate.trials, rate.unit, u).to(unit)
    return Found(trial, outcome, own.value, own.u, z, low <= true <= high, bench=bench)
