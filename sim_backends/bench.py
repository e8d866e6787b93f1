"""A simulated bench: role names -> emulators -> one world, all on the running event loop.

What is true of the device under test stays inside: a procedure sees addresses and no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labctl import clock
from labctl.errors import BenchError
from sim_backends import modules
from sim_backends.emulators.trace_file import load
from sim_backends.faults import Fault
from sim_backends.making import Maker, Spoilable
from sim_backends.plugs.doors import BLE, FILES, MODBUS_RTU, MODBUS_TCP, MQTT, Door, doors
from sim_backends.plugs.mqtt_broker import Listen, nowhere
from sim_backends.snapshot.graph import Graph

if TYPE_CHECKING:
    from bleak.backends.client import BaseBleakClient
    from bleak.backends.scanner import BaseBleakScanner

    from sim_backends.plugs.line import Line
    from sim_backends.plugs.pyvisa_plug import SimVisaLibrary

VISA, SERIAL = "visa", "serial"
OPERATOR = "operator"
"""The port of a world in which people do what prompts ask for (`OperatorPort`)."""

DOORS = (VISA, SERIAL, MODBUS_RTU, MODBUS_TCP, BLE, MQTT, FILES)
_in_use: set[int] = set()


@dataclass(frozen=True)
class RoleSpec:
    """What stands behind a role: emulator (`keithley.k2450`), the world's port, the door.

    The door is one of `DOORS`; a bench file writes it as the address `sim:visa`. `trace` is the
    file that the emulator `replay` answers from; it needs no port.
    """

    emulator: str
    port: str
    door: str
    trace: Path | None = None


@dataclass(frozen=True)
class Nowhere:
    """The world of a bench that has none: no ports."""

    ports: Mapping[str, Any] = field(default_factory=dict[str, Any])


class SimBench:
    """Emulators for `roles` on the world named `world` with `device` on it; "" is no world.

    `faults` act from the beginning; with `faulty` every instrument takes more while it runs
    (`inject`). `listen` makes sockets in the file system, which MQTT needs to keep virtual time.
    """

    def __init__(
        self,
        world: str,
        roles: Mapping[str, RoleSpec],
        device: Any,
        seed: int,
        *,
        faults: Mapping[str, Sequence[Fault]] | None = None,
        faulty: bool = False,
        listen: Listen = nowhere,
    ) -> None:
        self._world_name = world
        self._roles = {
            role: replace(spec, door=spec.door.removeprefix("sim:")) for role, spec in roles.items()
        }
        self._device = device
        self._seed = seed
        self._faults = dict(faults or {})
        for role in self._faults:
            self._spec(role)
        self._faulty = faulty
        self._spoilable: dict[str, Spoilable] = {}
        self._number = 0
        self._lines: dict[str, Line] = {}
        self._doors: dict[str, Door] = {}
        self._listen = listen
        self._visa: SimVisaLibrary | None = None
        self._graph: Graph | None = None
        self._world: Any = Nowhere()

    def open(self, t0: float) -> None:
        """Build the world at run time `t0` in s and start every emulator on the running loop."""
        world, emulators = self.build(t0)
        self._world = world
        self._graph = Graph({"world": world.ports, **emulators})
        self._number = _take_number()
        for index, (role, spec) in enumerate(self._roles.items()):
            self._connect(role, spec.door, emulators[role], index)
        self._plug_in()

    def build(self, t0: float) -> tuple[Any, dict[str, Any]]:
        """The world at run time `t0` in s and an emulator for every role, behind no door yet."""
        world = Nowhere()
        if self._world_name:
            world = modules.world(self._world_name).build(self._device, seed=self._seed, t0=t0)
        return world, {
            role: self._emulator(role, spec, world.ports) for role, spec in self._roles.items()
        }

    def frozen(self) -> bytes:
        """World and instruments as they are; nothing may be on its way on a line."""
        return self._opened().frozen()

    def thawed(self, data: bytes) -> None:
        """Let world and instruments become what they were at a snapshot of the same bench."""
        self._opened().thawed(data)
        for part in (*self._lines.values(), *self._doors.values()):
            part.look_again()

    def acted(self, prompt: str, value: Any) -> None:
        """Tell the world's port `operator`, where it has one, that a person has done what `prompt`
        asked for, and answered `value`."""
        operator = self._world.ports.get(OPERATOR)
        if operator is not None:
            operator.acted(prompt, value, clock.now())

    def _opened(self) -> Graph:
        if self._graph is None:
            raise BenchError("the simulated bench is not open: it has no state yet")
        return self._graph

    def address(self, role: str) -> str:
        """Where the link of `role` finds its instrument, as the links spell addresses."""
        door = self._spec(role).door
        if door == VISA:
            return f"visa://TCPIP::{self._host(role)}::5025::SOCKET"
        if door == SERIAL:
            return f"serial://sim://{self._host(role)}?baudrate=115200"
        if role not in self._doors:
            raise BenchError(f"the simulated bench is not open: {role} has no address yet")
        return self._doors[role].address

    @property
    def roles(self) -> Mapping[str, RoleSpec]:
        """What stands behind each role, in the bench's order."""
        return self._roles

    @property
    def visa_library(self) -> SimVisaLibrary | None:
        """What `pyvisa.ResourceManager` takes to find the bench; None where no role uses it."""
        return self._visa

    @property
    def bleak_backends(self) -> tuple[type[BaseBleakClient], type[BaseBleakScanner]] | None:
        """What `BleakClient` and `BleakScanner` take as `backend`; None where no role uses it."""
        if all(spec.door != BLE for spec in self._roles.values()):
            return None
        from sim_backends.plugs.bleak_plug import SimClient, SimScanner

        return SimClient, SimScanner

    def inject(self, role: str, fault: Fault) -> None:
        """Let `fault` act on `role` from its next transaction on."""
        self._faulty_role(role).add(fault)
        if role in self._doors:
            self._doors[role].look_again()
        elif role in self._lines:
            self._lines[role].look_again()

    def heal(self, role: str) -> None:
        """No fault acts on `role` any more."""
        self._faulty_role(role).heal()

    def transactions(self, role: str) -> int:
        """How often `role` has answered; only of an instrument that was made for faults."""
        return self._faulty_role(role).transactions

    def _faulty_role(self, role: str) -> Spoilable:
        self._spec(role)
        if role not in self._spoilable:
            raise BenchError(f"the instrument of {role} was not made for faults")
        return self._spoilable[role]

    def disconnect(self, role: str) -> None:
        """Pull the plug of `role`: its line is lost from now on."""
        self._spec(role)
        if role in self._lines:
            self._lines[role].stop()
        elif role in self._doors:
            self._doors[role].stop()

    def close(self) -> None:
        """Stop every emulator and give the doors back. Closing twice is no error."""
        for line in self._lines.values():
            line.stop()
        for door in self._doors.values():
            door.stop()
        self._unplug()
        self._lines, self._doors, self._visa = {}, {}, None
        _in_use.discard(self._number)

    def _spec(self, role: str) -> RoleSpec:
        if role not in self._roles:
            raise BenchError(f"the simulated bench has no role {role!r}")
        return self._roles[role]

    def _host(self, role: str) -> str:
        return f"sim-{self._number}-{role}"

    def _emulator(self, role: str, spec: RoleSpec, ports: Mapping[str, Any]) -> Any:
        port = self._port(role, spec, ports)
        maker = Maker(modules.emulator_class(spec.emulator), role, self._seed)
        faults = self._faults.get(role, ())
        if not faults and not self._faulty:
            return maker.make(port)
        made = maker.make_faulty(port, spec.door, faults)
        self._spoilable[role] = made
        return made

    def _port(self, role: str, spec: RoleSpec, ports: Mapping[str, Any]) -> Any:
        """The world's port of `role`, or the trace that it answers from."""
        if spec.trace is not None:
            return replace(load(spec.trace), name=f"role {role}: {spec.trace}")
        if spec.port not in ports:
            raise BenchError(
                f"role {role}: the world {self._world_name} has no port {spec.port!r}",
                remedy=f"one of {', '.join(sorted(ports))}",
            )
        return ports[spec.port]

    def _connect(self, role: str, door: str, emulator: Any, index: int) -> None:
        made = doors(self._listen)
        if door in made:
            number = 20000 + 100 * self._number + index
            self._doors[role] = made[door](self._host(role), emulator, number)
            self._doors[role].start()
        elif door in (VISA, SERIAL):
            from sim_backends.plugs.line import Line

            line = Line(self._host(role), emulator)
            line.start()
            self._lines[role] = line
        else:
            raise BenchError(
                f"role {role}: unknown door {door!r}", remedy=f"one of {', '.join(DOORS)}"
            )

    def _behind(self, door: str) -> dict[str, Line]:
        return {
            line.name: line for role, line in self._lines.items() if self._roles[role].door == door
        }

    def _plug_in(self) -> None:
        visa, ports = self._behind(VISA), self._behind(SERIAL)
        if visa:
            from sim_backends.plugs.pyvisa_plug import SimVisaLibrary

            self._visa = SimVisaLibrary.over(visa)
        if ports:
            from sim_backends.plugs import pyserial_plug

            pyserial_plug.plug(ports)

    def _unplug(self) -> None:
        ports = self._behind(SERIAL)
        if ports:
            from sim_backends.plugs import pyserial_plug

            pyserial_plug.unplug(ports)


def _take_number() -> int:
    """The lowest number that no open bench has, so that a repeated run has the same addresses."""
    number = next(n for n in range(1, len(_in_use) + 2) if n not in _in_use)
    _in_use.add(number)
    return number
