"""Scaling of a WT310E for transformers: factors on what it shows (IM WT310E-17EN, INPut group)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim_backends.emulators.scpi import Table
from sim_backends.emulators.scpi.settings import keep
from sim_backends.emulators.scpi.values import Numeric
from sim_backends.emulators.yokogawa.tell import switch, tell
from sim_backends.emulators.yokogawa.wt310e_words import NO_DATA, OVER, setting

if TYPE_CHECKING:
    from sim_backends.emulators.yokogawa.wt310e import WT310E

FACTOR = Numeric(1e-4, 99999.0, 1.0)
DELIVERED: dict[str, Any] = {"scaling": False, "VT": 1.0, "CT": 1.0, "SFACtor": 1.0}
"""As delivered: no scaling; factors of voltage, current and power."""

VOLTS = ("U", "UPPEAK", "UMPEAK")
AMPS = ("I", "IPPEAK", "IMPEAK", "AH", "AHP", "AHM")
WATTS = ("P", "S", "Q", "PPPEAK", "PMPEAK", "WH", "WHP", "WHM")


def add_scaling(table: Table) -> None:
    """The commands; the element may be left out or be 1."""
    switch(table, "[:INPut]:SCALing:STATe", *keep("scaling"))
    for name in ("VT", "CT", "SFACtor"):
        for element in ("[:ALL]", ":ELEMent1"):
            _factor(table, name, f"[:INPut]:SCALing:{name}{element}")


def _factor(table: Table, name: str, pattern: str) -> None:
    def put(device: WT310E, arguments: tuple[str, ...]) -> None:
        device.need_rest()
        device.values[name] = FACTOR.parse(arguments[0])

    tell(table, pattern, lambda d: setting(d.values[name]))
    table.command(pattern, put)


def scaled(found: Mapping[str, float], values: Mapping[Any, Any]) -> dict[str, float]:
    """`found` as it is shown with the factors in `values`."""
    if not values["scaling"]:
        return dict(found)
    volts, amps = float(values["VT"]), float(values["CT"])
    power = volts * amps * float(values["SFACtor"])
    factors = {**dict.fromkeys(VOLTS, volts), **dict.fromkeys(AMPS, amps)}
    factors |= dict.fromkeys(WATTS, power)
    return {
        name: value if value in (NO_DATA, OVER) else value * factors.get(name, 1.0)
        for name, value in found.items()
    }
