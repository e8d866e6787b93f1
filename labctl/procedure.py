"""Procedures: async functions bound to indicator ids by a decorator.

    @procedure("1.1-03", rig=PhotovoltaicRig)
    async def cell_efficiency(run: Run, rig: PhotovoltaicRig) -> Evidence:
        ...

A procedure holds no limit, no loop over wall time and no instrument model.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from labctl.errors import Defect
from labctl.evidence import Evidence

ProcedureFunction = Callable[[Any, Any], Awaitable[Evidence]]
F = TypeVar("F", bound=Callable[[Any, Any], Awaitable[Evidence]])


@dataclass(frozen=True)
class Procedure:
    """A function, the indicators it serves and the rig class it needs.

    `continues_aged` says that the item goes on with the sample that the item before it aged,
    instead of a fresh simulated one.
    """

    function: ProcedureFunction
    indicators: tuple[str, ...]
    rig: type
    continues_aged: bool = False

    @property
    def name(self) -> str:
        """Dotted name, as `labctl indicators --json` prints it."""
        return f"{self.function.__module__}.{self.function.__qualname__}"


_registered: dict[str, Procedure] = {}


def procedure(*indicators: str, rig: type, continues_aged: bool = False) -> Callable[[F], F]:
    """Bind an async function to `indicators` (ids) and to the class of rig it runs on."""

    def bind(function: F) -> F:
        spec = Procedure(function, indicators, rig, continues_aged)
        for indicator in indicators:
            known = _registered.get(indicator)
            if known is not None and known.name != spec.name:
                raise Defect(f"{indicator} has two procedures: {known.name} and {spec.name}")
            _registered[indicator] = spec
        return function

    return bind


def registered() -> dict[str, Procedure]:
    """Procedures by indicator id, of all modules imported so far."""
    return dict(_registered)
