"""pylablib (GPL), its Ophir Vega, in a process of its own environment, on the power meter.

It stands in the environment whose folder of programs LABCTL_FOREIGN_GPL names; nothing of ours
imports it. It takes serial numbers for whole numbers, which those of emulators are not: identity
and head are not asked for.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.serving import Served

PROGRAMS = os.environ.get("LABCTL_FOREIGN_GPL", "")
ROLE = "laser_power_meter_vega"
METER = """
import json, sys
from pylablib.devices.Ophir import VegaPowerMeter

meter = VegaPowerMeter((sys.argv[1], 9600))
meter.set_wavelength(float(sys.argv[2]))
wavelengths = meter.get_wavelength_info()
meter.set_range_idx(1)
ranges = meter.get_range_info()
found = {
    "power": meter.get_power(),
    "units": meter.get_units(),
    "mode": wavelengths.mode,
    "wavelength": wavelengths.curr_wavelength,
    "range": float(ranges.curr_range),
}
try:
    meter.query("$QQ")
except meter.Error as error:
    found["refused"] = str(error)
meter.set_range_idx(-1)
print(json.dumps(found))
"""

PATIENCE = 60.0
pytestmark = pytest.mark.skipif(
    not PROGRAMS, reason="LABCTL_FOREIGN_GPL names no environment with the library: .ci/run"
)


def asked(port: str, wavelength: float) -> dict[str, Any]:
    """What the library reads at `port` with the wavelength in m."""
    done = subprocess.run(
        [str(Path(PROGRAMS) / "python"), "-c", METER, port, str(wavelength)],
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_it_reads_the_beam(served: Served) -> None:
    port = served.endpoint(ROLE, "pty").removeprefix("serial://").partition("?")[0]
    found = asked(port, served.true(ROLE, "wavelength") + 0.5e-9)
    assert found["power"] == pytest.approx(served.true(ROLE, "power"), rel=0.04)
    assert (found["units"], found["mode"]) == ("W", "continuous")
    assert found["wavelength"] == pytest.approx(635e-9)
    assert found["range"] == pytest.approx(3e-3)
    assert "error" in found["refused"]
