"""A simulated bench: role names -> emulators -> one world, all on the running event loop.

What is true of the device under test stays inside: a procedure sees addresses and no more.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import TYPE_CHECKING, Any

from labctl.errors import BenchError
from sim_backends.emulators.emulator import Emulator
from sim_backends.faults import Fault, FaultyEmulator
from sim_backends.streams import stream

if TYPE_CHECKING:
    from sim_backends.plugs.line import Line
    from sim_backends.plugs.pymodbus_plug import ModbusPlug
    from sim_backends.plugs.pyvisa_plug import SimVisaLibrary

VISA, SERIAL, MODBUS_RTU = "visa", "serial", "modbus-rtu"
DOORS = (VISA, SERIAL, MODBUS_RTU)
_NAME = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)*\Z")
_in_use: set[int] = set()


@dataclass(frozen=True)
class RoleSpec:
    """What stands behind a role: emulator (`keithley.k2450`), the world's port, the door.

    The door is `visa`, `serial` or `modbus-rtu`; a bench file writes it as the address `sim:visa`.
    """

    emulator: str
    port: str
    door: str


class SimBench:
    """Emulators for `roles` on the world named `world` with `device` on it."""

    def __init__(
        self,
        world: str,
        roles: Mapping[str, RoleSpec],
        device: Any,
        seed: int,
        *,
        faults: Mapping[str, Sequence[Fault]] | None = None,
    ) -> None:
        self._world_name = world
        self._roles = {
            role: replace(spec, door=spec.door.removeprefix("sim:")) for role, spec in roles.items()
        }
        self._device = device
        self._seed = seed
        self._faults = dict(faults or {})
        self._number = 0
        self._lines: dict[str, Line] = {}
        self._plugs: dict[str, ModbusPlug] = {}
        self._visa: SimVisaLibrary | None = None

    def open(self, t0: float) -> None:
        """Build the world at run time `t0` in s and start every emulator on the running loop."""
        world = _module("worlds", self._world_name).build(self._device, seed=self._seed, t0=t0)
        emulators = {
            role: self._emulator(role, spec, world.ports) for role, spec in self._roles.items()
        }
        self._number = _take_number()
        for index, (role, spec) in enumerate(self._roles.items()):
            self._connect(role, spec.door, emulators[role], index)
        self._plug_in()

    def address(self, role: str) -> str:
        """Where the link of `role` finds its instrument, as the links spell addresses."""
        door = self._spec(role).door
        if door == VISA:
            return f"visa://TCPIP::{self._host(role)}::5025::SOCKET"
        if door == SERIAL:
            return f"serial://sim://{self._host(role)}?baudrate=115200"
        if role not in self._plugs:
            raise BenchError(f"the simulated bench is not open: {role} has no address yet")
        return f"modbus+rtu://{self._plugs[role].port}?baudrate=9600&unit=1"

    @property
    def visa_library(self) -> SimVisaLibrary | None:
        """What `pyvisa.ResourceManager` takes to find the bench; None where no role uses it."""
        return self._visa

    def disconnect(self, role: str) -> None:
        """Pull the plug of `role`: its line is lost from now on."""
        self._spec(role)
        if role in self._lines:
            self._lines[role].stop()
        elif role in self._plugs:
            self._plugs[role].stop()

    def close(self) -> None:
        """Stop every emulator and give the doors back. Closing twice is no error."""
        for line in self._lines.values():
            line.stop()
        for plug in self._plugs.values():
            plug.stop()
        self._unplug()
        self._lines, self._plugs, self._visa = {}, {}, None
        _in_use.discard(self._number)

    def _spec(self, role: str) -> RoleSpec:
        if role not in self._roles:
            raise BenchError(f"the simulated bench has no role {role!r}")
        return self._roles[role]

    def _host(self, role: str) -> str:
        return f"sim-{self._number}-{role}"

    def _emulator(self, role: str, spec: RoleSpec, ports: Mapping[str, Any]) -> Emulator:
        if spec.port not in ports:
            raise BenchError(
                f"role {role}: the world {self._world_name} has no port {spec.port!r}",
                remedy=f"one of {', '.join(sorted(ports))}",
            )
        rng = stream(self._seed, "emulator", role)
        serial = f"SIM-{int(stream(self._seed, 'serial', role).integers(10**8)):08d}"
        made = _emulator_class(spec.emulator)(ports[spec.port], serial=serial, rng=rng)
        faults = self._faults.get(role)
        return FaultyEmulator(made, faults) if faults else made

    def _connect(self, role: str, door: str, emulator: Emulator, index: int) -> None:
        if door == MODBUS_RTU:
            from sim_backends.plugs.pymodbus_plug import ModbusPlug

            plug = ModbusPlug(self._host(role), emulator, 20000 + 100 * self._number + index)
            plug.start()
            self._plugs[role] = plug
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


def _emulator_class(name: str) -> Any:
    module = _module("emulators", name)
    try:
        return module.EMULATOR
    except AttributeError:
        raise BenchError(f"{module.__name__} defines no EMULATOR") from None


def _module(kind: str, name: str) -> ModuleType:
    """`keithley.k2450` is ours; a name with `.sim_backends.` in it is another lab's module."""
    if not _NAME.match(name):
        raise BenchError(f"not a name of {kind}: {name!r}")
    path = name if f".sim_backends.{kind}." in name else f"sim_backends.{kind}.{name}"
    try:
        return importlib.import_module(path)
    except ModuleNotFoundError as error:
        if error.name is None or not path.startswith(error.name):
            raise
        raise BenchError(
            f"no simulated {kind.rstrip('s')} {name!r}: there is no module {path}"
        ) from None


def _take_number() -> int:
    """The lowest number that no open bench has, so that a repeated run has the same addresses."""
    number = next(n for n in range(1, len(_in_use) + 2) if n not in _in_use)
    _in_use.add(number)
    return number
