"""What the module binds."""

from __future__ import annotations

from labctl.procedure import registered
from procedures.f07_computing_software import d03_learned_cache_system_speed as d03
from rigs.query_speed import QuerySpeedRig


def test_the_speed_of_queries_is_bound_to_its_rig() -> None:
    spec = registered()["7.3-04"]
    assert spec.function is d03.speed_of_queries
    assert spec.rig is QuerySpeedRig
