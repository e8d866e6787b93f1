"""Any direct-current supply that speaks SCPI-1999 (volume 2: SOURce, OUTPut, MEASure, INSTrument).

It is identified by the four fields of *IDN?; the option `model` holds the bench to one model,
`channel` selects an output (INSTrument:NSELect). No data sheet is known here: the accuracies are
those that the bench file states in `accuracy`; a reading for which it states none has no accuracy.

The option `watchdog` names how the supply is told to watch its own line (drivers/generic/
_supply_watchdog.py): it switches its output off by itself then. SCPI itself knows no such thing.

SCPI has no question for what holds the output. Of voltage and current, that which is nearer to its
set value is taken to be held.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar, Literal

from drivers.generic.accuracy_options import held_by, stated
from drivers.instrument import ScpiInstrument
from drivers.limits import BenchLimits, refuse_beyond, refuse_set_power
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.options import Configured, Options
from drivers.roles.dc_power_supply import SupplyReading
from labctl.evidence import Accuracy, Identity

UNITS = {"voltage": "V", "current": "A"}
HEADS = {"voltage": ":SOUR:VOLT", "current": ":SOUR:CURR"}
ON, OFF = ("1", "ON"), ("0", "OFF")
TRIPPED = ("1", "ON", "YES")
Trip = Literal["none", "over_voltage", "over_current", "over_temperature"]
PROTECTIONS: tuple[tuple[str, Trip], ...] = (
    ("voltage", "over_voltage"),
    ("current", "over_current"),
)


class ScpiSupply(ScpiInstrument):
    """One output of a supply at the end of `link`.

    `limits` by the bench: `voltage` in V, `current` in A, and `power` in W, the most of the set
    voltage at the current limit. `model`, `channel` and `accuracies` come from the bench's options.
    """

    what: ClassVar[str] = "supply"
    settings: ClassVar[MessageSettings] = MessageSettings(
        timeout=5.0, idempotent=frozenset({"*IDN?"})
    )
    limit_units: ClassVar[dict[str, str]] = {"voltage": "V", "current": "A", "power": "W"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = ()

    def __init__(
        self,
        link: MessageLink,
        limits: BenchLimits | None = None,
        *,
        model: str = "",
        channel: int = 0,
        accuracies: tuple[Accuracy, ...] = (),
    ) -> None:
        super().__init__(link, limits)
        self._model = model
        self._channel = channel
        self._lines = accuracies

    @classmethod
    def configured(cls, options: Mapping[str, Any]) -> Configured:
        """The driver with `model`, `channel`, `accuracy` and `watchdog` of the bench file;
        ValueError for a wrong one."""
        from drivers.generic._supply_watchdog import class_of  # it is made from this class

        found = Options(options, ("model", "channel", "accuracy", "watchdog"))
        channel = found.whole("channel", 0)
        if channel < 0:
            raise ValueError(f"there is no channel {channel}")
        make = partial(
            class_of(cls, found.text("watchdog", "")),
            model=found.text("model", ""),
            channel=channel,
            accuracies=stated(found, UNITS),
        )
        return Configured(cls.settings, cls.limit_units, make)

    async def identify(self) -> Identity:
        """Ask who it is, clear old errors, select the channel; `InstrumentError` for another than
        the bench's `model`."""
        found = await self._scpi.who(self._model)
        await self._scpi.set("*CLS")
        await self._select()
        self._identity = found
        return found

    async def resync(self) -> None:
        """Line and errors cleared, channel selected anew."""
        await self._scpi.resync()
        await self._select()

    async def safe(self) -> None:
        """Output off, read back."""
        await self.output(False)

    async def set_voltage(self, voltage: float) -> None:
        """Target in V, read back; output state unchanged."""
        await self._level("voltage", voltage)

    async def set_current_limit(self, current: float) -> None:
        """Current limit in A, read back; output state unchanged."""
        await self._level("current", current)

    async def set_slew_rate(self, rate: float) -> None:
        """Rate of voltage changes in V/s; `InstrumentError` where the supply has none."""
        command = ":SOUR:VOLT:SLEW"
        self._check("slew rate", rate, 0.0, float("1e9"), "V/s", command)
        await self._scpi.set(f"{command} {rate:.9g}")

    async def set_protection(self, *, voltage: float, current: float) -> None:
        """Over-voltage in V and over-current in A at which the output trips off."""
        wanted = {"voltage": voltage, "current": current}
        for what, level in wanted.items():
            self._refuse_beyond(what, level, f"{HEADS[what]}:PROT")
        for what, level in wanted.items():
            most = await self._scpi.number(f"{HEADS[what]}:PROT? MAX")
            self._check(f"over-{what}", level, 0.0, most, UNITS[what], f"{HEADS[what]}:PROT")
        for what, level in wanted.items():
            await self._scpi.set(f"{HEADS[what]}:PROT {level:.9g}")
            await self._scpi.set(f"{HEADS[what]}:PROT:STAT ON")

    async def output(self, on: bool) -> None:
        """Output on or off, read back."""
        if on:
            await self._refuse_power({}, ":OUTP ON")
        await self._scpi.set(f":OUTP {'ON' if on else 'OFF'}")
        if await self._is_on() != on:
            raise self._wrong(
                f"the output is not {'on' if on else 'off'}",
                ":OUTP?",
                "OFF" if on else "ON",
                "look for a tripped protection, or switch the output by hand",
            )

    async def measure(self) -> SupplyReading:
        """Voltage in V and current in A at this moment."""
        volts = await self._scpi.number(":MEAS:VOLT?")
        voltage = self._reading(volts, "V", held_by(self._lines, "voltage", volts))
        amps = await self._scpi.number(":MEAS:CURR?")
        current = self._reading(amps, "A", held_by(self._lines, "current", amps))
        return SupplyReading(voltage, current, await self._mode(volts, amps))

    async def trip(self) -> Trip:
        """Protection that has tripped; SCPI tells none of temperature."""
        for what, name in PROTECTIONS:
            answer = await self._scpi.text(f"{HEADS[what]}:PROT:TRIP?")
            if answer.upper() in TRIPPED:
                return name
        return "none"

    async def clear_trip(self) -> None:
        """No trip latched, output off; `InstrumentError` where its cause stands."""
        await self.output(False)
        for what, _ in PROTECTIONS:
            await self._scpi.set(f"{HEADS[what]}:PROT:CLE")
        if (still := await self.trip()) != "none":
            raise self._wrong("a trip stands", ":PROT:TRIP?", still, "remove its cause")

    async def _level(self, what: str, level: float) -> None:
        head = HEADS[what]
        self._refuse_beyond(what, level, head)
        most = await self._scpi.number(f"{head}? MAX")
        self._check(what, level, 0.0, most, UNITS[what], head)
        await self._refuse_power({what: level}, head)
        await self._scpi.set(f"{head} {level:.9g}")
        found = await self._scpi.number(f"{head}?")
        if abs(found - level) > 1e-3 * most:
            raise self._wrong(f"the {what} was not taken", head, f"{found:g} {UNITS[what]}")

    def _refuse_beyond(self, what: str, level: float, command: str) -> None:
        refuse_beyond(self._limits, what, level, UNITS[what], address=self.address, command=command)

    async def _refuse_power(self, given: Mapping[str, float], command: str) -> None:
        await refuse_set_power(
            self._limits,
            given,
            lambda what: self._scpi.number(f"{HEADS[what]}?"),
            address=self.address,
            command=command,
        )

    async def _mode(
        self, volts: float, amps: float
    ) -> Literal["constant_voltage", "constant_current", "off"]:
        if not await self._is_on():
            return "off"
        away = {
            what: abs(value - await self._scpi.number(f"{HEADS[what]}?"))
            / await self._scpi.number(f"{HEADS[what]}? MAX")
            for what, value in (("voltage", volts), ("current", amps))
        }
        return "constant_voltage" if away["voltage"] <= away["current"] else "constant_current"

    async def _is_on(self) -> bool:
        answer = (await self._scpi.text(":OUTP?")).upper()
        if answer not in ON + OFF:
            raise self._wrong("the answer is no state", ":OUTP?", answer)
        return answer in ON

    async def _select(self) -> None:
        if self._channel:
            await self._scpi.set(f":INST:NSEL {self._channel}")


DRIVER = ScpiSupply
