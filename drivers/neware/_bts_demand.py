"""Whether a Neware channel and its bench allow what a program asks for."""

from __future__ import annotations

import math
from pathlib import Path

from drivers.codecs import neware_program
from drivers.codecs.neware_program import CHARGE, DISCHARGE, Demand
from drivers.limits import BenchLimits, refuse_outside, refuse_power
from drivers.neware._bts_sheet import Sheet
from labctl.errors import LimitRefused

COMMAND = "start"
ENDS = ((CHARGE, "voltage", "charges"), (DISCHARGE, "voltage_min", "discharges"))
"""Types of steps, the bench's limit that they run towards, and what they do."""


def refuse_file(program: str, sheet: Sheet, limits: BenchLimits, address: str) -> None:
    """`LimitRefused` where the step file `program` asks for too much, or it cannot be told."""
    try:
        text = Path(program).read_text(encoding="utf-8")
        refuse_demand(neware_program.demand(text), sheet, limits, address)
    except (OSError, ValueError) as error:  # NoProgram, and what is no UTF-8
        raise no_program(str(error), program, address) from error


def refuse_demand(asked: Demand, sheet: Sheet, limits: BenchLimits, address: str) -> None:
    """`LimitRefused` beyond the `sheet` of the cycler or the bench's limits (V, A, W).

    Where the bench limits the cell's voltage, a step may not go on beyond it: it ends at a voltage.
    """
    amps = min(sheet.current, limits.get("current", sheet.current))
    highest = min(sheet.voltage, limits.get("voltage", sheet.voltage))
    lowest = limits.get("voltage_min", -math.inf)
    _check("current", asked.current, 0.0, amps, "A", address)
    _check("voltage", asked.highest, 0.0, highest, "V", address)
    _check("lowest voltage", min(asked.lowest, highest), lowest, highest, "V", address)
    for kind, limit, what in ENDS:
        if kind in asked.endless and limit in limits:
            raise LimitRefused(
                f"a step {what} and ends at no voltage",
                address=address,
                command=COMMAND,
                remedy=f"give it an end inside the bench's limit {limit}",
            )
    volts = highest if CHARGE in asked.endless else asked.highest
    refuse_power(limits, volts, asked.current, address=address, command=COMMAND)


def no_program(why: str, program: str, address: str) -> LimitRefused:
    """The refusal of a program of which is not known what it asks for."""
    return LimitRefused(
        f"what the program asks for cannot be checked: {why}",
        address=address,
        command=f"{COMMAND} {program}",
        remedy="name a step file that this computer can read; save_program writes one",
    )


def _check(what: str, value: float, low: float, high: float, unit: str, address: str) -> None:
    refuse_outside(
        f"{what} of the program", value, low, high, unit, address=address, command=COMMAND
    )
