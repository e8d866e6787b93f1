"""What may enter a decision: finite numbers, and a sentence for what may not."""

from __future__ import annotations

import math
from numbers import Real


class Unusable(Exception):
    """Something given that cannot be decided on; the message says why, in words."""


def finite(name: str, value: object) -> float:
    """`value` as a float; `Unusable` names what is no number, NaN or infinite."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise Unusable(f"{name} is not a number but {type(value).__name__}")
    if math.isnan(value):
        raise Unusable(f"{name} is not a number (NaN)")
    if math.isinf(value):
        raise Unusable(f"{name} is not finite")
    return float(value)
