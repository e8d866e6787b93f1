"""Bronkhorst digital mass flow controllers (EL-FLOW and its kin), ProPar over RS232 (38400 baud).

Manuals: 9.17.027 (RS232 interface) for the protocol, 9.17.023 (operational instructions for
digital instruments) for the parameters. The protocol has no check sum; so a flow is asked for as
an integer and as a float in one message together with capacity and unit, other numbers are asked
for twice in one message, and answers that contradict themselves are errors.

One instrument at the end of a line is spoken to; others on the same FLOW-BUS are not. Its pressure
is not read: no manual at hand tells its unit. Instruments whose capacity is a mass flow, meters
without valve, liquid and pressure instruments are refused.
"""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from drivers.bronkhorst import _parameters as p
from drivers.bronkhorst import _units as units
from drivers.bronkhorst._talk import Talk, told
from drivers.codecs.propar import Status
from drivers.instrument import Identified
from drivers.limits import BenchLimits, refuse_beyond, refuse_outside
from drivers.links.link import BytesLink
from drivers.links.settings import BytesSettings
from drivers.roles.mass_flow_controller import GasFlow
from labctl import clock
from labctl.errors import LimitRefused
from labctl.evidence import Accuracy, Identity, Reading

SHEET = (
    "Bronkhorst EL-FLOW Select data sheet as in the laboratory's table of instruments, not "
    "re-read: 0.5 % of reading + 0.1 % of full scale"
)
OF_READING, OF_FULL = 0.005, 0.001

MODES: dict[Literal["control", "closed", "open"], int] = {
    "control": p.BUS,
    "closed": p.CLOSED,
    "open": p.OPEN,
}
AT_ITS_END, OFF_TARGET, SETTLING = 0.99, 0.02, 2.0
"""Part of the valve's output; part of full scale; s in which a valve that is opened settles."""

STATE = (p.MEASURE, p.MODE, p.CAPACITY, p.SETPOINT, p.UNIT, p.FMEASURE, p.FSETPOINT, p.VALVE)


def _flow_line(full: float) -> Accuracy:
    return Accuracy("flow", full, "m**3/s", OF_READING, OF_FULL * full, SHEET)


