"""`print`, `printnumber`, `printbuffer` and the object `format` (2600BS-901-01, section 9)."""

from __future__ import annotations

import struct
from collections.abc import Callable

from sim_backends.emulators.keithley.tsp.attributes import Attributes
from sim_backends.emulators.keithley.tsp.buffers import Column, ReadingBuffer
from sim_backends.emulators.keithley.tsp.errors import TspError
from sim_backends.emulators.keithley.tsp.values import (
    Builtin,
    Group,
    LuaError,
    Table,
    Value,
    printed,
    scientific,
    to_number,
)

ASCII, REAL32, REAL64 = 1, 2, 3
BIG_ENDIAN, LITTLE_ENDIAN = 0, 1
_CODES = {REAL32: "f", REAL64: "d"}
_LARGEST = {"f": 3.4e38, "d": 1.7e308}


class Output:
    """What a script sends, by `say`, in the format that is set."""

    def __init__(self, say: Callable[[str | bytes], None], make: Attributes) -> None:
        self._say, self._make = say, make
        self.reset()

    def reset(self) -> None:
        """ASCII with 6 significant digits."""
        self.data, self.order, self.digits = ASCII, LITTLE_ENDIAN, 6

    def objects(self) -> dict[str, Value]:
        """The globals of this subsystem."""
        return {
            "print": Builtin(self._print, "print"),
            "printnumber": Builtin(self._print_number, "printnumber"),
            "printbuffer": self._make.function("printbuffer", self._print_buffer),
            "format": self._format(),
        }

    def _print(self, *values: Value) -> tuple[Value, ...]:
        self._say("\t".join([printed(value, self.digits) for value in values]))
        return ()

    def _print_number(self, *values: Value) -> tuple[Value, ...]:
        numbers = [to_number(value) for value in values]
        if None in numbers:
            raise LuaError("number expected")
        self._send([number for number in numbers if number is not None])
        return ()

    def _print_buffer(self, first: Value, last: Value, *columns: Value) -> tuple[Value, ...]:
        if not columns:
            raise TspError(1400, "3")
        start, stop = to_number(first), to_number(last)
        if start is None or stop is None or not all(isinstance(c, Table) for c in columns):
            raise LuaError("printbuffer(first, last, buffer...) expected")
        most = max(_length(column) for column in columns)
        if start < 1:
            raise TspError(4900, f"{start:.0f}")
        if stop > most:
            raise TspError(4901, str(most))
        numbers = []
        for index in range(int(start), int(stop) + 1):
            numbers += [to_number(column.get(float(index))) or 0.0 for column in columns]
        self._send(numbers)
        return ()

    def _send(self, numbers: list[float]) -> None:
        if self.data == ASCII:
            self._say(", ".join([scientific(number, self.digits) for number in numbers]))
            return
        code = _CODES[self.data]
        top = _LARGEST[code]
        order = "<" if self.order == LITTLE_ENDIAN else ">"
        clipped = [max(-top, min(top, number)) for number in numbers]
        self._say(b"#0" + struct.pack(f"{order}{len(clipped)}{code}", *clipped))

    def _format(self) -> Group:
        def put_data(value: int) -> None:
            self.data = value

        def put_order(value: int) -> None:
            self.order = value

        def put_digits(value: float) -> None:
            self.digits = int(value)

        group = Group(luatype="format")
        group.attributes |= {
            "data": self._make.choice(lambda: self.data, put_data, (1, 2, 3)),
            "byteorder": self._make.choice(lambda: self.order, put_order, (0, 1)),
            "asciiprecision": self._make.number(lambda: self.digits, put_digits, 1.0, 16.0),
        }
        group.objects |= {
            "ASCII": 1.0, "REAL32": 2.0, "SREAL": 2.0, "REAL64": 3.0, "REAL": 3.0, "DREAL": 3.0,
            "NORMAL": 0.0, "NETWORK": 0.0, "BIGENDIAN": 0.0, "SWAPPED": 1.0, "LITTLEENDIAN": 1.0,
        }  # fmt: skip
        return group


def _length(column: Value) -> int:
    if isinstance(column, ReadingBuffer):
        return len(column.stored)
    return column.size if isinstance(column, Column) else column.length()
