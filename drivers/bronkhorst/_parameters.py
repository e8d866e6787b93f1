"""Parameters of a Bronkhorst mass flow controller that the driver uses (document 9.17.023; their
processes and numbers also stand in the maker's bronkhorst-propar 1.3.0, parameters.py)."""

from __future__ import annotations

from drivers.codecs.propar import Parameter

MEASURE = Parameter(1, 0, "integer")
SETPOINT = Parameter(1, 1, "integer")
SLOPE = Parameter(1, 2, "integer")
MODE = Parameter(1, 4, "char")
CAPACITY = Parameter(1, 13, "float")
FLUID = Parameter(1, 16, "char")
FLUID_NAME = Parameter(1, 17, "string")
UNIT = Parameter(1, 31, "string")
FMEASURE = Parameter(33, 0, "float")
FSETPOINT = Parameter(33, 3, "float")
TEMPERATURE = Parameter(33, 7, "float")
COUNTER = Parameter(104, 1, "float")
COUNTER_UNIT = Parameter(104, 7, "string")
COUNTER_MODE = Parameter(104, 8, "char")
MODEL = Parameter(113, 2, "string")
SERIAL = Parameter(113, 3, "string")
FIRMWARE = Parameter(113, 5, "string")
KIND = Parameter(113, 12, "char")
VALVE = Parameter(114, 1, "long")
RESET = Parameter(115, 8, "char")

CONTROLLER = 7
"""Identification number of a digital mass flow controller (DMFC)."""

FULL, LARGEST, WRAP = 32000, 41942, 0x10000
"""Measure and set point: 100 %, the largest that is shown (131 %), negative ones from there up."""

BUS, CLOSED, OPEN, RS232 = 0, 3, 8, 18
"""Control modes: set point of the bus or RS232; valve closed; valve fully open; RS232 alone."""

SLOPE_STEP, SLOWEST = 0.1, 30000
"""A set point takes so many steps of 0.1 s from 0 to 100 %; 0: at once."""

FLUIDS = 8
"""Sets of fluid data in the instrument."""

COUNTING, RESET_COUNTER = 1, 1

VALVE_FULL = 0xFF_FFFF
"""Output of the valve at 100 % (remembered)."""
