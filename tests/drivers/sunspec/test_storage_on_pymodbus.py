"""Storage and generic driver on a unit of pymodbus's simulator, registers as pysunspec2 encodes."""

from __future__ import annotations

import pytest

from drivers.links.link import RegisterLink
from drivers.sunspec.device import SunSpecDevice
from drivers.sunspec.storage import SETTLE, SunSpecStorage
from labctl import clock
from labctl.errors import InstrumentError
from tests.drivers.pymodbus_unit import registers_of, run_on
from tests.drivers.scripted import transcript

FILE = "sunspec/storage"
SCENES = ("cell_voltages", "set_power", "pack", "identify")
STORE = registers_of(transcript(FILE, *SCENES))


def test_it_is_found_and_read() -> None:
    async def body(link: RegisterLink) -> None:
        driver = SunSpecStorage(link)
        assert (await driver.identify()).serial == "ES50-0007"
        pack = await driver.pack()
        assert (pack.voltage.value, pack.current.value) == (512.0, 24.5)
        assert pack.temperature_low.value == 28.4
        assert [cell.value for cell in await driver.cell_voltages()] == [3.291, 3.318]
        assert await driver.state() == "discharge"

    run_on(STORE, body)


def test_power_is_set_and_read_back_in_its_step() -> None:
    async def body(link: RegisterLink) -> float:
        storage, device = SunSpecStorage(link), SunSpecDevice(link)
        await storage.identify()
        await device.identify()
        await storage.set_power(-15004.0)
        assert (await device.values(704))["WSetEna"] == 1
        return (await device.read("704.WSet")).value

    assert run_on(STORE, body) == -15000.0


def test_a_contactor_that_stays_closed_is_no_safe_state() -> None:
    async def body(link: RegisterLink) -> None:
        driver = SunSpecStorage(link)
        start = clock.now()
        with pytest.raises(InstrumentError, match="contactor is not open"):
            await driver.safe()
        assert clock.now() - start >= SETTLE

    run_on(STORE, body)


def test_a_unit_without_the_marker_is_none() -> None:
    async def body(link: RegisterLink) -> InstrumentError:
        with pytest.raises(InstrumentError) as caught:
            await SunSpecDevice(link).identify()
        return caught.value

    error = run_on({0: 1, 1: 2}, body)
    assert "no SunS" in error.message
    assert "illegal data address" in error.answer
