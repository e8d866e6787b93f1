"""What the sample's sheet and the bench say about a photovoltaic device, as draws."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from labctl.quantity import Quantity
from labctl.run import Run
from labctl.sample import Sample
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from procedures.analysis.iec60891 import Coefficients
from rigs.photovoltaic import ReferenceCell
from rigs.sunlit import LitRig

RELATIVE = ("spectral_mismatch", "non_uniformity")
"""Contributions that multiply the irradiance."""

DRIFT = "spectral_drift"
"""Contribution that the spectral mismatch gains with the lamp's hours, relative per time."""

OFFSET = "temperature_offset"
"""Contribution that adds to the device's temperature, in K."""

HEATING = "cell_heating"
"""Property of the sheet: rise of the cell above its chuck per irradiance."""

REMOUNTED = ("non_uniformity", OFFSET, HEATING)
"""Contributions that a new mounting of the device draws anew."""


@dataclass(frozen=True)
class Device:
    """A device on the bench: its sheet, the reference cell, and the bench's contributions.

    `mounting` names the mounting: what hangs on the place of the device is common to readings of
    one mounting only. `burnt` are the seconds that the lamp has burnt since the first reading of
    the device: its spectrum has drifted for as long. `relative` are the contributions that multiply
    the irradiance, `standard` is what the budget calls the reference cell.
    """

    sample: Sample
    cell: ReferenceCell
    contributions: Mapping[str, Quantity]
    mounting: str = ""
    burnt: float = 0.0
    relative: tuple[str, ...] = RELATIVE
    standard: str = "reference_cell"

    def later(self, seconds: float) -> Device:
        """The device read `seconds` s of lamp later than this one."""
        return dataclasses.replace(self, burnt=self.burnt + seconds)

    def irradiance(self, mc: MonteCarlo, reference: Draws) -> Draws:
        """Irradiance in W/m2 at the device from the reference cell's voltage in V."""
        return reference * self.light_factor(mc)

    def light_factor(self, mc: MonteCarlo) -> Draws:
        """Irradiance at the device per voltage of the reference cell, in W/m2/V.

        1 / responsivity, times the factors of spectral mismatch, its drift, and non-uniformity.
        """
        out = 1.0 / mc.quantity(f"{self.standard}/responsivity", self.cell.responsivity)
        for name in self.relative:
            if name in self.contributions:
                out = out * mc.relative(self._key(name), self.contributions[name])
        if self.burnt and DRIFT in self.contributions:
            rate = self.contributions[DRIFT].to("1/s").u
            out = out * (1.0 + rate * self.burnt * mc.normal(f"bench/{DRIFT}"))
        return out

    def temperature(self, mc: MonteCarlo, chuck: Draws, irradiance: Draws) -> Draws:
        """Device temperature in degC from the chuck's in degC and the irradiance in W/m2.

        T = T_chuck + heating E + offset, the heating (K m2/W) as the sample's sheet states it.
        """
        return chuck + self.heating.value * irradiance + self.unknown_kelvin(mc, irradiance)

    def unknown_kelvin(self, mc: MonteCarlo, irradiance: Draws | float) -> Draws:
        """What is not known of the device's temperature under `irradiance` in W/m2, in K."""
        out = self.heating.u * irradiance * mc.normal(self._key(HEATING, "sample"))
        offset = self.contributions.get(OFFSET)
        if offset is None:
            return out
        return out + offset.to("K").u * mc.normal(self._key(OFFSET))

    @property
    def heating(self) -> Quantity:
        """Temperature rise above the chuck per irradiance, in K*m**2/W; 0 where none is stated."""
        if HEATING not in self.sample.properties:
            return Quantity(0.0, "K*m**2/W")
        return self.sample.quantity(HEATING, "K*m**2/W")

    def chuck_for(self, celsius: float, irradiance: float) -> float:
        """Chuck temperature in degC for a device at `celsius` in degC under light in W/m2."""
        return celsius - self.heating.value * irradiance

    def coefficients(self, mc: MonteCarlo) -> Coefficients:
        """Coefficients of IEC 60891 procedure 1 from the sheet: A/K, V/K, ohm, ohm/K."""
        return Coefficients(
            self._stated(mc, "current_temperature_coefficient", "A/K"),
            self._stated(mc, "voltage_temperature_coefficient", "V/K"),
            self._stated(mc, "series_resistance", "ohm"),
            self._stated(mc, "curve_correction_factor", "ohm/K"),
        )

    def stated(self, mc: MonteCarlo, name: str, unit: str) -> Draws:
        """Draws of a property of the sheet in `unit`; `BenchError` where it is not stated."""
        return self._stated(mc, name, unit)

    def unstated(self, *properties: str) -> tuple[Unstated, ...]:
        """Contributions that neither bench file nor sheet states.

        `properties` of the sheet are needed beside those that every figure needs.
        """
        bench = (*self.relative, *((DRIFT,) if self.burnt else ()), OFFSET)
        sheet = (HEATING, *properties)
        return (
            *(Unstated(name) for name in bench if name not in self.contributions),
            *(Unstated(name, "sample") for name in sheet if name not in self.sample.properties),
        )

    def _stated(self, mc: MonteCarlo, name: str, unit: str) -> Draws:
        return mc.quantity(f"sample/{name}", self.sample.quantity(name, unit))

    def _key(self, name: str, owner: str = "bench") -> str:
        place = f"/{self.mounting}" if self.mounting and name in REMOUNTED else ""
        return f"{owner}/{name}{place}"


def device_on(run: Run, rig: LitRig, mounting: str = "") -> Device:
    """The run's sample on `rig`."""
    return Device(run.sample, rig.reference_cell, run.contributions, mounting)
