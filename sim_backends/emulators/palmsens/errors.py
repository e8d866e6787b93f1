"""Error codes of the EmStat Pico (MethodSCRIPT manual, appendix A; communication protocol)."""

from __future__ import annotations

UNKNOWN_COMMAND = 0x0003
UNKNOWN_REGISTER = 0x0004
WRONG_MODE = 0x0006
BAD_ARGUMENT = 0x0007
LINE_TOO_LONG = 0x0008
NO_SCRIPT = 0x000C
INVALID_TIME = 0x000D
INVALID_POTENTIAL = 0x000F
INVALID_VALUE = 0x0010
INVALID_FREQUENCY = 0x0011
INVALID_AMPLITUDE = 0x0012
OCP_WITH_CELL_ON = 0x0014
NOT_SUPPORTED = 0x001B
UNKNOWN_MODE = 0x0021
FILE_ERROR = 0x0026
ZERO_DIVISION = 0x0028
UNKNOWN_SCRIPT_COMMAND = 0x4001
SCRIPT_BAD_ARGUMENT = 0x4002
SCRIPT_OUT_OF_RANGE = 0x4003
UNEXPECTED_CHARACTER = 0x4004
SCRIPT_TOO_LARGE = 0x4005
UNKNOWN_VAR_TYPE = 0x4006
INVALID_OPTION = 0x4008
NESTED_MEASUREMENT = 0x400B
UNEXPECTED_COMMAND = 0x400C
INVALID_SCOPE = 0x400E
INDEX_OUT_OF_RANGE = 0x400F
UNEXPECTED_END = 0x4018
PACKAGE_SEQUENCE = 0x401B
VARIABLE_EXISTS = 0x4026
CELL_NOT_ON = 0x4027
LITERAL_MALFORMED = 0x4039
NOT_POSITIVE = 0x4204
VARIABLE_UNDEFINED = 0x420B


class ScriptError(Exception):
    """A script is refused or stops: `code`, `line` from 1, `column` from 1 while it is parsed."""

    def __init__(self, code: int, line: int = 0, column: int | None = None) -> None:
        super().__init__(f"{code:04X}")
        self.code, self.line, self.column = code, line, column

    @property
    def text(self) -> str:
        """As the instrument sends it: `!4001: Line 2, Col 5`."""
        place = f"!{self.code:04X}: Line {self.line}"
        return place if self.column is None else f"{place}, Col {self.column}"
