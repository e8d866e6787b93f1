"""Which value of a GMP252 stands at which register (user guide M211897EN-D and -E, appendix A)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from sim_backends.emulators.vaisala.fields import Real, Whole

if TYPE_CHECKING:
    from sim_backends.emulators.vaisala.gmp252 import Compensation, Gmp252

PRESSURES = (500.0, 1100.0)
"""Range of pressure compensation in hPa (revision E; revision D says 700 to 1500)."""

TEMPERATURES = (-40.0, 80.0)
PERCENT = (0.0, 100.0)


def objects(serial: str) -> dict[int, str]:
    """Device identification objects (revision E, table of the same name)."""
    return {
        0x00: "Vaisala",
        0x01: "GMP252",
        0x02: "1.0.0",
        0x03: "http://www.vaisala.com/",
        0x04: "GMP252 Carbon Dioxide Probe",
        0x80: serial,
        0x81: "2025-12-01",
        0x82: "simulated",
    }


def fields(probe: Gmp252) -> dict[int, Real | Whole]:
    """All registers of `probe` by address, 0-based."""
    return _measured(probe) | _set_points(probe) | _line(probe) | _modes(probe) | _status(probe)


def _measured(probe: Gmp252) -> dict[int, Real | Whole]:
    return {
        0x0000: Real(lambda: probe.carbon_dioxide),
        0x0002: Real(lambda: probe.compensating_temperature()),
        0x0004: Real(lambda: probe.measured_temperature),
        0x0100: Whole(lambda: _rounded(probe.carbon_dioxide)),
        0x0101: Whole(lambda: _rounded(probe.carbon_dioxide / 10.0)),
    }


def _set_points(probe: Gmp252) -> dict[int, Real | Whole]:
    return _four(0x0200, lambda: probe.stored) | _four(0x0208, lambda: probe.given)


def _four(at: int, where: Callable[[], Compensation]) -> dict[int, Real | Whole]:
    def put_pressure(value: float) -> None:
        where().pressure = value

    def put_temperature(value: float) -> None:
        where().temperature = value

    def put_humidity(value: float) -> None:
        where().humidity = value

    def put_oxygen(value: float) -> None:
        where().oxygen = value

    return {
        at: Real(lambda: where().pressure, put_pressure, *PRESSURES),
        at + 2: Real(lambda: where().temperature, put_temperature, *TEMPERATURES),
        at + 4: Real(lambda: where().humidity, put_humidity, *PERCENT),
        at + 6: Real(lambda: where().oxygen, put_oxygen, *PERCENT),
    }


def _line(probe: Gmp252) -> dict[int, Real | Whole]:
    line = probe.settings.line

    def setting(index: int, low: int, high: int) -> Whole:
        def put(value: int) -> None:
            line[index] = value

        return Whole(lambda: line[index], put, low, high)

    return {
        0x0300: setting(0, 1, 247),
        0x0301: setting(1, 0, 5),
        0x0302: setting(2, 0, 2),
        0x0303: setting(3, 1, 2),
    }


def _modes(probe: Gmp252) -> dict[int, Real | Whole]:
    settings = probe.settings

    def put_pressure(value: int) -> None:
        settings.pressure_mode = value

    def put_temperature(value: int) -> None:
        settings.temperature_mode = value

    def put_humidity(value: int) -> None:
        settings.humidity_mode = value

    def put_oxygen(value: int) -> None:
        settings.oxygen_mode = value

    def put_filtering(value: int) -> None:
        settings.filtering = value

    return {
        0x0304: Whole(lambda: settings.pressure_mode, put_pressure, 0, 1),
        0x0305: Whole(lambda: settings.temperature_mode, put_temperature, 0, 2),
        0x0306: Whole(lambda: settings.humidity_mode, put_humidity, 0, 1),
        0x0307: Whole(lambda: settings.oxygen_mode, put_oxygen, 0, 1),
        0x0308: Whole(lambda: settings.filtering, put_filtering, 0, 100),
    }


def _status(probe: Gmp252) -> dict[int, Real | Whole]:
    return {
        0x0800: Whole(probe.device_status),
        0x0801: Whole(probe.gas_status),
        0x0802: Whole(lambda: 0),
        0x0803: Whole(lambda: probe.errors, width=2),
    }


def _rounded(value: float) -> int:
    return 0 if math.isnan(value) else min(max(round(value), 0), 0x7FFF)
