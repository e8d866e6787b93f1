"""What the sheet of a photovoltaic sample states (coefficients of IEC 60891, procedure 1)."""

from __future__ import annotations

from sim_backends.models import fatigue, series_stack, stc
from sim_backends.models.photovoltaic_device import PhotovoltaicDevice
from sim_backends.models.solar_cell import operating
from sim_backends.samples.stating import Stated

_HEATING_SPREAD = 0.15


def _curve(device: PhotovoltaicDevice, temperature: float) -> tuple[float, float, float, float]:
    """Short-circuit current (A), open-circuit voltage (V), voltage (V) and current (A) of the
    maximum power, at 1000 W/m2 and `temperature` in degC."""
    point = operating(device, stc.IRRADIANCE, temperature)
    best = series_stack.maximum_power(*point)
    return series_stack.current(*point, 0.0), series_stack.voltage(*point, 0.0), *best


def temperature_coefficients(device: PhotovoltaicDevice) -> dict[str, Stated]:
    """Coefficients of the fresh device about 25 degC: of short-circuit current, of open-circuit
    voltage, relative of the power, and the curve correction factor of IEC 60891; that voltage."""
    short0, open0, v0, i0 = _curve(device, stc.TEMPERATURE - 1.0)
    short1, open1, v1, i1 = _curve(device, stc.TEMPERATURE + 1.0)
    voltage = (open1 - open0) / 2.0
    current = (i0 + i1) / 2.0
    return {
        "current_temperature_coefficient": Stated((short1 - short0) / 2.0, "A/K", 0.12),
        "voltage_temperature_coefficient": Stated(voltage, "V/K", 0.03),
        "open_circuit_voltage": Stated((open0 + open1) / 2.0, "V", 0.01),
        "power_temperature_coefficient": Stated(
            (v1 * i1 - v0 * i0) / (v1 * i1 + v0 * i0), "1/K", 0.06
        ),
        # Near the maximum V changes by beta - kappa I per kelvin.
        "curve_correction_factor": Stated((voltage - (v1 - v0) / 2.0) / current, "ohm/K", 0.3),
    }


def properties(device: PhotovoltaicDevice) -> dict[str, Stated]:
    """All properties that a sheet states, true values."""
    stated = {
        "area": Stated(device.area * 1.0e4, "cm**2", 0.004),
        "thickness": Stated(device.thickness * 1.0e6, "um", 0.015),
        "series_resistance": Stated(device.series, "ohm", 0.08),
        # The cell's rise over the chuck differs from mounting to mounting of a bench, not from
        # sample to sample: the sheet states the usual value with that spread.
        "cell_heating": Stated(device.heating, "K*m**2/W", 0.0, _HEATING_SPREAD),
        "activation_energy": Stated(device.ageing.activation_energy, "eV", 0.08),
    }
    return stated | temperature_coefficients(device) | _bending(device)


def _bending(device: PhotovoltaicDevice) -> dict[str, Stated]:
    """Relative change of the damage per relative change of the strain, near 15 mm radius."""
    law = device.fatigue
    if law.opening == 0.0:
        return {}
    strained = fatigue.strain(device.thickness, 0.015)
    exponent = law.exponent * strained / (strained - law.threshold)
    return {"damage_strain_exponent": Stated(exponent, "dimensionless", 0.15)}
