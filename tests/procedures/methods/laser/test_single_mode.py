from __future__ import annotations

import pytest

from procedures.methods.laser.single_mode import Scan, second


def scan(*peaks: tuple[float, float], least: float = 0.01, clipped: bool = False) -> Scan:
    return Scan(tuple(t for t, _ in peaks), tuple(h for _, h in peaks), least, clipped)


ONE = ((-2e-3, 1.0), (2e-3, 0.98))


def test_one_mode_and_a_second_one() -> None:
    assert second(scan(*ONE), 4e-3) == 0.0
    assert second(scan(*ONE, (0.3e-3, 0.2)), 4e-3) == pytest.approx(0.2)


def test_equal_modes_are_no_repetition_of_one() -> None:
    equal = ((-4e-3, 0.95), (-2e-3, 1.0), (0.0, 0.95), (2e-3, 1.0), (4e-3, 0.95))
    assert second(scan(*equal), 4e-3) == pytest.approx(0.95)


@pytest.mark.parametrize(
    "spoiled",
    [
        scan(),
        scan((-2e-3, 1.0)),
        scan((-2e-3, 1.0), (2e-3, 0.5)),
        scan((-2e-3, 1.0), (1e-3, 1.0)),
        scan(*ONE, clipped=True),
        scan(*ONE, least=0.1),
    ],
)
def test_what_tells_nothing_is_none(spoiled: Scan) -> None:
    assert second(spoiled, 4e-3) is None
