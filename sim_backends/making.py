"""Emulators on their ports, with what faults need where faults may come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from labctl.errors import BenchError
from sim_backends.faults import Fault, FaultyEmulator, Sensor
from sim_backends.faulty_peripheral import FaultyPeripheral
from sim_backends.faulty_ports import spoiled, switch_off
from sim_backends.plugs.doors import BLE, MQTT
from sim_backends.streams import stream


@dataclass(frozen=True)
class Maker:
    """Makes the emulator `kind` of the role `role` on a bench of `seed`."""

    kind: Any
    role: str
    seed: int

    def make(self, port: Any) -> Any:
        """One on `port`; made again it is the same instrument, with the same true errors."""
        serial = f"SIM-{int(stream(self.seed, 'serial', self.role).integers(10**8)):08d}"
        return self.kind(port, serial=serial, rng=stream(self.seed, "emulator", self.role))

    def make_faulty(self, port: Any, door: str, faults: Sequence[Fault]) -> Any:
        """One on `port` with `faults`; `BenchError` where a fault cannot be had there."""
        if door == MQTT:
            raise BenchError(f"role {self.role}: an instrument on topics takes no faults")
        sensor = Sensor()
        seen = spoiled(port, sensor)
        behind = port if seen is None else seen
        known = None if seen is None else sensor
        if door == BLE:
            return FaultyPeripheral(self.make(behind), faults, known)

        def renew(t: float) -> Any:
            switch_off(port, t)
            return self.make(behind)

        return FaultyEmulator(self.make(behind), faults, sensor=known, renew=renew)
