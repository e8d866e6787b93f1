"""What a high-voltage supply commands, with the bench limit that bounds it: for commands.py."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

Row = tuple[str, Callable[[Any, float], Awaitable[object]], str, float, float]

HIGH_VOLTAGE: tuple[Row, ...] = (
    ("ramp_to", lambda d, v: d.ramp_to(v, 10.0), "voltage", 1000.0, 1001.0),
    ("ramp_to", lambda d, v: d.ramp_to(100.0, v), "rate", 100.0, 101.0),
    ("set_current_limit", lambda d, v: d.set_current_limit(v), "current", 1e-3, 1.01e-3),
)
