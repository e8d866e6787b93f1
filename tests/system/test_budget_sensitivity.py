"""An instrument's error does to the result what the budget says, and none may be missing.

The error goes into the simulated instrument by its own accuracy table, so driver, method and budget
meet it as they would that of a real one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import sqrt
from pathlib import Path

import pytest

from labctl.evidence import Evidence, Figure
from labctl.requests import Returned
from rigs.benches import simulated_bench
from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.eurotherm.e3216 import INPUT
from sim_backends.emulators.keithley.dmm6500_specs import VOLTAGE
from sim_backends.emulators.keithley.k2450_specs import CURRENT_MEASURE, VOLTAGE_MEASURE
from tests.system.photovoltaic_bench import measured

TIMES = 5.0
FEW = 4000
CELL = "1.1-03"

Convert = Callable[[Channel, float, int, float], float]


def evidence(folder: Path) -> Evidence:
    returned: list[Returned] = []
    outcome = measured(folder, CELL, seed=11, draws=FEW, on_evidence=returned.append)
    assert outcome.items[0].error is None
    return returned[0].evidence


def value(found: Evidence) -> float:
    [figure] = found.results.values()
    assert isinstance(figure, Figure)
    return figure.value


def erring(table: Sequence[Spec], plain: Convert, times: float) -> Convert:
    """Instruments of that accuracy table read so many `times` their u more."""

    def convert(self: Channel, true: float, index: int, noise_factor: float = 1.0) -> float:
        read, spec = plain(self, true, index, noise_factor), self.specs[index]
        if all(spec is not one for one in table):
            return read
        return read + times * (spec.gain * abs(true) + spec.offset) / sqrt(3.0)

    return convert


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    return evidence(tmp_path_factory.mktemp("honest"))


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("line", "table"),
    [
        ("voltage/2 V", VOLTAGE_MEASURE),
        ("current/0.1 A", CURRENT_MEASURE),
        ("voltage/0.1 V", VOLTAGE),
        ("temperature/850 degC", (INPUT,)),
    ],
)
def test_an_error_of_5_u_moves_the_result_by_the_sensitivity_of_the_budget(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    honest: Evidence,
    line: str,
    table: Sequence[Spec],
) -> None:
    [stated] = [one.u for one in honest.budget if one.source.endswith(line)]
    plain, found = Channel.convert, list[float]()
    for name, times in (("more", TIMES), ("less", -TIMES)):
        monkeypatch.setattr(Channel, "convert", erring(table, plain, times))
        found.append(value(evidence(tmp_path / name)))
    # Half of what lies between both: a chuck that settles at another time meets other noise.
    moved = abs(found[0] - found[1]) / 2.0
    # 300 draws of a budget line know its u to 4 %; five times that is 20 %.
    assert moved == pytest.approx(TIMES * stated, rel=0.2)
    assert moved > 0.0


def without(text: str, begin: str) -> str:
    """A bench file without the table that begins with the line `begin`."""
    head, found, rest = text.partition(begin)
    assert found, begin
    return head + rest[rest.index("\n[") + 1 :] if "\n[" in rest else head


@pytest.mark.parametrize(
    "table",
    [
        "[roles.source_meter]",
        "[roles.reference_meter]",
        "[roles.lamp]",
        "[roles.chuck]",
        "[reference_cell]",
    ],
)
def test_without_one_of_them_the_verdict_is_incomplete(tmp_path: Path, table: str) -> None:
    text = simulated_bench("photovoltaic").read_text(encoding="utf-8")
    bench = tmp_path / "bench.toml"
    bench.write_text(without(text, table), encoding="utf-8")
    [item] = measured(tmp_path, CELL, seed=11, draws=400, bench=bench).items
    assert item.verdict.outcome == "INCOMPLETE"
    name = table.rpartition(".")[2].strip("[]")
    assert name.replace("_", " ") in " ".join(item.verdict.reasons).replace("_", " ")
