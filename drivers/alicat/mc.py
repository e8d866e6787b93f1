"""Alicat MC mass flow controllers (serial primer of 2023; firmware 10v05 or later).

A totalizer is an option with commands of its own, which this driver has not. The valve can be held
closed, not open. Set points count where the controller takes them from its serial line (`LSS S`).
"""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from drivers.alicat._device import ACCURACIES, LETTER, SETTINGS, Device
from drivers.codecs import alicat
from drivers.instrument import Identified
from drivers.limits import BenchLimits, refuse_beyond, refuse_outside
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.roles.mass_flow_controller import GasFlow
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Accuracy, Identity, Reading

MODELS = re.compile(r"MC[SRPVW]{0,2}-")
HOLD_CLOSED, RELEASE, HELD = "HC", "C", "HLD"
PER_SECOND = 4
"""Code of the second among the units of time (primer, appendix B-8)."""

OFF_TARGET = 0.02
"""Part of full scale from which a flow counts as off its set point."""

AT_ITS_END = 99.0
"""Valve drive in % from which the valve counts as fully open."""

NO_FLOW, CLOSING, POLL = 0.01, 3.0, 0.2
"""A closed valve passes less than this part of full scale, after so many s, asked every so many."""

FASTEST = 1e3
"""Full scales per second: no controller's ramp is steeper."""


