"""A simulated bench on real sockets and pseudo-terminals, in real time, for anybody's drivers.

The same emulators in the same world as behind the libraries' doors (`sim_backends.bench`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol, runtime_checkable

from labctl import clock
from labctl.errors import BenchError, UsageError
from sim_backends.bench import RoleSpec, SimBench
from sim_backends.emulators.emulator import Emulator
from sim_backends.faults import FaultyEmulator
from sim_backends.faulty_files import FaultyFiles
from sim_backends.faulty_topics import FaultyTopics
from sim_backends.making import Spoilable
from sim_backends.plugs.doors import FILES, MQTT, Door, MqttDoor
from sim_backends.plugs.files_plug import FilesDoor
from sim_backends.plugs.mqtt_broker import nowhere
from sim_backends.plugs.serve_doors import DOORS, NOT_SERVED, Endpoints, Served, Truth
from sim_backends.plugs.serve_exchange import Exchange, Report
from sim_backends.plugs.serve_faults import parse_line


@runtime_checkable
class TellsTruth(Protocol):
    """A world of known devices."""

    @property
    def truth(self) -> Mapping[str, Truth]:
        """What an ideal instrument would read, by port."""
        ...


class ServedBench:
    """The emulators of the bench `sim` in its world, each at its own endpoints."""

    def __init__(self, sim: SimBench, report: Report) -> None:
        self._sim = sim
        self._report = report
        self._exchanges: dict[str, Exchange] = {}
        self._doors: dict[str, Door] = {}
        self._spoilable: dict[str, Spoilable] = {}
        self._endpoints: Endpoints | None = None
        self._served: dict[str, Served] = {}

    @property
    def roles(self) -> dict[str, dict[str, Any]]:
        """Model, address and truth of each role as plain data, in the bench's order."""
        return {role: served.as_dict() for role, served in self._served.items()}

    async def start(self, endpoints: Endpoints) -> None:
        """Serve at `endpoints`; `BenchError` where a port is taken or a door cannot be served."""
        self._endpoints = endpoints
        world, emulators = self._sim.build(clock.now())
        truths = world.truth if isinstance(world, TellsTruth) else {}
        try:
            for role, spec in self._sim.roles.items():
                self._served[role] = Served(spec.emulator, truth=truths.get(spec.port))
                await self._serve(role, spec, emulators[role], endpoints)
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Hang up on every client and give the endpoints back. Closing twice is no error."""
        for exchange in self._exchanges.values():
            exchange.stop()
        if self._endpoints is not None:
            await self._endpoints.close()
        for door in self._doors.values():
            door.stop()
        self._exchanges, self._doors, self._spoilable = {}, {}, {}

    def command(self, line: str) -> None:
        """`fault ROLE KIND [option=value ...]` or `heal ROLE`; `after` counts from now in s.

        `UsageError` and `BenchError` say what is wrong.
        """
        verb, role, fault = parse_line(line)
        if role not in self._spoilable:
            raise UsageError(
                f"no role {role!r} is served", remedy="one of " + ", ".join(self._spoilable)
            )
        if verb == "heal" or fault is None:
            self._spoilable[role].heal()
            return
        later = None if fault.after is None else fault.after + clock.now()
        self._spoilable[role].add(replace(fault, after=later))
        for places in (self._exchanges, self._doors):
            if role in places:
                places[role].look_again()

    async def _serve(
        self, role: str, spec: RoleSpec, emulator: Emulator, endpoints: Endpoints
    ) -> None:
        door = spec.door.removeprefix("sim:")
        if door == MQTT:
            self._serve_topics(role, emulator)
            return
        if door == FILES:
            self._serve_files(role, emulator)
            return
        if door in NOT_SERVED:
            self._served[role].reason = NOT_SERVED[door]
            return
        if door not in DOORS:
            raise BenchError(f"role {role}: the door {door!r} cannot be served")
        faulty = emulator if isinstance(emulator, FaultyEmulator) else FaultyEmulator(emulator, ())
        exchange = Exchange(role, faulty, self._report)
        await DOORS[door](exchange, self._served[role], endpoints)
        exchange.start()
        self._exchanges[role] = exchange
        self._spoilable[role] = faulty

    def _serve_topics(self, role: str, device: Any) -> None:
        """A broker of its own on the loopback interface, with the device on it."""
        faulty = device if isinstance(device, FaultyTopics) else FaultyTopics(device, ())
        broker = MqttDoor(role, faulty, nowhere)
        broker.start()
        self._doors[role] = broker
        self._spoilable[role] = faulty
        served = self._served[role]
        served.address = broker.address
        served.endpoints = {"mqtt": broker.address}

    def _serve_files(self, role: str, writer: Any) -> None:
        """A folder on this machine, whatever the host: removed when the bench is closed."""
        faulty = writer if isinstance(writer, FaultyFiles) else FaultyFiles(writer, ())
        door = FilesDoor(role, faulty)
        door.start()
        self._doors[role] = door
        self._spoilable[role] = faulty
        served = self._served[role]
        served.address = door.address
        served.endpoints = {"folder": str(door.folder)}
