"""Lake Shore 336 cryogenic temperature controller, lines of text (Model 336 user's manual 119-048).

Input A, a Pt100, and the heater of output 1. Commands and answers by chapter 6 of the manual; those
of pages that were not to be had as the maker's own client (lakeshore 1.10.0) and its tests have
them.

Commands are chained with `;` and every message ends with `*ESR?`: its bits tell what was refused,
and that the controller was switched off and on again, which turns its heaters off. Such a message
is never sent twice, since reading the bits clears them.
"""

from __future__ import annotations

import math
from typing import ClassVar

from drivers.codecs import scpi
from drivers.instrument import Instrument
from drivers.limits import BenchLimits
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from labctl.evidence import Accuracy, Identity, Reading

MAKER, MODEL = "LSCI", "MODEL336"
STATUS = "*ESR?"
QUERY_ERROR, EXECUTION_ERROR, COMMAND_ERROR, POWER_ON = 4, 16, 32, 128
"""Bits of the standard event status register (manual 6.2.5)."""

PLATINUM = "2"
"""Sensor type of INTYPE?, its first field."""

ZERO = 273.15
OFFSETS = {"1": ZERO, "2": 0.0}
"""What is to be taken from a set point to have it in degC, by the input's units: K, degC."""

CLOSED_LOOP = "1,1,0"
"""OUTMODE: closed loop, on input A, off at power-up."""

POWERS = ((100.0, 3), (10.0, 2), (1.0, 1))
"""Heater power of the ranges high, medium and low in % of the highest."""

OUTPUTS = (1, 2, 3, 4)
SETPOINT_STEP = 0.001
"""Steps in K in which set points are sent."""

FAULTS = (
    (1, "invalid reading"),
    (16, "temperature under range"),
    (32, "temperature over range"),
    (64, "sensor reads zero"),
    (128, "sensor over range"),
)
"""Bits of RDGST?."""

SHEET = (
    "remembered: Lake Shore 336 data sheet, electronic accuracy of the platinum input at 25 degC, "
    "0.004 Ohm + 0.01 % of reading; as degC by the slope of IEC 60751"
)


