"""What Alicat's mass flow meters and controllers have in common (serial primer, firmware 10v05).

The instrument's letter is A, as delivered. Flows are counted at the instrument's own reference
state (25 degC and 14.696 psi as delivered, or what `DCFRT` and `DCFRP` tell) and converted to
0 degC and 101325 Pa. A stream that somebody left running (`A@ @`) is ended by `resync`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from drivers.alicat._reference import NORMAL, STANDARD, State
from drivers.codecs import alicat
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.remedies import LOOK
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Accuracy, Identity, Reading

T = TypeVar("T")
LETTER = "A"
STOP_STREAM = f"@@={LETTER}"
MASS_FLOW, PRESSURE = 5, 2
"""Statistics of the mass flow and the absolute pressure (primer, appendix A)."""

FAULTS = frozenset({"ADC", "MOV", "VOV", "TOV", "POV", "P2O", "OPL"})
"""Flags under which flow, temperature or pressure are wrong."""

SETTINGS = MessageSettings(
    write_terminator="\r",
    read_terminator="\r",
    timeout=1.0,
    idempotent=frozenset({LETTER, *(f"{LETTER}{word}" for word in ("??M4", "??M5", "??M9", "GS"))}),
)

FLOW_SHEET = "remembered: Alicat data sheet, +-0.6 % of reading or +-0.1 % of full scale; their sum"
OTHER_SHEET = "remembered: Alicat specification sheet of M and MC series"
TEMPERATURE = Accuracy("temperature", 60.0, "degC", 0.0, 0.75, OTHER_SHEET)
PRESSURE_LINE = Accuracy("pressure", 1.1e6, "Pa", 0.0, 5.5e3, OTHER_SHEET)
SCCM = 1e-6 / 60 * STANDARD.to_role


def flow_line(full_scale: float) -> Accuracy:
    """The sheet's line of an instrument of `full_scale` in m**3/s at 0 degC and 101325 Pa."""
    return Accuracy("flow", full_scale, "m**3/s", 6e-3, 1e-3 * full_scale, FLOW_SHEET)


ACCURACIES = (
    *(flow_line(sccm * SCCM) for sccm in (10, 50, 100, 500, 1e3, 5e3, 10e3, 20e3, 100e3, 500e3)),
    TEMPERATURE,
    PRESSURE_LINE,
)
"""Lines of ranges of the catalogue; an instrument's own range is read from it."""


@dataclass(frozen=True)
class Scale:
    """What one unit of the instrument is in m**3/s (0 degC, 101325 Pa) and in Pa."""

    flow: float
    digits: int
    full_scale: float
    pascal: float


