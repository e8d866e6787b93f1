"""Temperature sensors of a DAQ6510: how a channel is told of them, and how accurate they are."""

from __future__ import annotations

from labctl.evidence import Accuracy

SHEET = (
    "remembered of the Keithley DAQ6510 data sheet, temperature with a 7700 module and its own "
    "reference junction, 1 year, 23 degC +-5 degC: not re-read"
)

THERMOCOUPLES = {
    **{"J": (760.0, 1.0), "K": (1372.0, 1.0), "N": (1300.0, 1.0), "T": (400.0, 1.0)},
    **{"E": (1000.0, 1.0), "R": (1768.0, 1.8), "S": (1768.0, 1.8), "B": (1820.0, 1.8)},
}
"""Highest temperature in degC of each type, and its error in K with the card's own junction."""

RESISTANCES = {"Pt100": (630.0, 0.06, 100), "Pt1000": (630.0, 0.06, 1000)}
"""Highest temperature in degC, error in K, resistance in ohm at 0 degC."""

ACCURACIES = tuple(
    Accuracy(f"temperature {sensor}", top, "degC", 0.0, error, SHEET)
    for sensor, (top, error, *_) in {**THERMOCOUPLES, **RESISTANCES}.items()
)


def line(sensor: str) -> Accuracy:
    """The line of the sheet for a `sensor`."""
    return next(one for one in ACCURACIES if one.function == f"temperature {sensor}")


def is_four_wire(sensor: str) -> bool:
    """Whether the sensor takes a pair of channels."""
    return sensor in RESISTANCES


def commands(sensor: str, where: str) -> list[str]:
    """What tells the channels `where` that a `sensor` is connected."""
    head = ":SENS:TEMP"
    common = [f':SENS:FUNC "TEMP",{where}', f"{head}:UNIT CELS,{where}"]
    if sensor in THERMOCOUPLES:
        return [
            *common,
            f"{head}:TRAN TC,{where}",
            f"{head}:TC:TYPE {sensor},{where}",
            f"{head}:TC:RJUN:RSEL INT,{where}",
            f"{head}:ODET ON,{where}",
        ]
    resistance = RESISTANCES[sensor][2]
    kind = "PT100" if resistance == 100 else "USER"
    zero = [] if kind == "PT100" else [f"{head}:RTD:ZERO {resistance},{where}"]
    four = [f"{head}:TRAN FRTD,{where}", f"{head}:RTD:FOUR {kind},{where}", *zero]
    return [*common, *four, f"{head}:ODET ON,{where}"]