class LakeShoreM336(Instrument):
    """Lake Shore 336 temperature controller: input A and output 1 at the end of `link`.

    `limits` by the bench: `temperature_min` and `temperature_max` in degC, and `power` in %, the
    most heater power of 100 % on the range high; it chooses the range. The accuracy is that of the
    controller's input; that of the sensor stands in the bench file.
    """

    what: ClassVar[str] = "controller"
    settings: ClassVar[MessageSettings] = MessageSettings(read_terminator="\r\n", timeout=2.0)
    limit_units: ClassVar[dict[str, str]] = {
        "temperature_min": "degC",
        "temperature_max": "degC",
        "power": "%",
    }
    accuracies: ClassVar[tuple[Accuracy, ...]] = (
        Accuracy("temperature", 200.0, "degC", 0.0, 0.036, SHEET),
        Accuracy("temperature", 530.0, "degC", 1.2e-4, 0.037, SHEET),
    )
    """Below and above 0 degC."""

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._link = link
        self._offset = ZERO

    async def identify(self) -> Identity:
        """Ask who it is and how input A is set; old errors are cleared.

        `InstrumentError` for another model, and where input A has no platinum resistor or its set
        point is in sensor units.
        """
        text = await self._link.query("*IDN?")
        try:
            found = scpi.idn(text)
        except scpi.ScpiError as error:
            raise self._wrong(str(error), "*IDN?", text) from error
        if (found.maker, found.model) != (MAKER, MODEL):
            raise self._wrong(
                "this is no Lake Shore 336",
                "*IDN?",
                ",".join(found),
                "correct the address or the driver in the bench file",
            )
        (kind,) = await self._ask("*CLS", "INTYPE? A")
        fields = kind.split(",")
        if fields[0] != PLATINUM or fields[-1] not in OFFSETS:
            raise self._wrong(
                "input A is not set for a platinum resistor with a set point in K or degC",
                "INTYPE? A",
                kind,
                "set sensor type and units of input A at the front panel",
            )
        self._offset = OFFSETS[fields[-1]]
        self._identity = Identity(
            "Lake Shore", "336", found.serial.partition("/")[0], found.firmware
        )
        return self._identity

    async def resync(self) -> None:
        """Line and error bits in a known state; control goes on."""
        await self._link.resync()
        await self._ask("*CLS")

    async def safe(self) -> None:
        """All four heater outputs off; read back."""
        off = [f"RANGE {output},0" for output in OUTPUTS]
        found = await self._ask(*off, *(f"RANGE? {output}" for output in OUTPUTS), restarted=True)
        if any(state != "0" for state in found):
            raise self._wrong("an output is not off", ";".join(off), ";".join(found))

    async def set_temperature(self, setpoint: float) -> None:
        """Target set point in degC, read back unless it ramps.

        `LimitRefused` beyond the bench's limits or below absolute zero.
        """
        low = max(self._limits.get("temperature_min", -ZERO), -ZERO)
        high = self._limits.get("temperature_max", math.inf)
        self._check("set point", setpoint, low, min(high, 1e4), "degC", "SETP")
        command = f"SETP 1,{setpoint + self._offset:.3f}"
        taken, ramping = await self._ask(command, "SETP? 1", "RAMPST? 1")
        value = self._number(taken, command) - self._offset
        if ramping == "0" and abs(value - setpoint) > 2 * SETPOINT_STEP:
            raise self._wrong("the set point was not taken", command, taken)

    async def temperature(self) -> Reading:
        """Temperature of input A in degC; `InstrumentError` where its status is not good."""
        command = "CRDG? A"
        text, status = await self._ask(command, "RDGST? A")
        bits = self._bits(status, "RDGST? A")
        if bits:
            said = ", ".join(name for bit, name in FAULTS if bits & bit) or "status not 0"
            raise self._wrong(said, "RDGST? A", status, "check the sensor and its wires")
        value = self._number(text, command)
        return self._reading(value, "degC", self.accuracies[0 if value < 0.0 else 1])

    async def working_setpoint(self) -> Reading:
        """Set point the controller works to at this moment, in degC (differs while ramping)."""
        (text,) = await self._ask("SETP? 1")
        return self._reading(self._number(text, "SETP? 1") - self._offset, "degC", None)

    async def output_power(self) -> Reading:
        """Heater output in %: of the range's current or power, as its display is set."""
        (text,) = await self._ask("HTR? 1")
        return self._reading(self._number(text, "HTR? 1"), "%", None)

    async def control(self, on: bool) -> None:
        """Closed loop on input A with the highest range that `power` allows, or off; read back."""
        if not on:
            await self._set("RANGE", 0)
            return
        most = self._limits.get("power", 100.0)
        self._check("power", POWERS[-1][0], 0.0, most, "%", "RANGE")
        (mode,) = await self._ask(f"OUTMODE 1,{CLOSED_LOOP}", "OUTMODE? 1")
        if mode != CLOSED_LOOP:
            raise self._wrong("the output's mode was not taken", f"OUTMODE 1,{CLOSED_LOOP}", mode)
        await self._set("RANGE", next(number for power, number in POWERS if power <= most))

    async def _set(self, name: str, value: int) -> None:
        command = f"{name} 1,{value}"
        (found,) = await self._ask(command, f"{name}? 1")
        if found != str(value):
            raise self._wrong("the setting was not taken", command, found)

    async def _ask(self, *commands: str, restarted: bool = False) -> list[str]:
        """Send `commands` as one message; the answers of its queries.

        `InstrumentError` where one was refused or, unless `restarted` or cleared by `*CLS`, where
        the controller was switched on since the last message.
        """
        message = ";".join((*commands, STATUS))
        text = (await self._link.query(message)).strip()
        answers = text.split(";")
        if len(answers) != 1 + sum(command.partition(" ")[0].endswith("?") for command in commands):
            raise self._wrong("not as many answers as questions", message, text)
        bits = self._bits(answers.pop(), message)
        if bits & (QUERY_ERROR | EXECUTION_ERROR | COMMAND_ERROR):
            raise self._wrong("a command was refused", message, text)
        if bits & POWER_ON and not restarted:
            raise self._wrong(
                "the controller was switched off and on again, its heater is off",
                message,
                text,
                "find out why, then switch control on again",
            )
        return answers

    def _bits(self, text: str, command: str) -> int:
        if not (text.isascii() and text.isdigit()) or int(text) > 255:
            raise self._wrong("this is no register of eight bits", command, text)
        return int(text)

    def _number(self, text: str, command: str) -> float:
        try:
            return scpi.measured(text)
        except scpi.ScpiError as error:
            raise self._wrong(str(error), command, text) from error


DRIVER = LakeShoreM336
