"""Emulators on their ports, with what faults need where faults may come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from labctl.errors import BenchError
from sim_backends.emulators.trace_file import Trace
from sim_backends.faults import Fault, FaultyEmulator, Sensor
from sim_backends.faulty_files import FaultyFiles
from sim_backends.faulty_peripheral import FaultyPeripheral
from sim_backends.faulty_ports import spoiled, switch_off
from sim_backends.faulty_topics import FaultyTopics
from sim_backends.plugs.doors import BLE, FILES, MQTT
from sim_backends.streams import stream

Spoilable = FaultyEmulator | FaultyFiles | FaultyPeripheral | FaultyTopics
"""An instrument that takes faults: `add`, `heal`."""


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

    def make_faulty(self, port: Any, door: str, faults: Sequence[Fault]) -> Spoilable:
        """One on `port` with `faults`; `BenchError` where a fault cannot be had there."""
        sensor = Sensor()
        seen = spoiled(port, sensor)
        behind = port if seen is None else seen
        known = None if seen is None else sensor

        def renew(t: float) -> Any:
            switch_off(port, t)
            return self.make(behind)

        def unpower(t: float) -> None:
            switch_off(port, t)

        inner = self.make(behind)
        # A recorded trace goes on where it was, as if the instrument had kept everything.
        anew = None if isinstance(port, Trace) else renew
        try:
            if door == BLE:
                return FaultyPeripheral(inner, faults, known)
            if door == FILES:
                return FaultyFiles(inner, faults)
            if door == MQTT:
                return FaultyTopics(inner, faults, sensor=known, renew=anew)
            return FaultyEmulator(inner, faults, sensor=known, renew=anew, unpower=unpower)
        except BenchError as error:
            raise BenchError(f"role {self.role}: {error.message}", remedy=error.remedy) from error
