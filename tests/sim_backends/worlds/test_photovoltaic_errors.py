"""The bench's true errors: spread as their table says, one stream each."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.worlds import photovoltaic_errors as errors


@pytest.mark.parametrize("name", list(errors.SPREADS))
def test_errors_spread_as_stated(name: str) -> None:
    spread = errors.SPREADS[name]
    drawn = np.array([errors.one(seed, name) for seed in range(600)])
    # 600 draws: the mean to 4 % and the deviation to 3 % of std, one standard error each.
    assert abs(drawn.mean() - spread.mean) < 0.2 * spread.std
    assert drawn.std() == pytest.approx(spread.std, rel=0.15)
    assert spread.reason


def test_errors_are_independent_and_repeat() -> None:
    first = [errors.one(seed, "responsivity") for seed in range(200)]
    second = [errors.one(seed, "spectral_mismatch") for seed in range(200)]
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.3
    assert errors.draw(7) == errors.draw(7)
    assert errors.draw(7) != errors.draw(8)


def test_placings_differ() -> None:
    assert errors.place(1, 0) == errors.place(1, 0)
    assert errors.place(1, 0) != errors.place(1, 1)


def test_lamp_never_brightens_with_age() -> None:
    assert all(errors.draw(seed).lamp_decline >= 0.0 for seed in range(300))
