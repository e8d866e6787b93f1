"""Subcells in series, each under its own part of the light: a two-terminal tandem.

The weaker subcell limits the current, and the spectrum of the light shifts which one that is:
M. Meusel et al., Prog. Photovolt. 10 (2002) 243. The junctions are those of `solar_cell`; one that
a device of a single junction lacks simply gets no light.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sim_backends.models import moisture, series_stack, solar_cell, stc
from sim_backends.models.moisture import Moisture
from sim_backends.models.photovoltaic_device import PhotovoltaicDevice
from sim_backends.models.quantum_efficiency import AbsorptionEdge
from sim_backends.models.solar_cell import FRESH, Operating, Wear


@dataclass(frozen=True, slots=True)
class TandemDevice:
    """A `cell` of one or two junctions, the `edge` of its first absorber, and what `moisture` does
    to it."""

    cell: PhotovoltaicDevice
    edge: AbsorptionEdge
    moisture: Moisture = field(default_factory=Moisture)


def operating(
    cell: PhotovoltaicDevice, lights: Sequence[float], temperature: float, wear: Wear = FRESH
) -> Operating:
    """`cell` with its junctions under their effective irradiances `lights` in W/m2, at
    `temperature` in degC; wear acts on the first junction and the series resistance."""
    worn = (wear, *(FRESH for _ in cell.junctions[1:]))
    junctions = tuple(
        solar_cell.diode(junction, light, temperature, each)
        for junction, light, each in zip(cell.junctions, lights, worn, strict=False)
    )
    return Operating(junctions, cell.series * wear.series)


def power_at_stc(cell: PhotovoltaicDevice, wear: Wear = FRESH) -> float:
    """Largest power in W at standard test conditions."""
    return solar_cell.maximum_power(cell, stc.IRRADIANCE, stc.TEMPERATURE, wear)


class TandemSample:
    """`device` as new and dry, its terminals open."""

    def __init__(self, device: TandemDevice) -> None:
        self.device = device
        self._inside = 0.0
        self._damage = 0.0

    def steam(self, humidity: float, temperature: float, dt: float) -> None:
        """`dt` s in air of `humidity` in % at `temperature` in degC."""
        law = self.device.moisture
        later = moisture.entered(law, self._inside, humidity, temperature, dt)
        mean = (self._inside + later) / 2.0
        self._damage += dt * moisture.damage_rate(law, mean, temperature)
        self._inside = later

    def current(self, voltage: float, lights: Sequence[float], temperature: float) -> float:
        """Current in A that it generates at `voltage` in V."""
        return series_stack.current(*self._point(lights, temperature), voltage)

    def voltage(self, current: float, lights: Sequence[float], temperature: float) -> float:
        """Voltage in V while it generates `current` in A."""
        return series_stack.voltage(*self._point(lights, temperature), current)

    def _point(self, lights: Sequence[float], temperature: float) -> Operating:
        return operating(self.device.cell, lights, temperature, moisture.factors(self._damage))
