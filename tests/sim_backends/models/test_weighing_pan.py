from __future__ import annotations

import pytest

from sim_backends.models.weighing_pan import WeighingPan


def test_a_load_knows_what_was_there_before() -> None:
    pan = WeighingPan(0.1)
    assert pan.loading(5.0).before == 0.1
    pan.put(0.05, 7.0)
    loading = pan.loading(8.0)
    assert (loading.mass, loading.before, loading.since) == pytest.approx((0.15, 0.1, 7.0))
    pan.put(-0.15, 9.0)
    assert pan.loading(9.0).mass == pytest.approx(0.0)


def test_what_flows_onto_it_adds_up() -> None:
    pan = WeighingPan()
    pan.pour(2e-3, 10.0)
    assert pan.loading(15.0).mass == pytest.approx(10e-3)
    assert pan.loading(15.0).rate == 2e-3
    pan.pour(0.0, 20.0)
    assert pan.loading(100.0).mass == pytest.approx(20e-3)
