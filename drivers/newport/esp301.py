"""Newport ESP301 motion controller, axis 1, over its serial line (user's manual EDH0235).

The controller tells no serial number: that of the stage, which it reads from the stage (`ID?`),
stands in `identity.serial`. It does not tell either whether the axis is homed: the driver knows it
of the axis that it homed itself, as long as the controller has not restarted since.

`safe` stops the axis and takes the motor's current off: an axis that hangs needs a brake.
"""

from __future__ import annotations

import math
from typing import ClassVar

from drivers.instrument import Identified
from drivers.limits import BenchLimits, refuse_beyond, refuse_outside
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.newport._stages import STAGES
from drivers.newport._talk import Talk
from labctl import clock
from labctl.errors import LimitRefused
from labctl.evidence import Accuracy, Identity, Reading

AXIS = 1
METRES = {2: 1e-3, 3: 1e-6, 4: 25.4e-3, 5: 25.4e-6, 6: 25.4e-9}
"""What one of each unit of displacement (`SN`) is in m; counts and angles are left out."""

POLL = 0.05
"""Seconds between two looks at an axis that moves."""

HOMING, STOPPING = 120.0, 10.0
"""Seconds in which an axis has found its home, and has come to rest after a stop."""

NAME = "ESP301"
OFF = "switch the controller off, or press its emergency stop"
ADDRESS = "correct the address or the driver in the bench file"


