"""What the drivers of a bench lack, as `labctl doctor` lists it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from labctl.labs import Lab

Kind = Literal["tier", "exempt", "accuracy", "certificate", "driver"]
"""Not checked by a second party, exempt from a rule, limits of error that are remembered or
assumed, no calibration certificate, no driver that can be loaded."""


@dataclass(frozen=True)
class Lack:
    """One thing that is lacking, and what is known of it in words."""

    kind: Kind
    detail: str


@dataclass(frozen=True)
class BenchLacks:
    """A bench file by its lab and name, whether it is simulated, and what each role lacks."""

    bench: str
    path: Path
    simulated: bool
    roles: Mapping[str, tuple[Lack, ...]]


Lacking = Callable[[Sequence["Lab"], Path | None], Iterable[BenchLacks]]
"""What every bench of these labs lacks, or the one bench file that is named; `BenchError` where a
bench file or a table of quality cannot be read."""
