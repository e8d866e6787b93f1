"""Known device of a cryogenic bench: the cold stage of a cryostat."""

from __future__ import annotations

from typing import Any

from sim_backends.models.reference.thermal import Block
from sim_backends.worlds.reference.truth import Truth

COLD = -170.0
"""Temperature in degC at which the stage rests with its heater off."""

RISE, TAU = 100.0, 300.0
"""What full heater power adds in K, and the time constant in s."""

TRUTH: dict[str, Truth] = {"cold_stage": {"temperature": (COLD, "degC")}}
"""What an ideal instrument would read, by port."""


def ports(seed: int, t0: float) -> tuple[dict[str, Any], dict[str, Truth]]:
    """Ports by name at run time `t0` in s, and the truth at each; nothing here is drawn."""
    return {"cold_stage": Block(COLD, rise=RISE, tau=TAU)}, dict(TRUTH)
