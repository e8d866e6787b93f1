"""Procedures: async functions bound to indicator ids by a decorator.

    @procedure("1.1-03", rig=PhotovoltaicRig)
    async def cell_efficiency(run: Run, rig: PhotovoltaicRig) -> Evidence:
        ...

A procedure holds no limit, no loop over wall time and no instrument model.

One procedure may serve every indicator of a kind of evidence that has none of its own:

    @procedure(kind="document", rig=DossierRig)
    async def dossier(run: Run, rig: DossierRig) -> Evidence:
        ...
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from labctl.errors import Defect
from labctl.evidence import Evidence
from labctl.gaps import NONE, Gaps

ProcedureFunction = Callable[[Any, Any], Awaitable[Evidence]]
F = TypeVar("F", bound=Callable[[Any, Any], Awaitable[Evidence]])


@dataclass(frozen=True)
class Procedure:
    """A function, the indicators it serves and the rig class it needs.

    `kind` is the kind of evidence whose indicators it serves where they have no procedure of
    their own ("" for none). `continues_aged` says that the item goes on with the sample that the
    item before it aged, instead of a fresh simulated one. `gaps` is what it tolerates of
    interruptions.
    """

    function: ProcedureFunction
    indicators: tuple[str, ...]
    rig: type
    continues_aged: bool = False
    kind: str = ""
    gaps: Gaps = NONE

    @property
    def name(self) -> str:
        """Dotted name, as `labctl indicators --json` prints it."""
        return f"{self.function.__module__}.{self.function.__qualname__}"


_registered: dict[str, Procedure] = {}
_generic: dict[str, Procedure] = {}


def procedure(
    *indicators: str,
    rig: type,
    continues_aged: bool = False,
    kind: str = "",
    gaps: Gaps = NONE,
) -> Callable[[F], F]:
    """Bind an async function to `indicators` (ids) or to a `kind` of evidence, and to a rig class.

    `kind` is "measured", "evaluated" or "document". A second procedure for the same id or kind
    is a `Defect`.
    """

    def bind(function: F) -> F:
        spec = Procedure(function, indicators, rig, continues_aged, kind, gaps)
        for indicator in indicators:
            _enter(_registered, indicator, spec)
        if kind:
            _enter(_generic, kind, spec)
        return function

    return bind


def _enter(table: dict[str, Procedure], key: str, spec: Procedure) -> None:
    known = table.get(key)
    if known is not None and known.name != spec.name:
        raise Defect(f"{key} has two procedures: {known.name} and {spec.name}")
    table[key] = spec


def registered() -> dict[str, Procedure]:
    """Procedures by indicator id, of all modules imported so far."""
    return dict(_registered)


def generic() -> dict[str, Procedure]:
    """Procedures by the kind of evidence they serve, of all modules imported so far."""
    return dict(_generic)
