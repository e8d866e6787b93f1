"""Every driver under every kind of fault: a clear error or a recovered value, never a wrong one.

Roles are those of the bench `reference`, kinds those that a bench file knows; both are found, none
is listed here. A few faults of each kind are drawn by seed; many more are tried by
`python -m ci.soak.driver_faults`.
"""

from __future__ import annotations

from typing import Any

import pytest

from drivers.conformance.fitting import fits
from drivers.registry import load_driver
from drivers.roles.laser_power_meter import LaserPowerMeter
from drivers.roles.optical_spectrum_analyzer import OpticalSpectrumAnalyzer
from drivers.roles.source_meter import SourceMeter
from drivers.roles.temperature_controller import TemperatureController
from drivers.roles.voltmeter import Voltmeter
from labctl.errors import BenchError, UnitError
from labctl.quantity import Quantity
from sim_backends.faults import Drift, Reboot, Saturate
from sim_backends.modules import world
from tests.system.fault_samples import NOT_COMPARED, SAMPLES, broken, limit, wrong
from tests.system.faulted import bench, readings, session, tried

ROLES = tried()
SEED, TRIES = 1, 6

TELL_OVERLOAD = (
    SourceMeter,
    Voltmeter,
    LaserPowerMeter,
    TemperatureController,
    OpticalSpectrumAnalyzer,
)
"""Roles whose instruments mark a value beyond their range."""

TELL_IT_TOO = ("palmsens.emstat_pico", "alicat.mc", "alicat.m", "bronkhorst.propar")
"""Drivers of instruments that do, where others of their role do not."""

MOST = 20
"""Answers at which a restart is tried."""


@pytest.mark.parametrize("role", ROLES)
def test_a_clear_error_or_a_recovered_value(role: str) -> None:
    assert list(broken(role, SEED, TRIES)) == []


@pytest.mark.parametrize("role", ROLES)
def test_a_restart_at_any_answer_hides_no_lost_setting(role: str) -> None:
    healthy = session(role, SEED)
    for at in range(1, min(healthy.answers, MOST) + 1):
        faulty = session(role, SEED, [Reboot(at=at, seconds=3.0)])
        assert wrong(healthy, faulty, compare=True) == [], at


@pytest.mark.parametrize("role", ROLES)
def test_a_sensor_beyond_its_range_is_told_as_overload(role: str) -> None:
    """Where the instruments of a role say so; the others clip, as docs/gaps.md tells."""
    name = bench().roles[role].driver
    driver: Any = load_driver(name)
    if name not in TELL_IT_TOO and not any(fits(driver, kind) for kind in TELL_OVERLOAD):
        return
    healthy = session(role, SEED)
    try:
        beyond = session(role, SEED, [Saturate(low=1e6)])
    except BenchError as error:
        assert "no sensor" in error.message
        return
    assert wrong(healthy, beyond, compare=True) == []
    assert len(beyond.errors) > len(healthy.errors)


def true_readings(role: str, seed: int) -> list[str]:
    """Quantities that the driver reads under the name that the world tells their truth by.

    Each must lie within the limits of error of its sheet.
    """
    truth = world("reference").build(None, seed=seed, t0=0.0).truth[bench().roles[role].port]
    found: list[str] = []
    for name, values in session(role, seed).read.items():
        names = {name.replace(".", "_"), name.rpartition(".")[2], name.removeprefix("measure_")}
        for key in names & set(truth):
            value, unit = truth[key]
            for reading in values:
                try:
                    expected = Quantity(value, unit).to(reading.unit).value
                except UnitError:
                    break
                allowed = 1.05 * limit(reading) + 1e-9 * abs(expected)
                assert abs(reading.value - expected) <= allowed, (role, name)
                found.append(key)
    return found


def test_without_a_fault_the_truth_is_read() -> None:
    seen = {role: true_readings(role, SEED) for role in ROLES}
    told = [role for role, found in seen.items() if found]
    assert len(told) >= len(ROLES) / 3, told


def test_most_drivers_read_something_without_arguments() -> None:
    drivers = {bench().roles[role].driver for role in ROLES}
    silent = [name for name in drivers if not readings(name)]
    assert len(silent) <= len(drivers) / 4, silent


def test_a_wrong_value_would_be_seen() -> None:
    """The comparison itself: a sensor that is off by a volt is no recovered value."""
    healthy = session("multimeter", SEED)
    drifting = session("multimeter", SEED, [Drift(rate=0.01)])
    assert "where" in wrong(healthy, drifting, compare=True)[0]
    assert not wrong(healthy, session("multimeter", SEED), compare=True)


def test_every_exception_has_its_reason() -> None:
    assert set(NOT_COMPARED) < set(SAMPLES)
    assert all(len(reason) > 20 for reason in NOT_COMPARED.values())