class NewportESP301(Identified):
    """Axis 1 of an ESP301 at the end of `link`.

    `limits` by the bench: `position_min` and `position_max` in m, `velocity` in m/s,
    `acceleration` in m/s**2; those set in the controller hold as well.
    """

    what: ClassVar[str] = "motion controller"
    settings: ClassVar[MessageSettings] = MessageSettings(
        write_terminator="\r",
        read_terminator="\r\n",
        timeout=2.0,
        idempotent=frozenset({f"{AXIS}{query}?" for query in ("TP", "MD", "MO", "SN", "SL", "SR")}),
    )
    limit_units: ClassVar[dict[str, str]] = {
        "position_min": "m",
        "position_max": "m",
        "velocity": "m/s",
        "acceleration": "m/s**2",
    }
    accuracies: ClassVar[tuple[Accuracy, ...]] = tuple(STAGES.values())

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        self._talk = Talk(link, AXIS)
        super().__init__(self._talk, limits)
        self._line = self.accuracies[0]
        self._metres = METRES[2]
        self._range = (-math.inf, math.inf)
        self._fastest = (0.0, 0.0)
        self._homed_at_restart: int | None = None

    async def identify(self) -> Identity:
        """Ask controller and stage who they are, and read units and limits.

        `InstrumentError` for another controller, and for a stage whose data sheet is not known.
        """
        version = await self._talk.version()
        name, _, firmware = version.partition(" Version ")
        if name != NAME:
            raise self._talk.wrong(f"this is no {NAME}", "VE?", version, ADDRESS)
        stage = await self._talk.ask("ID?")
        model, _, serial = stage.partition(",")
        line = STAGES.get(model.partition(".")[0])
        if line is None:
            known = f"{ADDRESS} (stages known: {', '.join(STAGES)})"
            raise self._talk.wrong("no data sheet is known of this stage", "ID?", stage, known)
        await self._talk.errors()
        await self._read_limits()
        self._line = line
        self._identity = Identity("Newport", f"{NAME} {model}", serial.strip(), firmware)
        return self._identity

    async def resync(self) -> None:
        """Line in a known state, error queue empty, limits read again; a move goes on."""
        await self._talk.resync()
        await self._read_limits()

    async def safe(self) -> None:
        """Axis at rest and motor without current, both read back, whatever went wrong before."""
        await self._talk.errors()
        await self._talk.send("ST")
        await self._come_to_rest(STOPPING)
        await self._talk.send("MF")
        if await self._talk.is_on("MO?") or await self.is_moving():
            raise self._talk.wrong("the motor is not off, or the axis moves", "MO?", "1", OFF)

    async def close(self) -> None:
        """Give the line back; the axis stays as it is."""
        await self._talk.close()

    async def home(self) -> None:
        """Motor on, search for the home switch and the index; an axis that is homed stays."""
        if await self.is_homed():
            return
        await self.servo(True)
        await self._talk.command("OR1")
        await self._rest("OR1", HOMING)
        self._homed_at_restart = self._talk.restarts

    async def is_homed(self) -> bool:
        """Whether this driver has homed the axis, and the controller has run on since."""
        await self._talk.refuse_errors("TB?")
        return self._homed_at_restart == self._talk.restarts

    async def move_to(self, position: float) -> None:
        """Target in m; returns when it has started. `LimitRefused` before `home`."""
        address, command = self.address, f"{AXIS}PA"
        refuse_beyond(self._limits, "position", position, "m", address=address, command=command)
        low, high = await self.limits()
        text = f"PA{self._text(position)}"
        command = f"{AXIS}{text}"
        refuse_outside("target", position, low, high, "m", address=self.address, command=command)
        if not await self.is_homed():
            raise LimitRefused(
                "the position of the axis is not known",
                address=self.address,
                command=command,
                remedy="home the axis first",
            )
        await self._talk.command(text)

    async def wait(self, *, timeout: float) -> Reading:
        """Position in m when it has come to rest; `InstrumentError` after `timeout` in s."""
        await self._rest("MD?", timeout)
        return await self.position()

    async def position(self) -> Reading:
        """Position in m by the encoder."""
        value = await self._talk.number("TP?") * self._metres
        t, utc = clock.stamp()
        return Reading(value, "m", t, utc, self.address, self.identity.serial, self._line)

    async def is_moving(self) -> bool:
        """Whether it moves or settles."""
        return not await self._talk.is_on("MD?")

    async def stop(self) -> None:
        """Decelerate; returns when it stands still. `InstrumentError` for a fault on the way."""
        await self._talk.send("ST")
        if not await self._come_to_rest(STOPPING):
            raise self._talk.wrong("the axis does not stop", "ST", "0", OFF)
        await self._talk.refuse_errors("ST")

    async def set_velocity(self, velocity: float, *, acceleration: float) -> None:
        """Speed in m/s, acceleration and deceleration in m/s**2, all read back."""
        fastest, steepest = self._fastest
        self._refuse("VA", "velocity", velocity, fastest, "m/s")
        self._refuse("AC", "acceleration", acceleration, steepest, "m/s**2")
        await self._set("VA", velocity)
        await self._set("AC", acceleration)
        await self._set("AG", acceleration)

    async def limits(self) -> tuple[float, float]:
        """Lowest and highest position in m: the controller's limits and the bench's."""
        low, high = self._range
        return (
            max(low, self._limits.get("position_min", low)),
            min(high, self._limits.get("position_max", high)),
        )

    async def servo(self, on: bool) -> None:
        """Motor holding, or free; read back."""
        await self._talk.command("MO" if on else "MF")
        if await self._talk.is_on("MO?") != on:
            what = f"the motor is not {'on' if on else 'off'}"
            remedy = "look at the emergency stop and the interlock" if on else OFF
            raise self._talk.wrong(what, "MO?", "0" if on else "1", remedy)

    def _refuse(self, command: str, what: str, value: float, most: float, unit: str) -> None:
        """`LimitRefused` beyond the controller's `most` or the bench's limit named `what`."""
        address, command = self.address, f"{AXIS}{command}"
        refuse_beyond(self._limits, what, value, unit, address=address, command=command)
        refuse_outside(what, value, 0.0, most, unit, address=address, command=command)

    async def _set(self, command: str, value: float) -> None:
        """Set a speed or an acceleration, in m/s or m/s**2, and read it back."""
        text = self._text(value)
        await self._talk.command(f"{command}{text}")
        found = await self._talk.number(f"{command}?")
        if not math.isclose(found, float(text), rel_tol=1e-3, abs_tol=1e-4):
            raise self._talk.wrong("the value was not taken", f"{command}?", f"{found:g}")

    async def _rest(self, command: str, timeout: float) -> None:
        """Wait until it stands still, at most `timeout` in s, and look what went wrong on the way.

        `InstrumentError` for a fault (following error, limit switch), and where it still moves.
        """
        end = clock.now() + timeout
        while await self.is_moving():
            await self._talk.refuse_errors(command)
            if clock.now() + POLL > end:
                what = f"the axis still moves after {timeout:g} s"
                raise self._talk.wrong(what, command, "0", "wait longer, or stop it")
            await clock.sleep(POLL)
        await self._talk.refuse_errors(command)

    async def _come_to_rest(self, timeout: float) -> bool:
        """Whether it stands still within `timeout` in s."""
        end = clock.now() + timeout
        while await self.is_moving():
            if clock.now() + POLL > end:
                return False
            await clock.sleep(POLL)
        return True

    async def _read_limits(self) -> None:
        unit = round(await self._talk.number("SN?"))
        if unit not in METRES:
            remedy = "set a unit of length (SN2, millimetres); rotation stages have their own role"
            raise self._talk.wrong("the axis has no unit of length", "SN?", str(unit), remedy)
        self._metres = metres = METRES[unit]
        low, high = await self._talk.number("SL?"), await self._talk.number("SR?")
        fastest, steepest = await self._talk.number("VU?"), await self._talk.number("AU?")
        self._range = (low * metres, high * metres)
        self._fastest = (fastest * metres, steepest * metres)

    def _text(self, value: float) -> str:
        """A value in m (m/s, m/s**2) as a number in the axis' unit, with six decimals at most."""
        return f"{value / self._metres + 0.0:.6f}".rstrip("0").rstrip(".")


DRIVER = NewportESP301
