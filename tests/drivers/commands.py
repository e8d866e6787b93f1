"""What each role commands, with the bench limit that bounds it: data for test_limits.py."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from drivers.roles.battery_cycler import ConstantCurrent
from drivers.roles.site_controller import ScheduleEntry
from tests.drivers.high_voltage_commands import HIGH_VOLTAGE

Call = Callable[[Any, float], Awaitable[object]]


@dataclass(frozen=True)
class Command:
    """`call(driver, value)` is refused on a bench whose `limit` is `at` where `value` is `beyond`,
    both in its unit."""

    role: str
    method: str
    call: Call
    limit: str
    at: float
    beyond: float

    def __str__(self) -> str:
        return f"{self.role}.{self.method} beyond {self.limit}"


def _cycle(cycler: Any, current: float, voltage: float) -> Awaitable[object]:
    """A charge of channel 1 with `current` in A up to `voltage` in V."""
    steps = (ConstantCurrent(current, voltage=voltage),)
    return cycler.start_steps(1, steps, interval=1.0, test="limits")


COMMANDS = (
    Command("LaserSource", "set_power", lambda d, v: d.set_power(v), "power", 5.0, 5.1),
    *(Command("HighVoltageSupply", *one) for one in HIGH_VOLTAGE),
    Command(
        *("ProbeStation", "move_in_die", lambda d, v: d.move_in_die(0.0, v)),
        *("reach", 0.002, 0.0021),
    ),
    Command(
        *("ProbeStation", "set_temperature", lambda d, v: d.set_temperature(v)),
        *("temperature_max", 80.0, 81.0),
    ),
    Command(
        *("SourceMeter", "source_voltage", lambda d, v: d.source_voltage(v, compliance=1e-3)),
        *("voltage", 2.0, 2.01),
    ),
    Command(
        *("SourceMeter", "source_voltage", lambda d, v: d.source_voltage(1.0, compliance=v)),
        *("current", 1e-2, 1.01e-2),
    ),
    Command(
        *("SourceMeter", "source_voltage", lambda d, v: d.source_voltage(-2.0, compliance=v / 2)),
        *("power", 0.1, 0.101),
    ),
    Command(
        *("SourceMeter", "source_current", lambda d, v: d.source_current(-v, compliance=1.0)),
        *("current", 1e-2, 1.01e-2),
    ),
    Command(
        *("SourceMeter", "source_current", lambda d, v: d.source_current(1e-3, compliance=v)),
        *("voltage", 2.0, 2.01),
    ),
    Command(
        *("SourceMeter", "source_current", lambda d, v: d.source_current(0.1, compliance=10 * v)),
        *("power", 0.2, 0.201),
    ),
    Command(
        *("SourceMeter", "sweep_voltage"),
        lambda d, v: d.sweep_voltage(0.0, -v, 5, delay=0.0, compliance=1e-3),
        *("voltage", 2.0, 2.01),
    ),
    Command(
        *("SourceMeter", "sweep_voltage"),
        lambda d, v: d.sweep_voltage(0.0, 2.0, 5, delay=0.0, compliance=v / 2),
        *("power", 0.1, 0.101),
    ),
    Command("DcPowerSupply", "set_voltage", lambda d, v: d.set_voltage(v), "voltage", 2.0, 2.01),
    Command(
        *("DcPowerSupply", "set_current_limit", lambda d, v: d.set_current_limit(v)),
        *("current", 0.5, 0.51),
    ),
    Command(
        *("DcPowerSupply", "set_protection", lambda d, v: d.set_protection(voltage=v, current=0.1)),
        *("voltage", 2.0, 2.1),
    ),
    Command(
        *("DcPowerSupply", "set_protection", lambda d, v: d.set_protection(voltage=1.0, current=v)),
        *("current", 0.5, 0.6),
    ),
    Command("ElectronicLoad", "sink_current", lambda d, v: d.sink_current(v), "current", 2.0, 2.01),
    Command(
        *("ElectronicLoad", "sink_current", lambda d, v: d.sink_current(v / 150.0)),
        *("power", 30.0, 30.1),
    ),
    Command("ElectronicLoad", "hold_voltage", lambda d, v: d.hold_voltage(v), "voltage", 2.0, 2.01),
    Command(
        *("ElectronicLoad", "hold_voltage", lambda d, v: d.hold_voltage(v / 40.0)),
        *("power", 30.0, 30.1),
    ),
    Command("ElectronicLoad", "sink_power", lambda d, v: d.sink_power(v), "power", 30.0, 30.1),
    Command(
        *("ElectronicLoad", "set_resistance", lambda d, v: d.set_resistance(150.0**2 / v)),
        *("power", 30.0, 30.1),
    ),
    Command(
        *("ElectronicLoad", "set_resistance", lambda d, v: d.set_resistance(150.0 / v)),
        *("current", 2.0, 2.01),
    ),
    Command(
        *("ElectronicLoad", "transient"),
        lambda d, v: d.transient(0.0, v, frequency=10.0, duty=0.5),
        *("current", 2.0, 2.01),
    ),
    Command(
        *("ElectronicLoad", "transient"),
        lambda d, v: d.transient(0.0, v / 150.0, frequency=10.0, duty=0.5),
        *("power", 30.0, 30.1),
    ),
    Command(
        *("ElectronicLoad", "set_protection"),
        lambda d, v: d.set_protection(voltage=v, current=1.0, power=200.0),
        *("voltage", 2.0, 2.1),
    ),
    Command(
        *("ElectronicLoad", "set_protection"),
        lambda d, v: d.set_protection(voltage=1.0, current=v, power=200.0),
        *("current", 2.0, 2.1),
    ),
    Command(
        *("TemperatureController", "set_temperature", lambda d, v: d.set_temperature(v)),
        *("temperature_max", 60.0, 60.5),
    ),
    Command(
        *("TemperatureController", "set_temperature", lambda d, v: d.set_temperature(v)),
        *("temperature_min", 10.0, 9.5),
    ),
    Command(
        *("ThermalChamber", "set_temperature", lambda d, v: d.set_temperature(v)),
        *("temperature_max", 60.0, 60.5),
    ),
    Command(
        *("ThermalChamber", "set_temperature", lambda d, v: d.set_temperature(v)),
        *("temperature_min", 10.0, 9.5),
    ),
    Command("ThermalChamber", "set_rate", lambda d, v: d.set_rate(v), "rate_max", 0.05, 0.051),
    Command(
        *("ClimateChamber", "set_humidity", lambda d, v: d.set_humidity(v)),
        *("humidity_max", 80.0, 81.0),
    ),
    Command(
        *("ClimateChamber", "set_humidity", lambda d, v: d.set_humidity(v)),
        *("humidity_min", 20.0, 19.0),
    ),
    Command("MassFlowController", "set_flow", lambda d, v: d.set_flow(v), "flow", 1e-6, 1.1e-6),
    Command(
        *("SolarSimulator", "set_irradiance", lambda d, v: d.set_irradiance(v)),
        *("irradiance", 1000.0, 1010.0),
    ),
    Command(
        *("SpectralSolarSimulator", "set_sources", lambda d, v: d.set_sources(v / 2, v / 2)),
        *("irradiance", 1000.0, 1010.0),
    ),
    Command("SyringePump", "set_rate", lambda d, v: d.set_rate(v), "rate", 1e-8, 1.1e-8),
    Command("SyringePump", "dispense_to", lambda d, v: d.dispense_to(v), "volume", 1e-6, 1.1e-6),
    Command(
        *("SyringePump", "dispense_to", lambda d, v: d.dispense_to(-v)),
        *("volume", 1e-6, 1.1e-6),
    ),
    Command(
        *("BatteryCycler", "start_steps", lambda d, v: _cycle(d, v, 1.0)),
        *("current", 2.0, 2.01),
    ),
    Command(
        *("BatteryCycler", "start_steps", lambda d, v: _cycle(d, 1.0, v)),
        *("voltage", 2.0, 2.01),
    ),
    Command(
        *("BendingTester", "set_radius", lambda d, v: d.set_radius(v)),
        *("radius_min", 0.01, 0.009),
    ),
    Command(
        *("BendingTester", "start", lambda d, v: d.start(10, frequency=v)),
        *("frequency", 0.5, 0.51),
    ),
    Command(
        *("BatteryManagementSystem", "set_power", lambda d, v: d.set_power(v)),
        *("discharge_power", 1000.0, 1001.0),
    ),
    Command(
        *("BatteryManagementSystem", "set_power", lambda d, v: d.set_power(-v)),
        *("charge_power", 1000.0, 1001.0),
    ),
    Command("ImpedanceAnalyzer", "set_level", lambda d, v: d.set_level(v), "level", 0.5, 0.51),
    Command("ImpedanceAnalyzer", "set_bias", lambda d, v: d.set_bias(v), "bias", 1.0, 1.5),
    Command(
        *("ImpedanceAnalyzer", "sweep_bias", lambda d, v: d.sweep_bias([0.0, v], delay=0.0)),
        *("bias", 1.0, 1.5),
    ),
    Command(
        *("MassSpectrometer", "set_emission", lambda d, v: d.set_emission(v)),
        *("emission", 1e-3, 1.1e-3),
    ),
    Command(
        *("MassSpectrometer", "multiplier", lambda d, v: d.multiplier(v)),
        *("multiplier", 1000.0, 1100.0),
    ),
    *(
        Command("MotionStage", "move_to", lambda d, v: d.move_to(v), *limit)
        for limit in (("position_max", 0.01, 0.011), ("position_min", -0.01, -0.011))
    ),
    Command(
        *("MotionStage", "set_velocity", lambda d, v: d.set_velocity(v, acceleration=1e-6)),
        *("velocity", 1e-3, 1.1e-3),
    ),
    Command(
        *("MotionStage", "set_velocity", lambda d, v: d.set_velocity(0.0, acceleration=v)),
        *("acceleration", 1e-3, 1.1e-3),
    ),
    Command(
        *("Potentiostat", "apply_potential", lambda d, v: d.apply_potential(v)),
        *("potential", 0.5, 0.51),
    ),
    Command(
        *("Potentiostat", "set_current_range", lambda d, v: d.set_current_range(v)),
        *("current", 1e-5, 1.1e-5),
    ),
    Command(
        *("Potentiostat", "chronoamperometry"),
        lambda d, v: d.chronoamperometry(v, interval=0.1, duration=1.0),
        *("potential", 0.5, 0.51),
    ),
    Command(
        *("Potentiostat", "linear_sweep"),
        lambda d, v: d.linear_sweep(0.0, -v, step=0.01, rate=0.1),
        *("potential", 0.5, 0.51),
    ),
    Command(
        *("Potentiostat", "cyclic_voltammetry"),
        lambda d, v: d.cyclic_voltammetry(0.0, v, -0.1, step=0.01, rate=0.1, scans=1),
        *("potential", 0.5, 0.51),
    ),
    Command(
        *("Potentiostat", "square_wave_voltammetry"),
        lambda d, v: d.square_wave_voltammetry(
            0.0, v - 0.05, step=0.01, amplitude=0.05, frequency=10.0
        ),
        *("potential", 0.5, 0.51),
    ),
    Command(
        *("UninterruptiblePowerSupply", "set_transfer_limits"),
        lambda d, v: d.set_transfer_limits(v, 250.0),
        *("transfer_low", 200.0, 199.0),
    ),
    Command(
        *("UninterruptiblePowerSupply", "set_transfer_limits"),
        lambda d, v: d.set_transfer_limits(200.0, v),
        *("transfer_high", 250.0, 251.0),
    ),
    Command(
        *("UninterruptiblePowerSupply", "shut_down", lambda d, v: d.shut_down(delay=v)),
        *("delay_min", 60.0, 59.0),
    ),
    Command(
        *("GridSimulator", "set_voltage", lambda d, v: d.set_voltage(v, phases=(1,))),
        *("voltage", 240.0, 241.0),
    ),
    Command(
        *("GridSimulator", "set_frequency", lambda d, v: d.set_frequency(v)),
        *("frequency_max", 52.0, 52.1),
    ),
    Command(
        *("GridSimulator", "set_frequency", lambda d, v: d.set_frequency(v)),
        *("frequency_min", 47.0, 46.9),
    ),
    Command(
        *("PowerDispatch", "set_power", lambda d, v: d.set_power(v)),
        *("active_power", 1000.0, 1001.0),
    ),
    Command(
        *("SiteController", "set_power", lambda d, v: d.set_power(-v)),
        *("charge_power", 1000.0, 1001.0),
    ),
    Command(
        *("SiteController", "set_schedule"),
        lambda d, v: d.set_schedule((ScheduleEntry(0.0, v),), reserve=20.0),
        *("active_power", 1000.0, 1001.0),
    ),
    Command(
        *("NailPress", "set_stroke"),
        lambda d, v: d.set_stroke(speed=v, depth=0.01, force_limit=100.0),
        *("speed", 0.025, 0.026),
    ),
)
