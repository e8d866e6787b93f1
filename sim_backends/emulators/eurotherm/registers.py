"""Which parameter of the 3216 stands at which address (HA028651 issue 7, section 15.5)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from sim_backends.emulators.eurotherm.parameters import Parameter
from sim_backends.emulators.modbus_rtu import ILLEGAL_VALUE, ModbusError

if TYPE_CHECKING:
    from sim_backends.emulators.eurotherm.e3216 import E3216

FIRMWARE = 0x0302
"""Version 3.02, read as hexadecimal."""

INSTRUMENT_TYPE = 0x3260
"""Series 3, range 2, size 1/16 DIN, PID: formed as the 2000 series forms it (HA026230)."""

UNIT = 1
_MANUAL, _BROKEN, _OVERRANGE, _RAMPING = 1 << 4, 1 << 5, 1 << 10, 1 << 13


def parameters(device: E3216) -> dict[int, Parameter]:
    """All parameters of `device` by address."""
    return (
        _measured(device) | _setpoints(device) | _outputs(device) | _tuning(device)
        | _identity(device)
    )  # fmt: skip


def _measured(device: E3216) -> dict[int, Parameter]:
    return {
        1: Parameter("analog", device.process_value),
        11: Parameter("analog", lambda: device.span[0]),
        12: Parameter("analog", lambda: device.span[1]),
        39: Parameter("analog", lambda: device.process_value() - device.loop.setpoint),
        75: Parameter("integer", lambda: _status(device)),
        76: Parameter("integer", lambda: ~_status(device) & 0xFFFF),
        101: Parameter("percent", lambda: device.loop.filter_time, _put_filter(device)),
        126: Parameter("analog", lambda: _finite(device.peaks[1])),
        127: Parameter("analog", lambda: _finite(device.peaks[0])),
    }


def _setpoints(device: E3216) -> dict[int, Parameter]:
    def put_rate(rate: float) -> None:
        device.loop.rate = max(rate, 0.0)
        device.disturb()

    def select(index: float) -> None:
        device.selected = _one_of(index, (0, 1))
        device.set_target(device.selected, device.setpoint_target)

    def put_limit(index: int) -> Callable[[float], None]:
        def put(value: float) -> None:
            low, high = (value, device.limits[1]) if index == 0 else (device.limits[0], value)
            if not device.span[0] <= low <= high <= device.span[1]:
                raise ModbusError(ILLEGAL_VALUE)
            device.limits[:] = [low, high]
            for each in (0, 1):
                device.set_target(each, device.target[each])

        return put

    return {
        2: Parameter("analog", lambda: device.setpoint_target,
                     lambda v: device.set_target(device.selected, v)),
        5: Parameter("analog", lambda: device.loop.setpoint),
        15: Parameter("integer", lambda: device.selected, select),
        24: Parameter("analog", lambda: device.target[0], lambda v: device.set_target(0, v)),
        25: Parameter("analog", lambda: device.target[1], lambda v: device.set_target(1, v)),
        35: Parameter("analog", lambda: device.loop.rate, put_rate),
        111: Parameter("analog", lambda: device.limits[1], put_limit(1)),
        112: Parameter("analog", lambda: device.limits[0], put_limit(0)),
    }  # fmt: skip


def _outputs(device: E3216) -> dict[int, Parameter]:
    def put_safe(output: float) -> None:
        device.safe_output = min(max(output, device.loop.low), device.loop.high)

    def put_high(output: float) -> None:
        device.loop.high = min(max(output, device.loop.low), 100.0)

    def put_low(output: float) -> None:
        device.loop.low = max(min(output, device.loop.high), -100.0)

    return {
        3: Parameter("percent", lambda: _manual_output(device), device.set_output),
        4: Parameter("percent", lambda: device.loop.output),
        30: Parameter("percent", lambda: device.loop.high, put_high),
        31: Parameter("percent", lambda: device.loop.low, put_low),
        34: Parameter("percent", lambda: device.safe_output, put_safe),
        199: Parameter("integer", lambda: int(device.standby),
                       lambda v: device.set_standby(bool(_one_of(v, (0, 1))))),
        273: Parameter("integer", lambda: int(device.manual),
                       lambda v: device.set_manual(bool(_one_of(v, (0, 1))))),
    }  # fmt: skip


def _tuning(device: E3216) -> dict[int, Parameter]:
    tuning = device.loop.tuning

    def put_band(band: float) -> None:
        if band <= 0:
            raise ModbusError(ILLEGAL_VALUE)
        tuning.band = band
        device.disturb()

    def put_integral(seconds: float) -> None:
        tuning.integral = max(seconds, 0.0)
        device.disturb()

    def put_derivative(seconds: float) -> None:
        tuning.derivative = max(seconds, 0.0)
        device.disturb()

    return {
        6: Parameter("analog", lambda: tuning.band, put_band),
        7: Parameter("integer", lambda: 0),
        8: Parameter("integer", lambda: tuning.integral, put_integral),
        9: Parameter("integer", lambda: tuning.derivative, put_derivative),
    }


def _identity(device: E3216) -> dict[int, Parameter]:
    customer = [0]

    def put_decimals(places: float) -> None:
        device.decimals = _one_of(places, (0, 1, 2))

    def put_customer(number: float) -> None:
        if not 0 <= number <= 9999:
            raise ModbusError(ILLEGAL_VALUE)
        customer[0] = round(number)

    return {
        107: Parameter("integer", lambda: FIRMWARE),
        122: Parameter("integer", lambda: INSTRUMENT_TYPE),
        131: Parameter("integer", lambda: UNIT),
        516: Parameter("integer", lambda: 0),
        525: Parameter("integer", lambda: device.decimals, put_decimals),
        531: Parameter("integer", lambda: 0),
        629: Parameter("integer", lambda: customer[0], put_customer),
    }


def _status(device: E3216) -> int:
    value = device.process_value()
    top = device.span[1] + 0.05 * (device.span[1] - device.span[0])
    ramping = device.controls and device.loop.setpoint != device.setpoint_target
    return (
        _MANUAL * device.manual + _BROKEN * device.broken + _OVERRANGE * (value > top)
        + _RAMPING * ramping
    )  # fmt: skip


def _manual_output(device: E3216) -> float:
    return device.manual_output if device.manual else device.loop.output


def _put_filter(device: E3216) -> Callable[[float], None]:
    def put(seconds: float) -> None:
        device.loop.filter_time = min(max(seconds, 0.0), 100.0)

    return put


def _one_of(value: float, allowed: tuple[int, ...]) -> int:
    if value not in allowed:
        raise ModbusError(ILLEGAL_VALUE)
    return int(value)


def _finite(value: float) -> float:
    return value if math.isfinite(value) else 0.0
