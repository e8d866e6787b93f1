"""Enumerated values of the F4T (user's guide 1680-2414, appendix, "Modbus Registers").

Those of the pages that could be read (printed pages 221, 223, 225, 231) and, for the others, those
in the maker-independent list of a public client (ChamberConnectLibrary, MIT). ALARM_HIGH and
ALARM_LOW are remembered from the EZ-ZONE family.
"""

from __future__ import annotations

from enum import IntEnum


class Code(IntEnum):
    """The values used here, by their meaning."""

    ALARM_HIGH = 7
    ALARM_LOW = 8
    AUTO = 10
    BLOCKED = 12
    BOTH = 13
    CELSIUS = 15
    DEVIATION_ALARM = 24
    END = 27
    ERROR = 28
    FAHRENHEIT = 30
    HIGH = 37
    HOURS = 39
    HOLD = 47
    LATCHING = 49
    LOW = 53
    MANUAL = 54
    MINUTES = 57
    NON_LATCHING = 60
    NONE = 61
    OFF = 62
    ON = 63
    PROCESS_ALARM = 76
    RAMP_RATE = 81
    SET_POINT = 85
    SOAK = 87
    STARTUP = 88
    USER = 100
    SILENCE = 108
    JUMP = 116
    CLEAR = 129
    OK = 138
    PAUSE = 146
    RESUME = 147
    TERMINATE = 148
    RUNNING = 149
    IGNORE = 204
    NOT_STARTED = 251
    COMPLETE = 252
    TERMINATED = 253
    START = 1782
    INSTANT = 1927
    RAMP_TIME = 1928
