"""A device's map of SunSpec models: found from the marker, read whole, written with read-back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.codecs import sunspec
from drivers.links.link import RegisterLink
from drivers.remedies import LOOK
from drivers.sunspec._accuracy import LineOf, generic_line
from drivers.sunspec._definitions import Definition, definition, numbers
from drivers.sunspec._values import Values, values_of
from labctl import clock
from labctl.errors import Defect, InstrumentError, LimitRefused
from labctl.evidence import Identity, Reading

BASES = (40000, 0, 50000)
"""Where the marker may stand (SunSpec Device Information Model Specification 1.1)."""

COMMON = 1
MOST_REGISTERS = 125
"""Registers of one read (Modbus Application Protocol V1.1b3, 6.3)."""

MOST_MODELS = 256
REGISTERS = 0x10000


@dataclass(frozen=True)
class Block:
    """Model `number` with `length` registers of points from `start` on."""

    number: int
    start: int
    length: int


class SunSpecMap:
    """The models of the device at the end of `link`; `scan` finds them.

    `models` are definitions beside those that are known here.
    """

    def __init__(self, link: RegisterLink, models: Mapping[int, Definition] | None = None) -> None:
        self.link = link
        self._more = dict(models or {})
        self._blocks: tuple[Block, ...] | None = None

    @property
    def address(self) -> str:
        """The link's address."""
        return self.link.address

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every model of the device, in the map's order; `Defect` before `scan`."""
        if self._blocks is None:
            raise Defect("the device's models were not looked for", address=self.address)
        return self._blocks

    def knows(self, number: int) -> bool:
        """Whether model `number` is defined, here or by the bench."""
        return number in self._more or number in numbers()

    def has(self, number: int) -> bool:
        """Whether the device has model `number`."""
        return any(block.number == number for block in self.blocks)

    def count(self, number: int) -> int:
        """How many blocks of model `number` the device has."""
        return sum(block.number == number for block in self.blocks)

    async def scan(self) -> None:
        """Find the marker and every model after it; `InstrumentError` where there are none."""
        at = await self._marker() + len(sunspec.MARKER)
        blocks: list[Block] = []
        while (number := await self._word(at)) != sunspec.END:
            length = await self._word(at + 1)
            if length == 0 or at + 2 + length >= REGISTERS or len(blocks) == MOST_MODELS:
                raise self.wrong(
                    "the chain of models is broken", f"read {at}", f"model {number}, {length} long"
                )
            blocks.append(Block(number, at + 2, length))
            at += 2 + length
        self._blocks = tuple(blocks)

    async def identity(self) -> Identity:
        """Maker, model, serial number and version by model 1; the last two "" where not there."""
        common = await self.values(COMMON)
        return Identity(
            self.text(common, "Mn"),
            self.text(common, "Md"),
            str(common.value("SN") or ""),
            str(common.value("Vr") or ""),
        )

    async def values(self, number: int, which: int = 1) -> Values:
        """All points of block `which` (from 1 on) of model `number`, as read now."""
        block = self._block(number, which)
        words: list[int] = []
        while len(words) < block.length:
            count = min(MOST_REGISTERS, block.length - len(words))
            words += await self.link.read_holding(block.start + len(words), count)
        try:
            return values_of(self._more.get(number) or definition(number), words)
        except sunspec.CorruptPoint as error:
            raise self.wrong(
                "a point makes no sense", f"read model {number}", str(error)
            ) from error

    async def write(self, values: Values, name: str, raw: int, *, expect_back: bool = True) -> None:
        """Write `raw` into point `name` of the first block of its model, and read it back.

        `LimitRefused` where the point cannot carry it, `InstrumentError` where it was not taken.
        """
        place = values.places.get(name)
        command = f"model {values.definition.number} {name} = {raw}"
        if place is None:
            raise self.missing(values, name)
        if not place.point.writable:
            raise Defect(f"{name} is not writable", address=self.address, command=command)
        try:
            words = sunspec.encode(place.point.kind, raw)
        except sunspec.CorruptPoint as error:
            raise LimitRefused(str(error), address=self.address, command=command) from error
        register = self._block(values.definition.number, 1).start + place.offset
        await self.link.write_registers(register, words)
        if not expect_back:
            return
        found = await self.link.read_holding(register, len(words))
        if found != words:
            raise self.wrong(
                "the value was not taken",
                command,
                str(found),
                "check the device's limits, its mode and its access rights",
            )

    def raw(self, values: Values, name: str) -> int:
        """The raw number of a point; `InstrumentError` where it is not implemented."""
        found = values.raw(name)
        if not isinstance(found, int):
            raise self.missing(values, name)
        return found

    def text(self, values: Values, name: str) -> str:
        """The text of a point; `InstrumentError` where it is not implemented."""
        found = values.raw(name)
        if not isinstance(found, str):
            raise self.missing(values, name)
        return found

    def reading(
        self, values: Values, name: str, serial: str, line_of: LineOf = generic_line
    ) -> Reading:
        """A point as a reading in its unit; `InstrumentError` where it is not implemented."""
        value = values.value(name)
        if not isinstance(value, int | float):
            raise self.missing(values, name)
        unit = values.places[name].point.unit or "dimensionless"
        t, utc = clock.stamp()
        line = line_of(values, name, unit)
        return Reading(float(value), unit, t, utc, self.address, serial, line)

    def missing(self, values: Values, name: str) -> InstrumentError:
        """The error that says that the device does not implement a point."""
        number = values.definition.number
        return self.wrong(
            f"point {name} of model {number} is not implemented",
            f"read model {number} {name}",
            "the value that says so",
            "take the quantity from another instrument",
        )

    def wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        """The error that says that the device answered wrongly."""
        return InstrumentError(
            what, address=self.address, command=command, answer=answer, remedy=remedy
        )

    def _block(self, number: int, which: int) -> Block:
        found = [block for block in self.blocks if block.number == number]
        if not 1 <= which <= len(found) or not self.knows(number):
            there = ", ".join(str(block.number) for block in self.blocks)
            raise self.wrong(
                f"the device has no model {number} that is known here",
                f"model {number}, block {which}",
                f"models {there}",
                "correct the address or the driver in the bench file",
            )
        return found[which - 1]

    async def _marker(self) -> int:
        found: list[str] = []
        for base in BASES:
            try:
                words = await self.link.read_holding(base, len(sunspec.MARKER))
            except InstrumentError as error:
                found.append(f"{base}: {error.message}")
                continue
            if tuple(words) == sunspec.MARKER:
                return base
            found.append(f"{base}: {words}")
        raise self.wrong(
            "this is no SunSpec device: there is no SunS",
            f"read {', '.join(str(base) for base in BASES)}",
            "; ".join(found),
            "correct the address, the unit or the driver in the bench file",
        )

    async def _word(self, register: int) -> int:
        return (await self.link.read_holding(register))[0]