class BronkhorstPropar(Identified):
    """A mass flow controller at the end of `link`; `limits` by the bench: `flow` in m**3/s of
    0 degC and 101325 Pa."""

    what: ClassVar[str] = "mass flow controller"
    settings: ClassVar[BytesSettings] = BytesSettings(timeout=1.0)
    limit_units: ClassVar[dict[str, str]] = {"flow": "m**3/s"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (
        Accuracy("flow", 1.0, "1", OF_READING, OF_FULL, f"{SHEET}; parts of the capacity"),
        Accuracy("total", 1.0, "m**3", 0.01, 0.0, f"{SHEET}; at 20 % of full scale or more"),
        Accuracy(
            "temperature", 100.0, "degC", 0.0, 3.0, "assumed: the maker states no accuracy for it"
        ),
    )

    def __init__(self, link: BytesLink, limits: BenchLimits | None = None) -> None:
        self._talk = Talk(link)
        super().__init__(self._talk, limits)
        self._unit = math.nan
        self._capacity = math.nan

    async def identify(self) -> Identity:
        """Ask who it is; `InstrumentError` for another kind of instrument or a mass flow's unit."""
        asked = (p.KIND, p.KIND, p.MODEL, p.SERIAL, p.FIRMWARE)
        kind, again, model, serial, firmware = await self._talk.ask(*asked)
        if (kind, again) != (p.CONTROLLER, p.CONTROLLER):
            raise self._talk.wrong(
                "this is no mass flow controller",
                told([p.KIND]),
                f"identification number {kind}, {model}",
                "correct the address or the driver in the bench file",
            )
        await self._learn_capacity()
        self._identity = Identity("Bronkhorst", model, serial, firmware)
        return self._identity

    async def resync(self) -> None:
        """Late answers dropped; the instrument answers."""
        await self._talk.resync()
        await self._talk.ask(p.KIND)

    async def safe(self) -> None:
        """No ramp, set point 0 m**3/s, and that set point in force: the valve closes; read back."""
        await self._talk.confirmed(p.SLOPE, 0)
        await self._talk.set(p.FSETPOINT, 0.0)
        await self._talk.confirmed(p.MODE, p.BUS)
        found = await self._talk.ask(p.SETPOINT, p.FSETPOINT)
        if found != [0, 0.0]:
            raise self._talk.wrong("the set point is not 0", told([p.SETPOINT]), str(found))

    async def close(self) -> None:
        """Give the line back; the instrument goes on."""
        await self._talk.close()

    async def set_gas(self, gas: str) -> None:
        """The fluid set of `gas` by its formula; the flow must be off (set point 0 m**3/s).

        `InstrumentError` where it is not, or where no fluid set is for the gas."""
        raw, value, before = await self._talk.ask(p.SETPOINT, p.FSETPOINT, p.FLUID)
        if (raw, value) != (0, 0.0):
            raise self._talk.wrong(
                "the gas is not changed while a flow is set",
                told([p.SETPOINT]),
                f"{raw}, {value:g}",
                "set the flow to 0 first",
            )
        names: list[str] = []
        for fluid in (before, *range(p.FLUIDS)):
            await self._talk.confirmed(p.FLUID, fluid)
            (name,) = await self._talk.ask(p.FLUID_NAME)
            names.append(name)
            if units.FORMULAS.get(name.upper()) == gas:
                await self._learn_capacity()
                return
        await self._talk.confirmed(p.FLUID, before)
        raise self._talk.wrong(
            f"no fluid set is for {gas}",
            told([p.FLUID]),
            ", ".join(names),
            "ask for another instrument",
        )

    async def gas(self) -> str:
        """Formula of the fluid set in force; `InstrumentError` for a mixture or a name unknown."""
        name, again = await self._talk.ask(p.FLUID_NAME, p.FLUID_NAME)
        if name != again or name.upper() not in units.FORMULAS:
            raise self._talk.wrong("no gas of a known formula", told([p.FLUID_NAME]), name)
        return units.FORMULAS[name.upper()]

    async def set_flow(self, flow: float) -> None:
        """Target in m**3/s at 0 degC and 101325 Pa, read back; 0 closes the valve."""
        command = f"set {p.FSETPOINT.number}"
        refuse_beyond(self._limits, "flow", flow, "m**3/s", address=self.address, command=command)
        self._check("flow", flow, self._full(), "m**3/s", p.FSETPOINT.number)
        mode, again = await self._talk.ask(p.MODE, p.MODE)
        if mode != again or mode not in (p.BUS, p.RS232):
            raise self._talk.wrong(
                "a set point has no effect in this control mode",
                told([p.MODE]),
                f"mode {mode}",
                'let the valve control first: valve("control")',
            )
        await self._talk.set(p.FSETPOINT, min(flow / self._unit, self._capacity))
        found = await self.setpoint()
        if not abs(found.value - flow) <= 2 * self._full() / p.FULL:
            raise self._talk.wrong(f"{flow:g} m**3/s was not taken", "33/3", f"{found.value:g}")

    async def set_ramp(self, rate: float | None) -> None:
        """Rate of set point changes in m**3/s per second, from full scale in 3000 s to full scale
        in 0.1 s; None: at once."""
        steps = 0
        if rate is not None:
            fastest = self._full() / p.SLOPE_STEP
            self._check("rate", rate, fastest, "m**3/s**2", p.SLOPE.number, fastest / p.SLOWEST)
            steps = round(fastest / rate)
        await self._talk.confirmed(p.SLOPE, steps)

    async def setpoint(self) -> Reading:
        """Target that is in force, in m**3/s at 0 degC and 101325 Pa."""
        raw, capacity, unit, value = await self._talk.ask(
            p.SETPOINT, p.CAPACITY, p.UNIT, p.FSETPOINT
        )
        return self._flow(raw, value, capacity, unit, units.STEPS)

    async def flow(self) -> GasFlow:
        """Flow in m**3/s at 0 degC and 101325 Pa and temperature in degC; the pressure is not read.

        `InstrumentError` where the valve is at its end and the flow stays below its target.
        """
        found = await self._talk.ask(*STATE)
        if _is_starved(found):
            await clock.sleep(SETTLING)
            found = await self._talk.ask(*STATE)
            if _is_starved(found):
                raise self._talk.wrong(
                    "the valve is at its end and the flow below its target",
                    told([p.VALVE]),
                    f"{found[5]:g} {found[4]}",
                    "open the gas supply, or ask for less",
                )
        raw, _, capacity, _, unit, value, _, _ = found
        reading = self._flow(raw, value, capacity, unit, units.MOMENT)
        return GasFlow(reading, await self._temperature(), None)

    async def total(self) -> Reading:
        """Gas passed since the counter's zero, in m**3 at 0 degC and 101325 Pa."""
        one, other, unit, mode = await self._talk.ask(
            p.COUNTER, p.COUNTER, p.COUNTER_UNIT, p.COUNTER_MODE
        )
        if mode == 0:
            raise self._talk.wrong(
                "the counter is off", told([p.COUNTER_MODE]), "0", "start it with reset_total()"
            )
        value = self._talk.sure(
            lambda: units.same(one, other) * units.factor(units.VOLUMES, unit), p.COUNTER
        )
        return self._reading(value, "m**3", self.accuracies[1])

    async def reset_total(self) -> None:
        """The counter counts upwards from 0 m**3."""
        await self._talk.confirmed(p.COUNTER_MODE, p.COUNTING)
        await self._talk.set(p.RESET, p.RESET_COUNTER)

    async def valve(self, state: Literal["control", "closed", "open"]) -> None:
        """Valve controlling by the set point, closed whatever it is, or fully open; read back.

        `LimitRefused` for `open` where the bench limits the flow.
        """
        if state == "open" and "flow" in self._limits:
            raise LimitRefused(
                "the bench limits the flow, which a fully open valve does not",
                address=self.address,
                command=f"set {p.MODE.number}",
                remedy="set a flow inside the limit",
            )
        await self._talk.confirmed(p.MODE, MODES[state])

    async def _learn_capacity(self) -> None:
        """Capacity and unit, which a fluid set brings with it."""
        one, other, unit = await self._talk.ask(p.CAPACITY, p.CAPACITY, p.UNIT)
        self._capacity = self._talk.sure(lambda: units.same(one, other), p.CAPACITY)
        self._unit = self._talk.sure(lambda: units.factor(units.FLOWS, unit), p.UNIT)

    async def _temperature(self) -> Reading | None:
        """Temperature in degC, None where the instrument does not know it."""
        found = await self._talk.try_to_ask(p.TEMPERATURE, p.TEMPERATURE)
        if isinstance(found, Status):
            return None
        value = self._talk.sure(lambda: units.same(float(found[0]), float(found[1])), p.TEMPERATURE)
        return self._reading(value, "degC", self.accuracies[2])

    def _flow(self, raw: int, value: float, capacity: float, unit: str, within: float) -> Reading:
        scale = self._talk.sure(lambda: units.factor(units.FLOWS, unit), p.UNIT)
        parameter = p.FSETPOINT if within == units.STEPS else p.FMEASURE
        checked = self._talk.sure(lambda: units.agreed(raw, value, capacity, within), parameter)
        return self._reading(checked * scale, "m**3/s", _flow_line(capacity * scale))

    def _full(self) -> float:
        """Full scale in m**3/s of the normal state; `Defect` before `identify()`."""
        _ = self.identity
        return self._unit * self._capacity

    def _check(
        self, what: str, value: float, most: float, unit: str, number: int, least: float = 0.0
    ) -> None:
        command = f"set {number}"
        refuse_outside(what, value, least, most, unit, address=self.address, command=command)

    def _reading(self, value: float, unit: str, line: Accuracy) -> Reading:
        t, utc = clock.stamp()
        return Reading(value, unit, t, utc, self.address, self.identity.serial, line)


def _is_starved(state: list[float]) -> bool:
    """Whether the controlling valve is at its end while the flow is below its target."""
    _, mode, capacity, _, _, flow, target, valve = state
    below = target - flow > OFF_TARGET * capacity
    return mode in (p.BUS, p.RS232) and below and valve >= AT_ITS_END * p.VALVE_FULL


DRIVER = BronkhorstPropar
