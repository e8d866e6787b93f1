"""The breakdown rig: a probe station under a lid, a high-voltage supply, three meters near ground.

The supply drives the drain. What flows into it comes out of the source, the gate and the wafer,
each at a source meter of its own near ground: a current that leaves by the gate or the chuck is
seen, and nothing that must be read exactly is at high voltage. Between each meter's HI and its
probe sits a protection module that clamps its terminal (as made for source meters beside a
high-voltage one), since a meter bears some 200 V and a broken device may connect it to the drain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.driver import Driver
from drivers.roles.high_voltage_supply import HighVoltageSupply
from drivers.roles.probe_station import ProbeStation
from drivers.roles.source_meter import SourceMeter
from rigs.probes import Probe, Value, question
from rigs.safety import Doing, safe_all, try_all


@dataclass(frozen=True)
class BreakdownRig:
    """All roles of the bench. `source` holds the source pad at 0 V, `gate` the gate's voltage,
    `wafer` the chuck at 0 V.

    It drives kilovolts: a bench of real instruments names its hardware interlock, and the switch of
    the station's lid is in the supply's safety loop.
    """

    supply: HighVoltageSupply
    source: SourceMeter
    gate: SourceMeter
    wafer: SourceMeter
    prober: ProbeStation
    name: str = "breakdown"
    hazardous: bool = True

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver, in the order in which they are made safe: high voltage first, while
        the gate still holds the device off; probes are lifted last, without voltage."""
        return {
            "supply": self.supply,
            "source": self.source,
            "gate": self.gate,
            "wafer": self.wafer,
            "prober": self.prober,
        }

    async def safe(self) -> None:
        """Supply off and discharged, meters off, probes lifted, each read back."""
        await safe_all(self.roles())

    async def hold(self) -> None:
        """Supply off and discharged, meters off; probes, wafer and chuck stay as they are."""
        hold: dict[str, Doing] = {
            "supply": self.supply.safe,
            "source": self.source.safe,
            "gate": self.gate.safe,
            "wafer": self.wafer.safe,
        }
        await try_all(hold, "held")

    def watchable(self) -> Mapping[str, Probe]:
        """The lid of the station, the supply's safety loop, what stands at its output in V, and the
        chuck in degC; readable when off."""
        return {
            "prober.is_closed": question(self.prober.is_closed),
            "supply.is_interlock_closed": question(self.supply.is_interlock_closed),
            "supply.voltage": Value("V", self.supply.voltage),
            "prober.temperature": Value("degC", self.prober.temperature),
        }
