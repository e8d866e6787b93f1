"""MPI probe stations by SENTIO's native remote commands (TCP port 35555).

Commands as the maker's public Python bindings document them (SentioProberDev/SentioProberControl,
docs of version 25.2); the manual of the commands itself is not public. A wafer map is a project of
the software: contact heights, home position and alignment are set up there by a person. The driver
steps to the separation height always, and goes into contact by an order of its own.

A place in a die is a subsite of the software, measured from the die's home position, x to the right
and y up; the driver keeps one subsite and defines it anew for each place.
"""

from __future__ import annotations

from typing import ClassVar

from drivers.instrument import Instrument
from drivers.limits import BenchLimits, refuse_beyond
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.mpi._talk import Talk
from drivers.remedies import ANOTHER
from drivers.roles.probe_station import Die
from labctl.errors import LimitRefused
from labctl.evidence import Accuracy, Identity, Reading

MOVING, LOADING, ALIGNING = 30.0, 60.0, 300.0
"""Seconds within which a move, a project and an alignment are done."""

TOUCH = 1.0
"""um below the contact height from which on probes count as separated."""

COLDEST, HOTTEST = -60.0, 300.0
SHEET = "MPI thermal chucks, remembered, not re-read"
TEMPERATURE = Accuracy("temperature", 300.0, "degC", 0.0, 0.3, f"{SHEET}: +-0.3 degC")
SUBSITE = "labctl"


