"""The lab, as its entry point states it."""

from __future__ import annotations

from pathlib import Path

from labctl.labs import LABCTL_API, Lab
from rigs.opening import open_bench
from rigs.rescue import prepare

LAB = Lab(
    name="guard",
    labctl_api=LABCTL_API,
    packages={
        "rigs": "tests.system.guardlab.rigs",
        "procedures": "tests.system.guardlab.procedures",
    },
    open_bench=open_bench,
    catalogue=(Path(__file__).with_name("map.yaml"),),
    rescue=prepare,
)
