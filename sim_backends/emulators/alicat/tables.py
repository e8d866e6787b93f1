"""The tables that an Alicat tells: manufacturer, layout of the data frame, gases.

Byte for byte as an MC-500SCCM-D with firmware 10v20 and an MW-10SLPM-D with 10v04 answered
(captures in the tests of alicatlib, 2026-04-17).
"""

from __future__ import annotations

from sim_backends.emulators.alicat.element import GASES

FIRMWARE = "10v20.0-R24"
VERSION = f"{FIRMWARE} Jan  9 2025,15:04:07"
FLAGS = ("OPL", "POV", "P2O", "TOV", "VOV", "MOV", "TMF", "OVR", "COM", "HLD", "EXH", "GTA", "LCK")
UNITS = {2: "10 PSIA", 3: "2 `C", 4: "7 LPM", 5: "7 SLPM", 37: "7 SLPM"}
"""Number and label of the unit of a statistic."""

_HEAD = "D00 ID_ NAME______________________ TYPE_______ WIDTH NOTES___________________"


def manufacturer(model: str, serial: str) -> list[str]:
    """Rows of `??M*` without the unit's letter."""
    return [
        " M00 ALICAT SCIENTIFIC",
        " M01 www.alicat.com",
        " M02 Ph   520-290-6060",
        " M03 info@alicat.com",
        f" M04 Model Number {model}",
        f" M05 Serial Number {serial}",
        " M06 Date Manufactured 03/02/2025",
        " M07 Date Calibrated   03/02/2025",
        " M08 Calibrated By     BL",
        f" M09 Software Revision {FIRMWARE}",
    ]


def layout(*, setpoint: bool, total: bool) -> list[str]:
    """Rows of `??D*` without the unit's letter."""
    numbers = [
        ("002", "Abs Press", "7/2 010 02 PSIA"),
        ("003", "Flow Temp", "7/2 002 02 `C"),
        ("004", "Volu Flow", "7/3 007 02 LPM"),
        ("005", "Mass Flow", "7/3 007 02 SLPM"),
    ]
    if setpoint:
        numbers.append(("037", "Mass Flow Setpt", "7/3 007 02 SLPM"))
    if total:
        numbers.append(("009", "Mass Total", "9/2 004 01 SL"))
    rows = [("700", "Unit ID", "string", "         1")]
    rows += [(code, name, "s decimal", f"    {width}") for code, name, width in numbers]
    rows.append(("703", "Gas", "string", "         6"))
    rows.append(("701", "*Error", "string", "         3 ADC"))
    rows += [("702", "*Status", "string", f"         3 {flag}") for flag in FLAGS]
    table = [
        f"D{number:02d} {code} {name:<26} {kind} {rest}"
        for number, (code, name, kind, rest) in enumerate(rows, 1)
    ]
    return [_HEAD, *table]


def gases() -> list[str]:
    """Rows of `??G*` without the unit's letter."""
    return [f"G{number:02d} {short:>8}" for number, (short, _) in enumerate(GASES)]
