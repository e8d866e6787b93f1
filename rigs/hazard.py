"""A hazardous rig starts with a named hardware interlock alone: labctl is no safety function."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from rigs.bench import Bench


@runtime_checkable
class MayBeHazardous(Protocol):
    """A rig, or its class, that says whether it can hurt somebody."""

    hazardous: bool


def check_hazard(bench: Bench, rig: type[Any]) -> None:
    """`BenchError` where a real bench that is hazardous names no hardware interlock.

    Its file says `hazardous = true`, or the rig's class does. Nothing on a simulated bench is.
    """
    if bench.simulated or bench.hardware_interlock.strip():
        return
    if bench.hazardous or is_hazardous(rig):
        raise bench.wrong(
            ("hardware_interlock",),
            f"the rig {bench.rig!r} is hazardous, and no hardware interlock is named",
            "fit one that needs no software, and write what it is and what it cuts, such as "
            'hardware_interlock = "K1 by door switch S3 cuts the mains of the supplies"',
        )


def is_hazardous(rig: type[Any]) -> bool:
    """Whether the class `rig` says `hazardous = True`."""
    return isinstance(rig, MayBeHazardous) and rig.hazardous
