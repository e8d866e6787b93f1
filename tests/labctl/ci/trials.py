"""What `labctl ci` found, made up for tests."""

from __future__ import annotations

from typing import Any

import msgspec

from labctl.ci.choosing import Chosen
from labctl.ci.trial import Tried
from labctl.testing.standing import Standing
from labctl.verdict import Outcome
from tests.labctl.fakelab import INDICATOR
from tests.labctl.testing.decided import row

ONE, TWO, THREE = (
    msgspec.structs.replace(INDICATOR, id=id, direction=id.partition("-")[0])
    for id in ("1.1-01", "1.1-02", "1.10-01")
)
CHOSEN = Chosen((ONE, THREE), {}, (ONE, TWO, THREE), {"1.1-01": "a.b", "1.10-01": "a.c"})


def tried(id: str, dut: str, standing: Standing = Standing.RIGHT, **more: Any) -> Tried:
    """A device: nominal ones PASS, failing ones FAIL."""
    outcome = Outcome.PASS if dut == "nominal" else Outcome.FAIL
    given = {"rows": (row(outcome, 22.0),), "laboratory": 3600.0, "seconds": 0.5, "margin": 4.0}
    return Tried(id, dut, 1, standing, str(outcome), **{"why": str(outcome), **given, **more})


ALL = (
    tried("1.1-01", "nominal"),
    tried("1.1-01", "nominal", fault="meter:silence@burst", came="the same"),
    tried("1.1-01", "failing", Standing.CONDITIONAL, margin=0.5),
    tried("1.10-01", "nominal", margin=2.0),
    tried("1.10-01", "failing", Standing.WRONG, why="PASS \x00 of it", kept=("runs/ci/a",)),
)
