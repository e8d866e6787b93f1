"""The battery test of a Smart-UPS: some seconds on battery, and what it says of the battery.

ReplaceBatteryTestStatus_BF and ReplaceBatteryTestCommand_BF of the map's appendix.
"""

from __future__ import annotations

from enum import IntFlag

SECONDS = 10.0
PASS_VOLTS = 22.5
"""V under load at the end of the test below which the battery is to be replaced."""

LEAST_CHARGE = 0.7


class Status(IntFlag):
    """ReplaceBatteryTestStatus_BF; RunTimeCalibrationStatus_BF begins with the same bits."""

    PENDING = 1 << 0
    IN_PROGRESS = 1 << 1
    PASSED = 1 << 2
    FAILED = 1 << 3
    REFUSED = 1 << 4
    ABORTED = 1 << 5
    BY_PROTOCOL = 1 << 6
    INVALID_STATE = 1 << 9
    LOW_CHARGE = 1 << 11


class BatteryTest:
    """The last or present test. It begins when it may and ends after `SECONDS`."""

    def __init__(self) -> None:
        self.status = Status(0)
        self.until: float | None = None

    @property
    def runs(self) -> bool:
        """Whether the UPS is on battery for the test."""
        return self.until is not None

    def start(self, t: float, *, on_line: bool, charge: float) -> None:
        """Begin, or say why not."""
        if self.runs:
            return
        if not on_line:
            self.status = Status.REFUSED | Status.BY_PROTOCOL | Status.INVALID_STATE
        elif charge < LEAST_CHARGE:
            self.status = Status.REFUSED | Status.BY_PROTOCOL | Status.LOW_CHARGE
        else:
            self.status = Status.IN_PROGRESS | Status.BY_PROTOCOL
            self.until = t + SECONDS

    def abort(self) -> None:
        """End without a result."""
        if self.runs:
            self.status, self.until = Status.ABORTED | Status.BY_PROTOCOL, None

    def end(self, volts: float) -> None:
        """End with the battery at `volts` under load."""
        result = Status.PASSED if volts >= PASS_VOLTS else Status.FAILED
        self.status, self.until = result | Status.BY_PROTOCOL, None