class MpiSentio(Instrument):
    """A station at the end of `link`; `limits` by the bench: `temperature_min` and
    `temperature_max` of the chuck in degC, `reach` in m, of a place in a die from its reference."""

    what: ClassVar[str] = "probe station"
    settings: ClassVar[MessageSettings] = MessageSettings(
        timeout=5.0,
        idempotent=frozenset({
            "status:get_version", "status:get_machine_id", "status:get_chuck_temp",
            "get_project", "map:get_num_dies", "map:path:get_die", "map:die:get_current_index",
            "get_chuck_z", "get_vacuum_status", "setup:contact_counter:get", "get_door_status",
        }),
    )  # fmt: skip
    limit_units: ClassVar[dict[str, str]] = {
        "temperature_min": "degC", "temperature_max": "degC", "reach": "m",
    }  # fmt: skip
    accuracies: ClassVar[tuple[Accuracy, ...]] = (TEMPERATURE,)

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        self._talk = Talk(link)
        super().__init__(self._talk, limits)
        self._dies: tuple[Die, ...] = ()
        self._aligned = False

    async def identify(self) -> Identity:
        """Choose the command set and ask who it is; `InstrumentError` for other software."""
        await self._talk.choose()
        told = await self._talk.do("status:get_version")
        if "SENTIO" not in told.upper():
            raise self._talk.wrong("this is no SENTIO", "status:get_version", told, ANOTHER)
        machine = await self._talk.do("status:get_machine_id")
        self._identity = Identity("MPI", "SENTIO", machine, told.split()[-1])
        return self._identity

    async def resync(self) -> None:
        """Line cleared, command set chosen; chuck and probes stay as they are."""
        await self._talk.resync()

    async def safe(self) -> None:
        """Probes separated, read back; wafer held, chuck at its temperature."""
        await self.contact(False)

    async def load_map(self, name: str) -> tuple[Die, ...]:
        """Open the project `name`; its dies in the order of the route."""
        if await self._touching():
            await self.contact(False)
        await self._talk.do(f"open_project {name}, False", LOADING)
        opened = await self._talk.do("get_project Name")
        if opened != name:
            raise self._wrong("another project is open", "get_project Name", opened)
        (count,) = await self._talk.whole("map:get_num_dies Present")
        pairs = [await self._talk.whole(f"map:path:get_die {n}", 2) for n in range(count)]
        self._dies = tuple(Die(column, row) for column, row in pairs)
        self._aligned = False
        return self._dies

    async def align(self) -> None:
        """Align the wafer by its streets; it must be held. Chuck separated afterwards."""
        await self._held("vis:align_wafer")
        await self._talk.do("set_stepping_contact_mode StepToSeparation")
        await self._talk.do("move_chuck_separation", MOVING)
        await self._talk.do("vis:align_wafer", ALIGNING)
        self._aligned = True

    async def go_to_die(self, die: Die) -> None:
        """Stand above the reference of `die`, separated."""
        await self._step(die, 0)

    async def die(self) -> Die:
        """Die that the probes stand above."""
        _, column, row = await self._talk.whole("map:die:get_current_index", 3)
        return Die(column, row)

    async def contact(self, touching: bool) -> None:
        """Probes touching the pads, or separated; read back by the chuck's height."""
        command = "move_chuck_contact" if touching else "move_chuck_separation"
        if touching:
            await self._held(command)
        await self._talk.do(command, MOVING)
        if await self._touching() != touching:
            wanted = "in contact" if touching else "separated"
            raise self._wrong(f"the probes are not {wanted}", "get_chuck_z Contact", "see height")

    async def move_in_die(self, x: float, y: float) -> None:
        """Position in the die in m from its reference, separated; `LimitRefused` with probes
        down."""
        for value in (x, y):
            self._beyond("reach", value, "m", "map:subsite:add")
        here = await self.die()
        if await self._touching():
            self._refuse("a move with the probes down", "map:step_die")
        await self._talk.do("map:subsite:reset")
        place = f"{SUBSITE}, {x * 1e6:.2f}, {y * 1e6:.2f}, UpRight"
        (index,) = await self._talk.whole(f"map:subsite:add {place}")
        await self._step(here, index)

    async def set_temperature(self, setpoint: float) -> None:
        """Target of the chuck in degC, read back."""
        command = f"status:set_chuck_temp {setpoint:.2f}, False"
        self._check("chuck temperature", setpoint, COLDEST, HOTTEST, "degC", command)
        self._beyond("temperature", setpoint, "degC", command)
        await self._talk.do(command)
        (kept,) = await self._talk.numbers("status:get_chuck_temp_setpoint", 1)
        if abs(kept - setpoint) > 0.01:
            raise self._wrong("another target is kept", command, f"{kept:g}")

    async def temperature(self) -> Reading:
        """Temperature of the chuck in degC."""
        (value,) = await self._talk.numbers("status:get_chuck_temp", 1)
        return self._reading(value, "degC", TEMPERATURE)

    async def vacuum(self, on: bool) -> None:
        """Wafer held or released, read back; `LimitRefused` off with probes down."""
        command = f"set_vacuum Wafer, {on}"
        if not on and await self._touching():
            self._refuse("releasing the wafer with the probes down", command)
        await self._talk.do(command)
        if await self._talk.is_on("get_vacuum_status Wafer") != on:
            raise self._wrong("the vacuum is not as asked for", command, "see status")

    async def touchdowns(self) -> Reading:
        """Contacts made since the software's counter was reset, unit `cyc`."""
        (count,) = await self._talk.whole("setup:contact_counter:get")
        return self._reading(float(count), "cyc", None)

    async def is_closed(self) -> bool:
        """Whether the door over the probes is closed."""
        return await self._talk.is_on("get_door_status prober")

    async def _touching(self) -> bool:
        (height,) = await self._talk.numbers("get_chuck_z Contact", 1)
        return height > -TOUCH

    async def _held(self, command: str) -> None:
        if not await self._talk.is_on("get_vacuum_status Wafer"):
            raise self._wrong("the wafer is not held", command, "0", "switch the vacuum on")

    async def _step(self, die: Die, site: int) -> None:
        command = f"map:step_die {die.column}, {die.row}, {site}"
        if die not in self._dies:
            self._refuse(f"die {die.column}, {die.row}, which is not on the map", command)
        if not self._aligned:
            raise self._wrong("the wafer is not aligned", command, "", "align it first")
        if await self._touching():
            self._refuse("a move with the probes down", command)
        stands = await self._talk.whole(command, 3, MOVING)
        if stands != (die.column, die.row, site):
            raise self._wrong("the station stands elsewhere", command, str(stands))

    def _beyond(self, name: str, value: float, unit: str, command: str) -> None:
        refuse_beyond(self._limits, name, value, unit, address=self.address, command=command)

    def _refuse(self, what: str, command: str) -> None:
        raise LimitRefused(
            f"{what} is refused",
            address=self.address,
            command=command,
            remedy="separate the probes, or choose a die of the map",
        )


DRIVER = MpiSentio
