from __future__ import annotations

import pytest

from sim_backends.models.abuse_ports import NailPort
from sim_backends.models.reference.nail_block import NailBlock


def test_force_grows_with_the_depth_below_the_surface() -> None:
    block: NailPort = NailBlock(1e5, -0.02)
    assert block.force(5.0) == 0.0 and block.guard_closed(5.0)
    block.drive(-0.02, 0.01, 10.0)
    assert block.force(12.0) == 0.0
    assert block.force(12.5) == pytest.approx(500.0)
    block.drive(0.005, 0.0, 12.5)
    assert block.force(99.0) == pytest.approx(500.0)