class Device:
    """The talk with an instrument at the end of `link`; failures name command and answer."""

    def __init__(self, link: MessageLink, models: re.Pattern[str], *, controller: bool) -> None:
        self._link = link
        self._models = models.pattern  # text: a snapshot of the bench keeps no compiled pattern
        self._controller = controller
        self._scale = Scale(1.0, 0, 0.0, 1.0)

    @property
    def address(self) -> str:
        """The link's address."""
        return self._link.address

    @property
    def scale(self) -> Scale:
        """Units and range, as `identify` read them."""
        return self._scale

    @property
    def line(self) -> Accuracy:
        """The sheet's line of this instrument's flow."""
        return flow_line(self._scale.full_scale)

    async def identify(self) -> Identity:
        """Who answers; units and range are read. `InstrumentError` where it is another model."""
        model = await self._label("??M4", "Model Number")
        if not re.match(self._models, model):
            raise self.wrong(
                "this is another model",
                "??M4",
                model,
                "correct the address or the driver in the bench file",
            )
        serial = await self._label("??M5", "Serial Number")
        firmware = await self._label("??M9", "Software Revision")
        await self._read_scale()
        return Identity("Alicat", model, serial, firmware)

    async def resync(self) -> None:
        """End a stream, bring the line to a known state, read units and range again."""
        await self._link.write(STOP_STREAM)
        await self._link.resync()
        await self._read_scale()

    async def close(self) -> None:
        """Give the line back."""
        await self._link.close()

    async def poll(self, command: str = "") -> alicat.Frame:
        """The data frame that `command`, or nothing but the letter, is answered with."""
        return await self.ask(
            command,
            lambda line: alicat.frame(line, LETTER, controller=self._controller),
        )

    async def sound(self) -> alicat.Frame:
        """A data frame without a fault; `InstrumentError` names those that stand."""
        frame = await self.poll()
        if faults := FAULTS & frame.flags:
            text = " ".join(sorted(faults))
            raise self.wrong("the instrument is beyond its range or at fault", "", text)
        return frame

    async def gas(self) -> str:
        """Short name of the gas that flows are counted for."""
        return await self.ask("GS", lambda line: alicat.gas(line, LETTER))

    async def amount(self, command: str, count: int) -> alicat.Amount:
        """`count` numbers with their unit that `command` is answered with."""
        return await self.ask(command, lambda line: alicat.amount(line, LETTER, count))

    async def ask(self, command: str, read: Callable[[str], T]) -> T:
        """What `read` makes of the answer; `InstrumentError` where it was refused or is none."""
        found = await self._ask_or_refused(command, read)
        if found is None:
            raise self.wrong("the instrument refused the command", command, alicat.REFUSED)
        return found

    def reading(
        self, value: float, unit: str, identity: Identity, line: Accuracy | None
    ) -> Reading:
        """A reading of now."""
        t, utc = clock.stamp()
        return Reading(value, unit, t, utc, self.address, identity.serial, line)

    def flow(self, value: float, identity: Identity) -> Reading:
        """A flow in the instrument's unit as a reading in m**3/s at 0 degC and 101325 Pa."""
        return self.reading(value * self._scale.flow, "m**3/s", identity, self.line)

    def temperature(self, frame: alicat.Frame, identity: Identity) -> Reading:
        """Temperature of the gas in degC."""
        return self.reading(frame.temperature, "degC", identity, TEMPERATURE)

    def pressure(self, frame: alicat.Frame, identity: Identity) -> Reading:
        """Absolute pressure of the gas in Pa."""
        return self.reading(frame.pressure * self._scale.pascal, "Pa", identity, PRESSURE_LINE)

    def wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        """The error that says that the instrument answered wrongly."""
        return InstrumentError(
            what, address=self.address, command=LETTER + command, answer=answer, remedy=remedy
        )

    async def _label(self, command: str, label: str) -> str:
        return await self.ask(command, lambda line: alicat.labelled(line, LETTER, label))

    async def _read_scale(self) -> None:
        full = await self.amount(f"FPF {MASS_FLOW}", 1)
        normal = full.code > alicat.NORMAL
        litres = alicat.STANDARD_FLOWS.get(full.code - (alicat.NORMAL if normal else 0))
        pressure = await self.amount(f"DCU {PRESSURE}", 0)
        pascal = alicat.PASCALS.get(pressure.code)
        if litres is None or pascal is None:
            units = f"{full.unit}, {pressure.unit}"
            raise self.wrong("units that are not known", "FPF, DCU", units, "set litres and psi")
        state = await self._state("N" if normal else "S", NORMAL if normal else STANDARD)
        flow = litres * state.to_role
        self._scale = Scale(flow, full.digits, full.values[0] * flow, pascal)

    async def _state(self, kind: str, delivered: State) -> State:
        """The reference state that flows are counted at; as delivered where it is not told."""
        command = f"DCFRT {kind}"
        temperature = await self._ask_or_refused(
            command, lambda line: alicat.amount(line, LETTER, 1)
        )
        if temperature is None:
            return delivered
        pressure = await self.amount(f"DCFRP {kind}", 1)
        pascal = alicat.PASCALS.get(pressure.code)
        if temperature.code != alicat.CELSIUS or pascal is None:
            units = f"{temperature.unit}, {pressure.unit}"
            raise self.wrong("a reference state in unknown units", "DCFRT", units, "set degC, psi")
        return State(temperature.values[0], pressure.values[0] * pascal)

    async def _ask_or_refused(self, command: str, read: Callable[[str], T]) -> T | None:
        """What `read` makes of the answer, None where the command was refused."""
        line = await self._link.query(LETTER + command)
        if line.strip() == alicat.REFUSED:
            return None
        try:
            return read(line)
        except alicat.Malformed as error:
            raise self.wrong(str(error), command, line) from error
