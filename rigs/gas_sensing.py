"""The gas sensing rig: three mass flow controllers, a chamber with a sensor array, its monitors.

Dry and humidified synthetic air and a cylinder's gas are blended before the chamber. The
multiplexer's card leads the source meter to one film of the array after the other; a fast detector
at the array's place sees a tracer. A module for carbon dioxide watches the synthetic air, a node
the chamber's climate. The caliper gauges the package.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.air_monitor import AirMonitor
from drivers.roles.data_logger import DataLogger
from drivers.roles.digital_multimeter_scanner import DigitalMultimeterScanner
from drivers.roles.dimension_gauge import DimensionGauge
from drivers.roles.gas_sensor import GasSensor
from drivers.roles.mass_flow_controller import MassFlowController
from drivers.roles.source_meter import SourceMeter
from rigs.probes import Probe, Value
from rigs.safety import Doing, safe_all, try_all


@dataclass(frozen=True)
class GasSensingRig:
    """All roles of the bench. Channel 101 of the multiplexer is the array's first film."""

    dosing: MassFlowController
    dry: MassFlowController
    humid: MassFlowController
    source_meter: SourceMeter
    multiplexer: DigitalMultimeterScanner
    tracer: DataLogger
    carbon_dioxide: GasSensor
    climate: AirMonitor
    caliper: DimensionGauge
    name: str = "gas_sensing"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver, in the order in which they are made safe: test gas first."""
        return {
            "dosing": self.dosing,
            "source_meter": self.source_meter,
            "humid": self.humid,
            "dry": self.dry,
            "multiplexer": self.multiplexer,
            "tracer": self.tracer,
            "carbon_dioxide": self.carbon_dioxide,
            "climate": self.climate,
            "caliper": self.caliper,
        }

    async def safe(self) -> None:
        """No gas flows and no film is driven, each read back."""
        await safe_all(self.roles())

    async def hold(self) -> None:
        """No test gas and no film driven; synthetic air goes on purging the chamber."""
        hold: dict[str, Doing] = {
            "dosing": self.dosing.safe,
            "source_meter": self.source_meter.safe,
        }
        await try_all(hold, "held")

    def watchable(self) -> Mapping[str, Probe]:
        """Climate in the chamber and carbon dioxide in what leaves it."""
        return {
            "climate.temperature": Value("degC", self.climate.temperature),
            "climate.humidity": Value("%", self.climate.humidity),
            "carbon_dioxide.fraction": Value("mol/mol", self.carbon_dioxide.fraction),
        }
