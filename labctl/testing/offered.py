"""What a lab says of the faults that its simulated instruments can have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True)
class Offered:
    """A fault that an instrument can have: its `role`, `kind`, and the size of it as a table.

    The table lacks when the fault begins and how long it lasts.
    """

    role: str
    kind: str
    table: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def name(self) -> str:
        """What the command line calls it."""
        return f"{self.role}:{self.kind}"


class Faults(Protocol):
    """Tells which faults the instruments of a lab's simulated bench can have on their lines."""

    def __call__(self, bench: Path | None, *, rig: type, seed: int) -> Sequence[Offered]:
        """Those of the bench file `bench` (None: the simulated bench of the class `rig`), their
        sizes drawn by `seed`; none of a rig without instruments."""
        ...
