"""The lab, as its entry point states it."""

from __future__ import annotations

from pathlib import Path

from labctl.labs import LABCTL_API, Lab
from tests.labctl.fakelab import FakeLab

LAB = Lab(
    name="console",
    labctl_api=LABCTL_API,
    packages={"procedures": "tests.web.consolelab.procedures"},
    open_bench=FakeLab(aspects={}).open,
    catalogue=(Path(__file__).with_name("map.yaml"),),
)
