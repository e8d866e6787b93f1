"""The semiconductor rig: a probe station, two source meters, a voltmeter, an LCR meter.

The source of every device is at the common of all instruments. The gate's source meter drives
inputs and gates, the drain's supplies and reads currents down to its lowest range over guarded
cables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.impedance_analyzer import ImpedanceAnalyzer
from drivers.roles.probe_station import ProbeStation
from drivers.roles.source_meter import SourceMeter
from drivers.roles.voltmeter import Voltmeter
from rigs.probes import Probe, Value, question
from rigs.safety import Doing, safe_all, try_all


@dataclass(frozen=True)
class SemiconductorRig:
    """All roles of the bench."""

    drain: SourceMeter
    gate: SourceMeter
    lcr: ImpedanceAnalyzer
    output: Voltmeter
    prober: ProbeStation
    name: str = "semiconductor"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver, in the order in which they are made safe: energy first, so that
        probes are lifted without current."""
        return {
            "drain": self.drain,
            "gate": self.gate,
            "lcr": self.lcr,
            "output": self.output,
            "prober": self.prober,
        }

    async def safe(self) -> None:
        """Sources off, then the probes lifted, each read back."""
        await safe_all(self.roles())

    async def hold(self) -> None:
        """Sources off; probes, wafer and chuck stay as they are."""
        hold: dict[str, Doing] = {
            "drain": self.drain.safe,
            "gate": self.gate.safe,
            "lcr": self.lcr.safe,
        }
        await try_all(hold, "held")

    def watchable(self) -> Mapping[str, Probe]:
        """Temperature of the chuck in degC, and whether the door over the probes is closed.

        Sources and meter are not among them: to read one is to interrupt what it does.
        """
        return {
            "prober.temperature": Value("degC", self.prober.temperature),
            "prober.is_closed": question(self.prober.is_closed),
        }
