"""Values and registers of the Smart-UPS Modbus map (990-9840A): words, big-endian, 0-based.

Notes 4, 9 and 11 of the map: a read of one undefined register is an error, a block that begins
with a defined one has zeros for undefined ones; a write to an undefined or read-only register is an
error; strings are padded with spaces and written whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sim_backends.emulators.modbus_rtu import ILLEGAL_ADDRESS, ILLEGAL_VALUE, ModbusError


@dataclass(frozen=True, slots=True)
class Field:
    """`width` registers: how to read them, and how to write them where that is allowed.

    `get` gives an integer (negative: two's complement) or a text; `put` takes the same and raises
    `ModbusError` for a value that cannot be.
    """

    width: int
    get: Callable[[], int | str]
    put: Callable[[int], None] | None = None
    put_text: Callable[[str], None] | None = None


class FieldMap:
    """Registers over fields by their first address; fits `modbus_rtu.Registers`."""

    def __init__(self, fields: Mapping[int, Field]) -> None:
        self._fields = dict(fields)
        self._owner = {
            at + offset: at for at, field in fields.items() for offset in range(field.width)
        }

    def read(self, address: int, count: int) -> Sequence[int]:
        """Registers; exception 02 where the first is undefined."""
        if address not in self._owner:
            raise ModbusError(ILLEGAL_ADDRESS)
        known: dict[int, list[int]] = {}
        found = []
        for register in range(address, address + count):
            at = self._owner.get(register)
            if at is None:
                found.append(0)
                continue
            if at not in known:
                known[at] = words(self._fields[at])
            found.append(known[at][register - at])
        return found

    def write(self, address: int, values: Sequence[int]) -> None:
        """Write whole fields, one after the other; exception 02 where one cannot be written."""
        rest, at, jobs = list(values), address, []
        while rest:
            field = self._fields.get(at)
            if field is None or len(rest) < field.width:
                raise ModbusError(ILLEGAL_ADDRESS)
            jobs.append(_job(field, rest[: field.width]))
            at, rest = at + field.width, rest[field.width :]
        for job in jobs:
            job()


def words(field: Field) -> list[int]:
    """The registers of `field` now."""
    value = field.get()
    bits = 16 * field.width
    if isinstance(value, str):
        data = value.encode("ascii", "replace")[: 2 * field.width].ljust(2 * field.width)
        value = int.from_bytes(data, "big")
    value &= (1 << bits) - 1
    return [value >> shift & 0xFFFF for shift in range(bits - 16, -1, -16)]


def _job(field: Field, given: Sequence[int]) -> Callable[[], None]:
    data = b"".join(word.to_bytes(2, "big") for word in given)
    put, put_text = field.put, field.put_text
    if put_text is not None:
        if any(not 0x20 <= byte <= 0x7E for byte in data):
            raise ModbusError(ILLEGAL_VALUE)
        return lambda: put_text(data.decode("ascii").rstrip(" "))
    if put is None:
        raise ModbusError(ILLEGAL_ADDRESS)
    return lambda: put(int.from_bytes(data, "big"))


def signed(value: int, width: int) -> int:
    """The two's complement number in `width` registers."""
    return value - (1 << 16 * width) if value >> 16 * width - 1 else value


def fixed(value: float, bits: int, top: int = 0xFFFE) -> int:
    """`value` in units of 2^-bits, kept within 0..`top`."""
    return min(max(round(value * (1 << bits)), 0), top)
