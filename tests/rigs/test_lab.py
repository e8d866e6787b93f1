"""Our own lab: the door through which labctl finds drivers, rigs and procedures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from labctl import clock
from labctl.labs import LABCTL_API, OURS, Lab
from rigs.dossier import DossierRig
from rigs.lab import LAB
from rigs.photovoltaic import PhotovoltaicRig


def test_lab_is_what_the_entry_point_promises() -> None:
    assert isinstance(LAB, Lab)
    assert (LAB.name, LAB.labctl_api) == (OURS, LABCTL_API)
    assert LAB.packages == {
        name: name for name in ("drivers", "rigs", "procedures", "sim_backends")
    }


def test_lab_opens_benches(tmp_path: Path) -> None:
    async def main() -> str:
        opened = await LAB.open_bench(tmp_path, rig=DossierRig, sample=None, seed=1)
        await opened.close()
        return opened.bench_name

    assert clock.run(main(), virtual=True) == "dossier"


def test_finding_the_lab_loads_no_instrument_library() -> None:
    code = (
        "import sys, rigs.lab; "
        "print([m for m in ('pyvisa', 'serial', 'pymodbus', 'numpy', 'pint') if m in sys.modules])"
    )
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert out.stdout.strip() == "[]"


def test_what_a_simulated_sample_can_be_is_told() -> None:
    reach = LAB.reach
    assert reach is not None
    found = reach(None, rig=PhotovoltaicRig, indicator_id="1.1-04", seed=2)
    low, high = found["relative_loss"]
    assert low <= 1.0
    assert high >= 20.0
    assert reach(None, rig=DossierRig, indicator_id="1.1-02", seed=2) == {}
