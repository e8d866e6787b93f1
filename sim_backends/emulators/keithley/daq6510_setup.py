"""What is set for one channel, or for the front terminals: function, ranges, sensor."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim_backends.emulators.keithley.dmm6500 import Measuring

FUNCTIONS = {
    "VOLTage:DC": "Volt DC", "CURRent:DC": "Amp DC", "RESistance": "Ohm", "FRESistance": "Ohm",
    "TEMPerature": "Celsius",
}  # fmt: skip
"""Unit of a reading by function."""

_HIGHEST = {"VOLTage:DC": 4, "CURRent:DC": 6, "RESistance": 8, "FRESistance": 8, "TEMPerature": 0}


@dataclass(slots=True)
class Sensor:
    """Settings of the temperature function."""

    transducer: str = "TCouple"
    thermocouple: str = "K"
    junction: str = "SIMulated"
    simulated: float = 23.0
    platinum: str = "PT100"
    unit: str = "CELSius"
    open_detector: bool = True


@dataclass(slots=True)
class Setup:
    """All settings of one place that can be measured."""

    function: str = "VOLTage:DC"
    measuring: dict[str, Measuring] = field(
        default_factory=lambda: {name: Measuring(index) for name, index in _HIGHEST.items()}
    )
    sensor: Sensor = field(default_factory=Sensor)
    compensation: str = "AUTO"
    delay: float = 0.0
    label: str = ""

    @property
    def four_wire(self) -> bool:
        """Whether a second pair of wires, that of the channel ten higher, is in use."""
        platinum = self.function == "TEMPerature" and self.sensor.transducer == "FRTD"
        return platinum or self.function == "FRESistance"
