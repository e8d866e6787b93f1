"""The SunSpec register map: marker, models one after the other, end model.

Device Information Model Specification 1.1, section 6: "SunS" at 40000, then model after model with
id and length, then id 0xFFFF with length 0.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from sim_backends.emulators.modbus_rtu import ILLEGAL_ADDRESS, ILLEGAL_VALUE, ModbusError
from sim_backends.emulators.sunspec.points import Point, Value, decode, encode, point

BASE = 40000
_MARKER = [0x5375, 0x6E53]
_END = [0xFFFF, 0]

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Layout:
    """A model's points: `fixed`, then `repeating` as often as the point `count` says."""

    id: int
    fixed: tuple[Point, ...]
    count: str
    repeating: tuple[Point, ...]


@cache
def layouts() -> dict[int, Layout]:
    """The layouts of models.toml by model id."""
    text = (
        files("sim_backends.emulators.sunspec").joinpath("models.toml").read_text(encoding="utf-8")
    )
    return {
        int(number): _layout(int(number), table) for number, table in tomllib.loads(text).items()
    }


def _layout(number: int, table: Mapping[str, Any]) -> Layout:
    fixed = tuple(map(point, table["fixed"]))
    repeating = tuple(map(point, table.get("repeating", ())))
    return Layout(number, fixed, table.get("count", ""), repeating)


@dataclass(frozen=True, slots=True)
class Put:
    """How a point is written: numbers from `low` to `high` in its unit go to `apply`."""

    low: float
    high: float
    apply: Callable[[float], None]


@dataclass(frozen=True)
class Model:
    """One model of one device: `values` tells its points now, `groups` its repeating ones.

    `scales` holds the exponents of ten of its scale factors. What `values` does not name is not
    implemented; what `puts` does not name cannot be written, whatever the layout allows.
    """

    id: int
    values: Callable[[], Values]
    scales: Mapping[str, int] = field(default_factory=dict)
    groups: Callable[[], Sequence[Values]] = tuple
    count: int = 0
    puts: Mapping[str, Put] = field(default_factory=dict)

    def points(self) -> Iterator[tuple[Point, int]]:
        """All points in their order, each with the number of its group (-1: fixed)."""
        layout = layouts()[self.id]
        yield from ((each, -1) for each in layout.fixed)
        for index in range(self.count):
            yield from ((each, index) for each in layout.repeating)

    def length(self) -> int:
        """Registers after id and length."""
        return sum(each.width for each, _ in self.points())

    def words(self) -> list[int]:
        """All registers, id and length first."""
        known: dict[str, Value] = {**self.scales, **self.values()}
        count = layouts()[self.id].count
        if count:
            known[count] = self.count
        groups = self.groups()
        found = []
        for each, index in self.points():
            source = known if index < 0 else groups[index]
            found += encode(each, source.get(each.name), self.scales.get(each.scale, 0))
        return [self.id, len(found), *found]


class Bank:
    """The registers of a device with these `models`; fits `modbus_rtu.Registers`."""

    def __init__(self, models: Sequence[Model]) -> None:
        self._models: list[tuple[int, int, Model]] = []
        start = BASE + len(_MARKER)
        for model in models:
            size = 2 + model.length()
            self._models.append((start, size, model))
            start += size
        self._end = start

    def start(self, model_id: int) -> int:
        """Address of the id register of a model; `KeyError` where the device has it not."""
        for start, _, model in self._models:
            if model.id == model_id:
                return start
        raise KeyError(model_id)

    def read(self, address: int, count: int) -> Sequence[int]:
        """Registers; exception 02 beside the map."""
        last = address + count
        if address < BASE or last > self._end + len(_END):
            raise ModbusError(ILLEGAL_ADDRESS)
        found = []
        for start, words in self._pieces(address, last):
            found += words[max(address - start, 0) : last - start]
        return found

    def write(self, address: int, values: Sequence[int]) -> None:
        """Write whole points; exceptions 02 and 03 come before any is changed."""
        applied = [
            _checked(model, each, words)
            for model, each, words in self._addressed(address, list(values))
        ]
        for put, number in applied:
            put.apply(number)

    def _pieces(self, first: int, last: int) -> Iterator[tuple[int, list[int]]]:
        """(start, words) of all parts of the map that share an address with first..last-1."""
        if first < BASE + len(_MARKER):
            yield BASE, _MARKER
        for start, size, model in self._models:
            if start < last and first < start + size:
                yield start, model.words()
        if last > self._end:
            yield self._end, _END

    def _addressed(
        self, address: int, words: list[int]
    ) -> Iterator[tuple[Model, Point, list[int]]]:
        for start, size, model in self._models:
            at = start + 2
            if not start <= address < start + size:
                continue
            for each, index in model.points():
                if at == address and words:
                    if index >= 0 or len(words) < each.width:
                        raise ModbusError(ILLEGAL_ADDRESS)
                    yield model, each, words[: each.width]
                    address, words = address + each.width, words[each.width :]
                at += each.width
        if words:
            raise ModbusError(ILLEGAL_ADDRESS)


def _checked(model: Model, each: Point, words: Sequence[int]) -> tuple[Put, float]:
    put = model.puts.get(each.name)
    if put is None or not each.writable:
        raise ModbusError(ILLEGAL_ADDRESS)
    number = decode(each, words, model.scales.get(each.scale, 0))
    if not put.low <= number <= put.high:
        raise ModbusError(ILLEGAL_VALUE)
    return put, number
