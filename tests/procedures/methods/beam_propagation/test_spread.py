from __future__ import annotations

import numpy as np
import pytest

from labctl.quantity import Quantity
from procedures.methods.beam_propagation.spread import span, wavelengths


def test_the_span_is_that_of_the_items_that_read_largest_and_smallest() -> None:
    drawn = np.array([[0.8, 0.9, 0.7], [0.95, 0.9, 0.72]])
    assert span(drawn) == pytest.approx([0.2, 0.18])


def test_wavelengths_are_counted_until_one_lacks() -> None:
    stated = {f"wavelength_{n}": Quantity(500.0 + n, "nm", 0.1) for n in (1, 2, 4)}
    assert [one.value for one in wavelengths(stated)] == pytest.approx([501e-9, 502e-9])
