"""`[[sim.faults]]` of a bench file: they act on a run, and a wrong one names its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl import clock
from labctl.errors import BenchError, LinkError
from labctl.labs import SampleRequest
from rigs.benches import simulated_bench
from rigs.opening import open_bench
from rigs.photovoltaic import PhotovoltaicRig

TEXT = simulated_bench("photovoltaic").read_text(encoding="utf-8").rstrip()
LINE = TEXT.count("\n") + 3
"""Where the added table begins, after an empty line."""

REQUEST = SampleRequest("1.1-03", {"power_conversion_efficiency": 21.6})


def opened(folder: Path, fault: str) -> None:
    """Open and close the photovoltaic bench with `fault` on its bending tester."""
    path = folder / "bench.toml"
    table = f'\n\n[[sim.faults]]\nrole = "bender"\n{fault}\n'
    path.write_text(TEXT + table, encoding="utf-8")

    async def main() -> None:
        bench = await open_bench(path, rig=PhotovoltaicRig, sample=REQUEST, seed=1)
        await bench.close()

    clock.run(main(), virtual=True)


@pytest.mark.parametrize(
    ("fault", "what", "remedy"),
    [
        ('kind = "earthquake"', f":{LINE}: sim.faults.0: no kind of fault", "silence"),
        ('kind = "delay"', f":{LINE}: sim.faults.0: delay needs seconds", "seconds"),
        ('kind = "silence"\nat = 0', f":{LINE}: sim.faults.0: silence: at = 0", "counted from 1"),
        ('kind = "drift"\nrate = 1.0', "role bender: this instrument has no sensor", ""),
    ],
)
def test_a_wrong_fault_is_named(tmp_path: Path, fault: str, what: str, remedy: str) -> None:
    with pytest.raises(BenchError) as caught:
        opened(tmp_path, fault)
    assert what in caught.value.message and remedy in caught.value.remedy


def test_faults_of_the_bench_file_act(tmp_path: Path) -> None:
    with pytest.raises(LinkError) as caught:
        opened(tmp_path, 'kind = "silence"\ntimes = 1000')
    assert "bender" in caught.value.address


def test_a_fault_that_is_over_costs_a_run_nothing(tmp_path: Path) -> None:
    opened(tmp_path, 'kind = "delay"\nseconds = 0.5\ntimes = 1')
