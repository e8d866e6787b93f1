from __future__ import annotations

import math

from sim_backends.models.gas import Air
from sim_backends.models.reference.sensor_rack import SensorRack
from sim_backends.models.reference.thermal import Block


def test_channels_and_heater() -> None:
    rack = SensorRack(Air(temperature=21.0, humidity=40.0, pressure=1e5), Block(21.0))
    assert rack.sense("room_temperature", 0.0) == 21.0
    assert rack.sense("room_humidity", 0.0) == 40.0
    assert rack.sense("room_pressure", 0.0) == 1e5
    assert rack.sense("plate_temperature", 0.0) == 21.0
    rack.drive("plate_heater", 50.0, 0.0)
    rack.drive("another", 50.0, 0.0)
    assert rack.sense("plate_temperature", 1e4) > 50.0
    assert math.isnan(rack.sense("another", 0.0))
