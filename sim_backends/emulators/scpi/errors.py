"""SCPI errors: numbers and texts of SCPI-1999 volume 2, chapter 21.8."""

from __future__ import annotations

TEXTS = {
    -101: "Invalid character",
    -102: "Syntax error",
    -104: "Data type error",
    -108: "Parameter not allowed",
    -109: "Missing parameter",
    -111: "Header separator error",
    -113: "Undefined header",
    -131: "Invalid suffix",
    -151: "Invalid string data",
    -200: "Execution error",
    -211: "Trigger ignored",
    -213: "Init ignored",
    -221: "Settings conflict",
    -222: "Parameter data out of range",
    -224: "Illegal parameter value",
    -230: "Data corrupt or stale",
    -340: "Calibration failed",
    -350: "Queue overflow",
    -363: "Input buffer overrun",
}


class ScpiError(Exception):
    """An error that the instrument puts into its queue; `detail` follows the standard text."""

    def __init__(self, code: int, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    @property
    def text(self) -> str:
        """Standard text, with the detail after a semicolon where there is one."""
        text = TEXTS.get(self.code, "Device-specific error")
        return f"{text};{self.detail}" if self.detail else text


class DeviceError(ScpiError):
    """An error of the model's own list: its number (positive) and its text as printed there."""

    def __init__(self, code: int, printed: str) -> None:
        super().__init__(code)
        self.printed = printed

    @property
    def text(self) -> str:
        """The text of the model's list."""
        return self.printed
