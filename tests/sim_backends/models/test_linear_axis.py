from __future__ import annotations

from sim_backends.models.linear_axis import LinearAxis


def test_the_carriage_goes_where_it_is_driven() -> None:
    axis = LinearAxis(0.01, travel=(-0.02, 0.03))
    assert axis.travel == (-0.02, 0.03)
    axis.drive(-0.015, 1.0)
    assert axis.position(2.0) == -0.015


def test_it_does_not_pass_an_obstacle() -> None:
    axis = LinearAxis()
    axis.block(0.02)
    axis.drive(0.04, 1.0)
    assert axis.position(1.0) == 0.02
    axis.drive(0.03, 2.0)
    assert axis.position(2.0) == 0.02
    axis.block(None)
    axis.drive(0.03, 3.0)
    assert axis.position(3.0) == 0.03
