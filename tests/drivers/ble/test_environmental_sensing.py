"""Environmental Sensing driver: notifications, what the service lacks (values: tests/golden)."""

from __future__ import annotations

import pytest

from drivers.ble.environmental_sensing import LINES, EnvironmentalSensing, Quantity
from drivers.roles.gas_sensor import GasSensor
from labctl.errors import Defect, InstrumentError, LinkError, UsageError
from labctl.evidence import Reading
from tests.drivers.scripted import run, transcript
from tests.drivers.scripted_bytes import ScriptedAttributes

FILE = "ble/environmental_sensing"


def sensor(*scenes: str, notify: dict[str, object] | None = None) -> EnvironmentalSensing:
    script = [*transcript(FILE, *scenes), *([notify] if notify else [])]
    driver = EnvironmentalSensing(ScriptedAttributes(script))
    as_role: GasSensor = driver
    assert as_role is driver
    return driver


def followed(quantity: Quantity, values: list[str], uuid: str) -> list[Reading]:
    """What `follow` gives until the connection is lost."""
    driver = sensor("identify", notify={"notify": uuid, "values_hex": values})
    readings: list[Reading] = []

    async def body() -> None:
        await driver.identify()
        async with driver.follow(quantity) as came:
            with pytest.raises(LinkError):
                async for reading in came:
                    readings.append(reading)

    run(body)
    return readings


def test_notifications_are_readings_until_the_connection_is_lost() -> None:
    readings = followed("temperature", ["64 08", "18 FC"], "2A6E")
    assert [reading.value for reading in readings] == [21.48, -10.0]
    assert [reading.unit for reading in readings] == ["degC", "degC"]
    assert readings[0].t < readings[1].t
    assert readings[0].accuracy == LINES["temperature"]
    assert readings[0].serial == "A-0042"


def test_a_notified_value_that_is_not_known_is_never_a_reading() -> None:
    driver = sensor("identify", notify={"notify": "2B8C", "values_hex": ["90 01", "FF FF"]})

    async def body() -> None:
        await driver.identify()
        async with driver.follow("fraction") as came:
            assert (await anext(came)).value == pytest.approx(400e-6)
            with pytest.raises(InstrumentError, match="not known"):
                await anext(came)

    run(body)


def test_what_the_service_lacks() -> None:
    driver = sensor("identify", "safe")

    async def body() -> None:
        await driver.identify()
        for call in (driver.zero(), driver.span(1e-3), driver.automatic_baseline(True)):
            with pytest.raises(UsageError) as caught:
                await call
            assert caught.value.address
        with pytest.raises(UsageError):
            await driver.alarm()
        await driver.set_range(0.05)
        assert await driver.gas() == "CO2"
        assert (await driver.warm_up_left()).value == 0.0

    run(body)


def test_without_serial_number_the_run_counts_as_simulated() -> None:
    assert run(sensor("identify_without_information").identify).simulated


def test_before_identify_it_has_no_identity() -> None:
    with pytest.raises(Defect):
        assert sensor().identity


def test_resync_and_close_reach_the_link() -> None:
    link = ScriptedAttributes(transcript(FILE, "safe"))
    driver = EnvironmentalSensing(link)
    run(driver.resync)
    run(driver.close)
    assert (link.resyncs, link.closed) == (1, 1)
