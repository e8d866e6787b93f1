"""Variables of a script: value, type, status and range; and their text in a package."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim_backends.emulators.palmsens import errors
from sim_backends.emulators.palmsens.errors import ScriptError
from sim_backends.emulators.palmsens.numbers import encode, literal


@dataclass(frozen=True, slots=True)
class Variable:
    """A value in its SI unit; `kind` is the variable type, such as `ba` for a current."""

    value: float
    kind: str = "ja"
    integer: bool = False
    status: int | None = None
    range: int | None = None

    @property
    def text(self) -> str:
        """As in a package: `ba48D503Dp,10,288`."""
        text = self.kind + encode(self.value, self.integer)
        if self.status is not None:
            text += f",1{self.status:X}"
        return text if self.range is None else f"{text},2{self.range:02X}"

    @property
    def plain(self) -> str:
        """As `send_string f"{x}"` writes it."""
        return f"{self.value:.0f}" if self.integer else f"{self.value:.6g}"


class Variables:
    """The variables and arrays of one run of a script."""

    def __init__(self) -> None:
        self._values: dict[str, Variable] = {}
        self._arrays: dict[str, list[Variable]] = {}

    def read(self, token: str) -> Variable:
        """A variable, 0 before it is stored, or a literal."""
        found = self._values.get(token)
        if found is not None:
            return found
        number = literal(token)
        return Variable(0.0) if number is None else Variable(number[0], integer=number[1])

    def number(self, token: str) -> float:
        """Value of a variable or literal."""
        return self.read(token).value

    def write(self, name: str, variable: Variable) -> None:
        """Store `variable`; a value that is no number stops the script."""
        self._values[name] = variable

    def make_array(self, name: str, size: float) -> None:
        """An array of zeros."""
        if not 0 < size <= 10_000:
            raise ScriptError(errors.SCRIPT_OUT_OF_RANGE)
        self._arrays[name] = [Variable(0.0)] * int(size)

    def array(self, name: str, index: float) -> tuple[list[Variable], int]:
        """The array `name` and the position `index` in it."""
        values = self._arrays.get(name)
        if values is None:
            raise ScriptError(errors.SCRIPT_BAD_ARGUMENT)
        if not math.isfinite(index) or not 0 <= int(index) < len(values):
            raise ScriptError(errors.INDEX_OUT_OF_RANGE)
        return values, int(index)
