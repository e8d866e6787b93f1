"""What the module binds."""

from __future__ import annotations

from labctl.procedure import registered
from procedures.f07_computing_software import d03_learned_cache_system as d03
from rigs.cache import CacheRig
from rigs.similarity import SimilarityRig


def test_indicators_of_the_cache_are_bound_to_its_rig() -> None:
    bound = {
        "7.3-02": d03.one_time_exclusion,
        "7.3-03": d03.hits_of_optimum,
        "7.3-07": d03.use_of_space,
    }
    specs = registered()
    assert {key: specs[key].function for key in bound} == bound
    assert all(specs[key].rig is CacheRig for key in bound)


def test_those_of_the_index_are_bound_to_its_rig() -> None:
    specs = registered()
    assert specs["7.3-05"].function is d03.recall_of_queries
    assert specs["7.3-06"].function is d03.errors_of_queries
    assert specs["7.3-05"].rig is specs["7.3-06"].rig is SimilarityRig
