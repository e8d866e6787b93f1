"""Warp of shapes whose range is known."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.wafer.shape import EXCLUDED, TERMS, WaferShape, term

RIM = (25.4e-3 - EXCLUDED) / 25.4e-3


def shape(**sizes: float) -> WaferShape:
    terms = tuple(sizes.get(f"n{n}m{m}".replace("-", "_"), 0.0) for n, m in TERMS)
    return WaferShape(
        50.8e-3, 6.5e-4, terms, 1e-6, (1e-6, 0.0), 0.0, 5950.0, 2.3e11, 0.24, 7
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [("n2m0", 2.0 * RIM**2), ("n2m2", 2.0 * RIM**2), ("n3m3", 2.0 * RIM**3)],
)
def test_one_term_has_its_own_range(name: str, expected: float) -> None:
    assert shape(**{name: 1.0}).span() == pytest.approx(expected * 1e-6, rel=3e-3)


def test_radial_parts_are_one_at_the_rim() -> None:
    for n, m in TERMS:
        angle = np.array([0.0 if m >= 0 else 0.5 * np.pi / -m])
        assert float(term(n, m, np.ones(1), angle)[0]) == pytest.approx(1.0)


def test_thickness_is_apart_from_the_shape() -> None:
    wedge = shape(n2m0=1.0).thick(np.array([-25.4e-3, 25.4e-3]), np.zeros(2))
    assert wedge == pytest.approx([6.49e-4, 6.51e-4])