class AlicatMC(Identified):
    """A controller with the letter A at the end of `link`.

    `limits` by the bench: `flow` in m**3/s at 0 degC and 101325 Pa.
    """

    what: ClassVar[str] = "flow controller"
    settings: ClassVar[MessageSettings] = SETTINGS
    limit_units: ClassVar[dict[str, str]] = {"flow": "m**3/s"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = ACCURACIES

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        self._device = Device(link, MODELS, controller=True)
        super().__init__(self._device, limits)

    async def identify(self) -> Identity:
        """Ask who it is and read units and range; `InstrumentError` where it is no MC."""
        self._identity = await self._device.identify()
        return self._identity

    async def resync(self) -> None:
        """A stream ended, line in a known state; set point and valve stay."""
        await self._device.resync()

    async def safe(self) -> None:
        """Set point 0, read back, and no flow; else the valve is held closed, read back as well.

        `InstrumentError` where gas flows nevertheless.
        """
        if await self._takes_zero() and await self._has_stopped():
            return
        await self.valve("closed")
        if not await self._has_stopped():
            raise self._device.wrong(
                "gas flows through the closed valve", "", "", "shut the gas off by hand"
            )

    async def close(self) -> None:
        """Give the line back; the controller goes on as it is."""
        await self._device.close()

    async def set_gas(self, gas: str) -> None:
        """Gas by its formula, read back; `InstrumentError` for one it does not know."""
        if gas not in alicat.GASES:
            known = f"one of {', '.join(alicat.GASES)}"
            raise self._device.wrong(f"the controller knows no gas {gas!r}", "GS", "", known)
        command = f"GS {alicat.GASES.index(gas)}"
        found = await self._device.ask(command, lambda line: alicat.gas(line, LETTER))
        if found != gas:
            raise self._device.wrong("the gas was not taken", command, found)

    async def gas(self) -> str:
        """Formula of the gas that flows are given for."""
        return await self._device.gas()

    async def set_flow(self, flow: float) -> None:
        """Target in m**3/s at 0 degC and 101325 Pa, read back; 0 closes the valve."""
        address, command = self.address, "ALS"
        refuse_beyond(self._limits, "flow", flow, "m**3/s", address=address, command=command)
        full = self._device.scale.full_scale
        refuse_outside("flow", flow, 0.0, full, "m**3/s", address=address, command=command)
        await self._set(flow / self._device.scale.flow)

    async def set_ramp(self, rate: float | None) -> None:
        """Rate of set point changes in m**3/s (0 degC, 101325 Pa) per s; None: at once."""
        scale, wanted = self._device.scale, rate or 0.0
        high, address = FASTEST * scale.full_scale, self.address
        refuse_outside("ramp", wanted, 0.0, high, "m**3/s**2", address=address, command="ASR")
        target = wanted / scale.flow
        command = f"SR {target:.{scale.digits}f} {PER_SECOND}"
        ramp = await self._device.ask(command, lambda line: alicat.ramp(line, LETTER))
        step = 0.5 * 10.0**-ramp.digits  # it may show fewer digits than it was given
        if ramp.code != PER_SECOND or abs(ramp.values[0] - target) > step:
            found = f"{ramp.values[0]:g} {ramp.unit}"
            raise self._device.wrong("the ramp was not taken", command, found)

    async def setpoint(self) -> Reading:
        """Target that is in force, in m**3/s at 0 degC and 101325 Pa."""
        asked = await self._device.amount("LS", 2)
        value = asked.values[1] * self._device.scale.flow
        return self._device.reading(value, "m**3/s", self.identity, None)

    async def flow(self) -> GasFlow:
        """Flow in m**3/s at 0 degC and 101325 Pa, with temperature in degC and pressure in Pa.

        `InstrumentError` on a fault, and where the valve is fully open with the flow off target.
        """
        frame = await self._device.sound()
        await self._refuse_valve_at_its_end(frame)
        return GasFlow(
            self._device.flow(frame.mass, self.identity),
            self._device.temperature(frame, self.identity),
            self._device.pressure(frame, self.identity),
        )

    async def total(self) -> Reading:
        """`InstrumentError`: in m**3 only a totalizer could tell it, which is an option."""
        raise self._no_totalizer()

    async def reset_total(self) -> None:
        """`InstrumentError`: the totalizer is an option."""
        raise self._no_totalizer()

    async def valve(self, state: Literal["control", "closed", "open"]) -> None:
        """Valve controlling, or closed whatever the set point, as its flag then says.

        `InstrumentError` for `open`: no command holds the valve open.
        """
        if state == "open":
            raise self._device.wrong("no command holds the valve open", "", "", "raise the target")
        command = HOLD_CLOSED if state == "closed" else RELEASE
        frame = await self._device.poll(command)
        if (HELD in frame.flags) != (state == "closed"):
            flags = " ".join(sorted(frame.flags))
            raise self._device.wrong(f"the valve is not {state}", command, flags)

    async def _set(self, target: float) -> None:
        """Set point in the instrument's unit, read back."""
        text = f"{target:.{self._device.scale.digits}f}"
        asked = await self._device.amount(f"LS {text}", 2)
        if asked.values[1] != float(text):
            raise self._device.wrong(
                "the set point was not taken",
                f"LS {text}",
                f"{asked.values[1]:g} {asked.unit}",
                "let the controller take set points from its serial line (LSS S)",
            )

    async def _takes_zero(self) -> bool:
        """Whether a set point of 0 is taken; not where it comes from elsewhere (`LSS A`)."""
        try:
            await self._set(0.0)
        except InstrumentError:
            return False
        return True

    async def _has_stopped(self) -> bool:
        """Whether the flow ends within 3 s."""
        end = clock.now() + CLOSING
        while clock.now() < end:
            frame = await self._device.poll()
            passes = abs(frame.mass * self._device.scale.flow)
            if passes < NO_FLOW * self._device.scale.full_scale:
                return True
            await clock.sleep(POLL)
        return False

    async def _refuse_valve_at_its_end(self, frame: alicat.Frame) -> None:
        scale = self._device.scale
        missing = ((frame.setpoint or 0.0) - frame.mass) * scale.flow
        if HELD in frame.flags or missing < OFF_TARGET * scale.full_scale:
            return
        drive = await self._device.ask("VD", lambda line: alicat.numbers(line, LETTER))
        if max(drive) >= AT_ITS_END:
            raise self._device.wrong(
                "the valve is open and the flow off target",
                "VD",
                f"{max(drive):g} %",
                "raise the pressure before the controller, or ask for less flow",
            )

    def _no_totalizer(self) -> InstrumentError:
        return self._device.wrong(
            "no totalizer is known of this controller", "", "", "integrate its flow"
        )


DRIVER = AlicatMC
