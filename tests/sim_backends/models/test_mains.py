from __future__ import annotations

from sim_backends.models.mains import Mains


def test_an_outage_comes_and_goes_at_its_time() -> None:
    mains = Mains(230.0, 50.0)
    mains.restore(20.0)
    mains.fail(10.0)
    seen = [(mains.voltage(t), mains.frequency(t)) for t in (9.0, 10.0, 19.9, 20.0)]
    assert seen == [(230.0, 50.0), (0.0, 0.0), (0.0, 0.0), (230.0, 50.0)]


def test_it_sways() -> None:
    assert Mains(230.0, sway=lambda t: 0.01).voltage(5.0) == 232.3
