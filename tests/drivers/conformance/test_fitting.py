from __future__ import annotations

from drivers.conformance.fitting import asked, fits, is_role, roles
from drivers.driver import Driver
from drivers.keithley.dmm6500 import DRIVER as Meter
from drivers.roles.source_meter import SourceMeter
from drivers.roles.voltmeter import Voltmeter


def test_roles_are_found_from_the_folder() -> None:
    found = roles("drivers")
    assert {Voltmeter, SourceMeter} <= set(found)
    assert Driver not in found and len(found) == len(set(found)) > 50
    assert not is_role(Meter)


def test_a_role_asks_for_what_every_driver_has_too() -> None:
    assert {"measure_voltage", "identify", "safe"} <= set(asked(Voltmeter))


def test_a_voltmeter_is_no_source_meter() -> None:
    assert fits(Meter, Voltmeter)
    assert not fits(Meter, SourceMeter)


def test_an_argument_that_is_missing_does_not_fit() -> None:
    class Deaf(Meter):
        async def measure_voltage(self) -> None: ...  # type: ignore[override]

    class Blocking(Meter):
        def safe(self) -> None: ...  # type: ignore[override]

    assert not fits(Deaf, Voltmeter)
    assert not fits(Blocking, Driver)
