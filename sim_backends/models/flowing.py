"""A gas line that goes on behind an instrument's valve and has to know what flows into it.

A controller asks its line what would flow at other openings than the present one, so that asking
alone does not tell the line how far the valve is open.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from sim_backends.models.gas_line import LineState


@runtime_checkable
class FlowingPort(Protocol):
    """A pipe through an instrument with a valve, with something behind it."""

    def state(self, opening: float, t: float) -> LineState:
        """What would flow at time `t` with the valve open by `opening`, 0..1."""
        ...

    def passes(self, opening: float, t: float) -> None:
        """From `t` on the valve is open by `opening`, 0..1."""
        ...
