"""Which value of a Smart-UPS stands at which register (map 990-9840A)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim_backends.emulators.apc.fields import Field, FieldMap, fixed, signed
from sim_backends.emulators.apc.outlets import left
from sim_backends.emulators.apc.power import (
    FLOAT,
    NOMINAL,
    RATED_VOLT_AMPERES,
    RATED_WATTS,
)
from sim_backends.emulators.modbus_rtu import ILLEGAL_VALUE, ModbusError

if TYPE_CHECKING:
    from sim_backends.emulators.apc.smart_ups import SmartUps

FIRMWARE, MODEL, STOCK, BATTERY_STOCK = "UPS 09.3", "Smart-UPS 1500", "SMT1500I", "RBC7"
MANUFACTURED = 9131
"""Days since 2000-01-01: 2025-01-01."""

_ON_BATTERY, _OFF, _CHARGING = -4, -3, -6
_HERTZ_ON_BATTERY = 50.0


def field_map(ups: SmartUps) -> FieldMap:
    """All registers of `ups`."""
    return FieldMap(
        _status(ups) | _measured(ups) | _inventory(ups) | _settings(ups) | _commands(ups)
        | _check_values()
    )  # fmt: skip


def _status(ups: SmartUps) -> dict[int, Field]:
    stage, outlets = ups.stage, ups.outlets
    absent = {at: Field(2, lambda: 0) for at in (6, 9, 12, 15)}
    return absent | {
        0: Field(2, ups.status),
        2: Field(1, lambda: ups.cause),
        3: Field(2, lambda: outlets.status(stage.accepts())),
        18: Field(1, ups.signals),
        19: Field(1, lambda: 0),
        20: Field(2, lambda: int(stage.overloaded(ups.t))),
        22: Field(1, lambda: int(ups.needs_battery) << 2),
        23: Field(1, lambda: int(ups.test.status)),
        24: Field(1, lambda: int(ups.calibration)),
        25: Field(1, lambda: 1),
        26: Field(1, lambda: 0),
    }


def _measured(ups: SmartUps) -> dict[int, Field]:
    stage, outlets = ups.stage, ups.outlets

    def current() -> float:
        volts = stage.output_voltage
        return stage.apparent_power(ups.t) / volts if volts else 0.0

    def hertz() -> float:
        if not outlets.on:
            return 0.0
        return _HERTZ_ON_BATTERY if stage.on_battery else stage.input_frequency

    return {
        128: Field(2, lambda: round(stage.runtime(ups.t))),
        130: Field(1, lambda: fixed(100 * stage.charge(ups.t), 9)),
        131: Field(1, lambda: fixed(stage.battery_voltage(ups.t), 5)),
        133: Field(1, lambda: ups.battery_date + 1461),
        135: Field(1, lambda: fixed(stage.battery_temperature(ups.t), 7)),
        136: Field(1, lambda: fixed(100 * stage.real_power(ups.t) / RATED_WATTS, 8)),
        138: Field(1, lambda: fixed(100 * stage.apparent_power(ups.t) / RATED_VOLT_AMPERES, 8)),
        140: Field(1, lambda: fixed(current(), 5)),
        142: Field(1, lambda: fixed(stage.measured(stage.output_voltage), 6)),
        144: Field(1, lambda: fixed(hertz(), 7)),
        145: Field(2, lambda: round(stage.energy)),
        150: Field(1, stage.input_status),
        151: Field(1, lambda: fixed(stage.measured(stage.input_voltage), 6)),
        154: Field(1, lambda: _efficiency(ups)),
        155: Field(1, lambda: left(outlets.off_at, ups.t)),
        156: Field(1, lambda: left(outlets.on_at, ups.t)),
        157: Field(2, lambda: left(outlets.back_at, ups.t)),
    }


def _efficiency(ups: SmartUps) -> int:
    """% in units of 1/128, or the reason why there is none."""
    if not ups.outlets.on:
        return _OFF
    if ups.stage.on_battery or ups.stage.testing:
        return _ON_BATTERY
    return _CHARGING if ups.stage.charge(ups.t) < 1.0 else fixed(100 * FLOAT, 7)


def _inventory(ups: SmartUps) -> dict[int, Field]:
    def rename(key: str) -> Callable[[str], None]:
        def put(text: str) -> None:
            ups.names[key] = text

        return put

    def put_date(days: int) -> None:
        ups.battery_date = days

    return {
        516: Field(8, lambda: FIRMWARE),
        532: Field(16, lambda: MODEL),
        548: Field(16, lambda: STOCK),
        564: Field(8, lambda: ups.serial),
        572: Field(8, lambda: BATTERY_STOCK),
        588: Field(1, lambda: round(RATED_VOLT_AMPERES)),
        589: Field(1, lambda: round(RATED_WATTS)),
        590: Field(1, lambda: 1),
        591: Field(1, lambda: MANUFACTURED),
        592: Field(1, lambda: 1 << 3),
        595: Field(1, lambda: ups.battery_date, put_date),
        596: Field(8, lambda: ups.names["ups"], put_text=rename("ups")),
        604: Field(8, lambda: ups.names["outlets"], put_text=rename("outlets")),
    }


def _settings(ups: SmartUps) -> dict[int, Field]:
    limits, delays = ups.stage.limits, ups.outlets.delays

    def put_low(volts: int) -> None:
        limits[0] = within(volts, 160, int(NOMINAL) - 5)

    def put_high(volts: int) -> None:
        limits[1] = within(volts, int(NOMINAL) + 5, 280)

    def put_off(seconds: int) -> None:
        delays.off = within(signed(seconds, 1), 0, 32767)

    def put_on(seconds: int) -> None:
        delays.on = within(signed(seconds, 1), 0, 32767)

    def put_stay(seconds: int) -> None:
        delays.stay = within(signed(seconds, 2), 0, 2**31 - 1)

    def put_runtime(seconds: int) -> None:
        delays.runtime = seconds

    def put_sensitivity(bits: int) -> None:
        ups.sensitivity = bits

    return {
        1024: Field(1, lambda: 1),
        1026: Field(1, lambda: limits[1], put_high),
        1027: Field(1, lambda: limits[0], put_low),
        1028: Field(1, lambda: ups.sensitivity, put_sensitivity),
        1029: Field(1, lambda: delays.off, put_off),
        1030: Field(1, lambda: delays.on, put_on),
        1031: Field(2, lambda: delays.stay, put_stay),
        1033: Field(1, lambda: delays.runtime, put_runtime),
    }


def _commands(ups: SmartUps) -> dict[int, Field]:
    def ignore(bits: int) -> None:
        """Nothing of it concerns what is simulated."""

    return {
        1536: Field(2, lambda: 0, ignore),
        1538: Field(2, lambda: 0, ups.command_outlets),
        1540: Field(1, lambda: 0, ignore),
        1541: Field(1, lambda: 0, ups.command_test),
        1542: Field(1, lambda: 0, ups.command_calibration),
        1543: Field(1, lambda: 0, ignore),
    }


def _check_values() -> dict[int, Field]:
    """Fixed values by which a client verifies how it reads numbers and texts."""
    return {
        2048: Field(2, lambda: "00.5"),
        2050: Field(4, lambda: "12345678"),
        2054: Field(2, lambda: 0x12345678),
        2056: Field(2, lambda: -5),
        2058: Field(1, lambda: 0x1234),
        2059: Field(1, lambda: -5),
        2060: Field(1, lambda: 0x2020),
        2061: Field(1, lambda: 0xDFE0),
    }


def within(value: int, low: int, high: int) -> int:
    """`value` between `low` and `high`; exception 03 beyond."""
    if not low <= value <= high:
        raise ModbusError(ILLEGAL_VALUE)
    return value
