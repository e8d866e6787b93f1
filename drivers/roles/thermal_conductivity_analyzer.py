"""Role: thermal conductivity analyzer (flash, hot disc, hot plate; by file)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.roles.imported import ImportedFile, ResultImporter
from labctl.quantity import Quantity


@dataclass(frozen=True)
class ThermalTransport:
    """At one temperature in degC: thermal `diffusivity` in m**2/s (None: not measured by the
    principle), `conductivity` in W/(m*K) (None: not computed), sample `thickness` in m."""

    file: ImportedFile
    principle: Literal["flash", "hot_disc", "hot_plate"]
    temperature: Quantity
    diffusivity: Quantity | None
    conductivity: Quantity | None
    thickness: Quantity


class ThermalConductivityAnalyzer(ResultImporter[ThermalTransport], Protocol):
    """Diffusivity in m**2/s and conductivity in W/(m*K), one result a temperature.
    `InstrumentError` for a file without thickness."""
