from __future__ import annotations

import pytest

from sim_backends.emulators.newport.axis import SCALE, Axis
from sim_backends.emulators.newport.errors import NOT_CONNECTED, NOT_ENABLED, Refused
from sim_backends.models.linear_axis import LinearAxis
from sim_backends.streams import stream


def made(seed: int = 1, *, connected: bool = True) -> tuple[LinearAxis, Axis]:
    carriage = LinearAxis()
    found: list[int] = []
    rng = stream(seed, "axis")
    return carriage, Axis(carriage, rng, lambda code, t: found.append(code), connected=connected)


def test_the_encoder_is_off_by_its_scale_error() -> None:
    shares = []
    for seed in range(10):
        carriage, axis = made(seed)
        axis.enable()
        axis.move(40.0, 0.0)
        axis.advance(100.0)
        shares.append(carriage.position(100.0) / 0.04 - 1.0)
    assert 0.0 < max(abs(share) for share in shares) <= SCALE * 1.001
    assert len(set(shares)) == 10


def test_it_is_due_only_while_it_moves() -> None:
    _, axis = made()
    axis.enable()
    assert axis.due() is None
    axis.move(1.0, 2.0)
    assert axis.due() == pytest.approx(2.05) and axis.moving
    axis.advance(10.0)
    assert axis.due() is None and axis.speed(10.0) == 0.0


def test_refusals() -> None:
    _, axis = made()
    with pytest.raises(Refused) as refused:
        axis.move(1.0, 0.0)
    assert refused.value.code == NOT_ENABLED and refused.value.of_axis
    _, empty = made(connected=False)
    with pytest.raises(Refused) as refused:
        empty.enable()
    assert refused.value.code == NOT_CONNECTED
