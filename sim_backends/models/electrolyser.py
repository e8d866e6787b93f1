"""A membrane electrode in its cell as a sample: what it is and how it ages."""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.models.electrolysis_ageing import Ageing
from sim_backends.models.electrolysis_cell import Cell


@dataclass(frozen=True, slots=True)
class Electrolyser:
    """A PEM electrolysis `cell` with its law of `ageing`; as new."""

    cell: Cell
    ageing: Ageing
