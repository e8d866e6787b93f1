"""Maps that tell nothing are named."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from procedures.methods.wafer.shape_maps import reduced

LINE = np.arange(-24.0, 25.0, 2.0) * 1e-3
X, Y = (each.ravel() for each in np.meshgrid(LINE, LINE))
X, Y = X[np.hypot(X, Y) < 24.4e-3], Y[np.hypot(X, Y) < 24.4e-3]


@dataclass
class Map:
    x: Any
    y: Any
    values: dict[str, Any]
    diameter: float = 50.8e-3
    edge_exclusion: float = 1e-3
    file: Any = field(default_factory=lambda: SimpleNamespace(sha256="a"))


def seen(**changes: Any) -> Any:
    bow = 5e-6 * (X**2 + Y**2) / 22.4e-3**2
    faces = {"front": bow + 3.25e-4, "back": bow - 3.25e-4}
    values = {key: SimpleNamespace(values=height) for key, height in faces.items()}
    return Map(**({"x": X, "y": Y, "values": values} | changes))


def test_a_good_map_is_reduced() -> None:
    told = reduced(seen(), 50.8e-3)
    assert told.fault == "" and told.thickness == pytest.approx(6.5e-4)
    assert told.radius == pytest.approx(22.4e-3) and len(told.terms) == 28


@pytest.mark.parametrize(
    ("fault", "changes"),
    [
        ("faces", {"values": {}}),
        ("diameter", {"diameter": 100e-3}),
        ("edge", {"edge_exclusion": 4e-3}),
        ("outside", {"x": X * 1.2}),
        ("missing", {"x": X * np.nan}),
    ],
)
def test_a_spoilt_map_says_why(fault: str, changes: dict[str, Any]) -> None:
    assert reduced(seen(**changes), 50.8e-3).fault == fault
