"""Register maps as data: which value stands in which 16-bit registers, and how.

A driver writes its map from the instrument's manual as `Field`s and reads them with `read`; blocks
of neighbours are read at once. A value that the instrument marks as not available is None.

Words are in the order of the Modbus specification, most significant first, unless a field says
otherwise. Scale-factor registers are those of SunSpec: value = raw x 10**factor.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from drivers.links.link import RegisterLink
from labctl.errors import Defect, InstrumentError, LimitRefused

Kind = Literal["int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "bits", "string"]
Value = int | float | str | frozenset[str] | None

FORMATS: Mapping[str, str] = {
    **{"int16": ">h", "uint16": ">H", "int32": ">i", "uint32": ">I"},
    **{"int64": ">q", "uint64": ">Q", "float32": ">f"},
}
MOST = 125
"""Registers of one read request at most (Modbus Application Protocol V1.1b3, 6.3)."""

SUNSPEC_NOT_AVAILABLE: Mapping[str, int] = {
    **{"int16": 0x8000, "uint16": 0xFFFF, "int32": 0x8000_0000, "uint32": 0xFFFF_FFFF},
    **{"int64": 0x8000_0000_0000_0000, "uint64": 0xFFFF_FFFF_FFFF_FFFF},
}
"""What SunSpec devices answer for a point they do not have (SunSpec Device Information Model
Specification, unimplemented values), by kind, as unsigned words."""


@dataclass(frozen=True)
class Field:
    """One value: its `name`, first `register` (0-based) and `kind`, and the `unit` it comes in.

    `words` is the length of a string or of bits in registers. A number is raw times `scale`, or
    times 10 to the power of the int16 field named `factor`. `absent` is the raw value, unsigned,
    that means not available; NaN always does. `bits` names bits by number, 0 the lowest.
    """

    name: str
    register: int
    kind: Kind = "uint16"
    unit: str = ""
    words: int = 1
    scale: float = 1.0
    factor: str = ""
    absent: int | None = None
    low_word_first: bool = False
    bits: Mapping[str, int] = field(default_factory=dict[str, int])

    @property
    def count(self) -> int:
        """How many registers it takes."""
        layout = FORMATS.get(self.kind)
        return self.words if layout is None else struct.calcsize(layout) // 2

    @property
    def is_scaled(self) -> bool:
        """Whether its number is another than the raw one."""
        return bool(self.factor) or self.scale != 1.0


@dataclass(frozen=True)
class Block:
    """`count` registers from `register` on, read at once."""

    register: int
    count: int


class RegisterMap:
    """The fields of one table of an instrument: `holding` or `input` registers.

    Fields with at most `gap` unused registers between them are read in one request of at most
    `most` registers; an instrument that refuses registers it does not have needs `gap` 0.
    """

    def __init__(
        self,
        fields: Iterable[Field],
        table: Literal["holding", "input"] = "holding",
        *,
        gap: int = 8,
        most: int = MOST,
    ) -> None:
        self.fields = {item.name: item for item in fields}
        self.table = table
        self._gap = gap
        self._most = most

    def blocks(self, names: Collection[str] = ()) -> list[Block]:
        """What to read for the fields `names` (none: all) and the factors they need."""
        wanted = sorted(self._with_factors(names), key=lambda item: item.register)
        blocks: list[Block] = []
        for item in wanted:
            end = item.register + item.count
            if item.count > self._most:
                raise Defect(f"{item.name} takes more than {self._most} registers")
            last = blocks[-1] if blocks else None
            if last is not None and self._joins(last, item):
                start = last.register
                blocks[-1] = Block(start, max(end, start + last.count) - start)
            else:
                blocks.append(Block(item.register, item.count))
        return blocks

    async def read(self, link: RegisterLink, names: Collection[str] = ()) -> dict[str, Value]:
        """The fields `names` (none: all) as they are now, in their units; None: not available."""
        ask = link.read_holding if self.table == "holding" else link.read_input
        words: dict[int, int] = {}
        for block in self.blocks(names):
            values = await ask(block.register, block.count)
            words.update(enumerate(values, block.register))
        try:
            return self.decode(words, names)
        except ValueError as error:
            raise InstrumentError(str(error), address=link.address, command="read") from error

    async def write(self, link: RegisterLink, name: str, value: Value) -> None:
        """Write field `name`; one with a factor register is scaled by that register as it is."""
        item = self.fields[name]
        factor = 0
        if item.factor:
            found = (await self.read(link, [item.factor]))[item.factor]
            if not isinstance(found, int):
                raise InstrumentError(
                    f"the scale factor of {name} is not available",
                    address=link.address,
                    command=f"read {item.factor}",
                    answer=str(found),
                )
            factor = found
        await link.write_registers(item.register, encode(item, value, factor))

    def decode(self, words: Mapping[int, int], names: Collection[str] = ()) -> dict[str, Value]:
        """The fields `names` (none: all) in registers `words`; `ValueError` for no valid text."""
        return {name: self._value(self.fields[name], words) for name in names or self.fields}

    def _value(self, item: Field, words: Mapping[int, int]) -> Value:
        factor: Value = 0
        if item.factor:
            factor = self._value(self.fields[item.factor], words)
        if not isinstance(factor, int):
            return None
        return decode(item, _words_of(item, words), factor)

    def _with_factors(self, names: Collection[str]) -> Iterator[Field]:
        wanted = dict.fromkeys(names or self.fields)
        wanted |= dict.fromkeys(self.fields[n].factor for n in wanted if self.fields[n].factor)
        return (self.fields[name] for name in wanted)

    def _joins(self, block: Block, item: Field) -> bool:
        unused = item.register - (block.register + block.count)
        length = item.register + item.count - block.register
        return unused <= self._gap and length <= self._most


def decode(item: Field, words: Sequence[int], factor: int = 0) -> Value:
    """The value of `item` in its registers `words`; None where it is not available.

    `factor` is the power of ten of its factor register. `ValueError` where a string is not ASCII.
    """
    data = b"".join(word.to_bytes(2, "big") for word in _ordered(item, words))
    if item.kind == "string":
        return data.rstrip(b"\0 ").decode("ascii") or None
    if item.absent is not None and int.from_bytes(data, "big") == item.absent:
        return None
    if item.kind == "bits":
        return _names_of(item, int.from_bytes(data, "big"))
    raw: int | float = struct.unpack(FORMATS[item.kind], data)[0]
    if isinstance(raw, float) and math.isnan(raw):
        return None
    return _scaled(raw, factor) * item.scale if item.is_scaled else raw


def encode(item: Field, value: Value, factor: int = 0) -> list[int]:
    """The registers that hold `value`; `LimitRefused` where it does not fit into them."""
    size = 2 * item.count
    try:
        if item.kind == "string":
            data = _text(value).encode("ascii").ljust(size, b"\0")
        elif value is None:
            data = _absent(item).to_bytes(size, "big")
        elif item.kind == "bits":
            data = _number_of(item, value).to_bytes(size, "big")
        else:
            data = struct.pack(FORMATS[item.kind], _raw(item, value, factor))
    except (struct.error, OverflowError, ValueError, KeyError) as error:
        raise LimitRefused(f"{item.name} cannot hold {value!r} ({error})") from error
    if len(data) != size:
        raise LimitRefused(f"{item.name} cannot hold {value!r}: longer than {size} characters")
    words = [int.from_bytes(data[i : i + 2], "big") for i in range(0, size, 2)]
    return list(_ordered(item, words))


def _ordered(item: Field, words: Sequence[int]) -> Sequence[int]:
    return words[::-1] if item.low_word_first and item.kind != "string" else words


def _words_of(item: Field, words: Mapping[int, int]) -> list[int]:
    return [words[register] for register in range(item.register, item.register + item.count)]


def _scaled(raw: float, factor: int) -> float:
    # Dividing by a whole power of ten rounds once; multiplying by 0.1 would round twice.
    return raw * 10.0**factor if factor >= 0 else raw / 10.0**-factor


def _raw(item: Field, value: Value, factor: int) -> int | float:
    if not isinstance(value, int | float):
        raise ValueError("no number")
    if item.kind == "float32":
        return _scaled(value / item.scale, -factor)
    if not item.is_scaled and isinstance(value, int):
        return value
    return round(_scaled(value / item.scale, -factor))


def _absent(item: Field) -> int:
    if item.kind == "float32":
        return int.from_bytes(struct.pack(">f", math.nan), "big")
    if item.absent is None:
        raise ValueError("it is always available")
    return item.absent


def _text(value: Value) -> str:
    if value is not None and not isinstance(value, str):
        raise ValueError("no text")
    return value or ""


def _names_of(item: Field, number: int) -> frozenset[str]:
    """Names of the bits that are set; one without a name is called `bit<number>`."""
    names = {bit: name for name, bit in item.bits.items()}
    return frozenset(
        names.get(bit, f"bit{bit}") for bit in range(number.bit_length()) if number >> bit & 1
    )


def _number_of(item: Field, value: Value) -> int:
    if not isinstance(value, frozenset):
        raise ValueError("no set of names")
    return sum(1 << _bit(item, name) for name in value)


def _bit(item: Field, name: str) -> int:
    return item.bits[name] if name in item.bits else int(name.removeprefix("bit"))
