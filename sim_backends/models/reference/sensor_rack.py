"""Sensors in a room and on a heated plate, behind the channels of a data gateway."""

from __future__ import annotations

from typing import Protocol

from sim_backends.models.gas import Air
from sim_backends.models.reference.thermal import Block


class RackPort(Protocol):
    """What a gateway's channels are wired to."""

    def sense(self, channel: str, t: float) -> float:
        """True value at the sensor of `channel` at time `t`, in the unit of the channel."""
        ...

    def drive(self, channel: str, value: float, t: float) -> None:
        """From `t` on the output `channel` is at `value`, in its unit."""
        ...


class SensorRack:
    """A room of still `air` and a `plate` with its heater; fits `RackPort`.

    Channels: `room_temperature` degC, `room_humidity` %, `room_pressure` Pa, `plate_temperature`
    degC, and the output `plate_heater`, 0 to 100 %. Others read nan and drive nothing.
    """

    def __init__(self, air: Air, plate: Block) -> None:
        self.air = air
        self.plate = plate

    def sense(self, channel: str, t: float) -> float:
        """True value of `channel` at time `t` in its unit."""
        air = self.air
        still = {
            "room_temperature": air.temperature,
            "room_humidity": air.humidity,
            "room_pressure": air.pressure,
        }
        if channel == "plate_temperature":
            return self.plate.temperature(t)
        return still.get(channel, float("nan"))

    def drive(self, channel: str, value: float, t: float) -> None:
        """Set the heater, in % of its full power."""
        if channel == "plate_heater":
            self.plate.heat(value / 100.0, t)
