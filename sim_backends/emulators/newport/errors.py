"""Errors of an ESP301 and their queue.

Numbers and texts: ESP301 manual, appendix A, as pymeasure's ESP300 and InstrumentKit's driver print
them. An axis' error n is reported as 100 x axis + n. The queue holds ten.
"""

from __future__ import annotations

from collections import deque

NONE, UNKNOWN, OUT_OF_RANGE, AXIS_OUT_OF_RANGE = 0, 6, 7, 9
AXIS_MISSING, PARAMETER_MISSING = 37, 38
AXIS_PARAMETER, FOLLOWING, POSITIVE_HARDWARE, NEGATIVE_HARDWARE = 1, 3, 4, 5
POSITIVE_SOFTWARE, NEGATIVE_SOFTWARE, NOT_CONNECTED = 6, 7, 8
VELOCITY, ACCELERATION, NOT_ENABLED, HOMING_ABORTED, HOMING = 10, 11, 13, 20, 30

GENERAL = {
    NONE: "NO ERROR DETECTED",
    UNKNOWN: "COMMAND DOES NOT EXIST",
    OUT_OF_RANGE: "PARAMETER OUT OF RANGE",
    AXIS_OUT_OF_RANGE: "AXIS NUMBER OUT OF RANGE",
    AXIS_MISSING: "AXIS NUMBER MISSING",
    PARAMETER_MISSING: "COMMAND PARAMETER MISSING",
}
OF_AXIS = {
    AXIS_PARAMETER: "PARAMETER OUT OF RANGE",
    FOLLOWING: "FOLLOWING ERROR THRESHOLD EXCEEDED",
    POSITIVE_HARDWARE: "POSITIVE HARDWARE LIMIT DETECTED",
    NEGATIVE_HARDWARE: "NEGATIVE HARDWARE LIMIT DETECTED",
    POSITIVE_SOFTWARE: "POSITIVE SOFTWARE LIMIT DETECTED",
    NEGATIVE_SOFTWARE: "NEGATIVE SOFTWARE LIMIT DETECTED",
    NOT_CONNECTED: "MOTOR / STAGE NOT CONNECTED",
    VELOCITY: "MAXIMUM VELOCITY EXCEEDED",
    ACCELERATION: "MAXIMUM ACCELERATION EXCEEDED",
    NOT_ENABLED: "MOTOR NOT ENABLED",
    HOMING_ABORTED: "HOMING ABORTED",
    HOMING: "COMMAND NOT ALLOWED DURING HOMING",
}

DEPTH = 10
TICK = 400e-6
"""Seconds of a servo cycle, the unit of the time stamps."""


class Refused(Exception):
    """A command is not executed: `code` is the controller's error, or the axis' with `of_axis`."""

    def __init__(self, code: int, *, of_axis: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.of_axis = of_axis


class Errors:
    """The queue; the oldest is read first, the eleventh pushes the oldest out."""

    def __init__(self) -> None:
        self._queue: deque[tuple[int, float]] = deque(maxlen=DEPTH)

    def add(self, code: int, t: float, axis: int = 0) -> None:
        """Error `code` of the controller, or of `axis`, at run time `t`."""
        self._queue.append((100 * axis + code, t))

    def take_code(self) -> str:
        """Answer of `TE?`."""
        return str(self._queue.popleft()[0] if self._queue else NONE)

    def take_message(self, t: float) -> str:
        """Answer of `TB?`: code, time stamp, text."""
        code, when = self._queue.popleft() if self._queue else (NONE, t)
        text = OF_AXIS[code % 100] if code >= 100 else GENERAL[code]
        return f"{code}, {int(when / TICK)}, {text}"

    def clear(self) -> None:
        """Forget them all."""
        self._queue.clear()
