"""Smart-UPS driver on a unit of pymodbus's simulator."""

from __future__ import annotations

import pytest

from drivers.apc.smart_ups import ApcSmartUps
from drivers.links.link import RegisterLink
from labctl.errors import InstrumentError
from tests.drivers.pymodbus_unit import registers_of, run_on
from tests.drivers.scripted import transcript

SCENES = ("output", "input", "battery", "energy", "transfer_limits", "no_test", "identify")
UNIT = {register: 0 for register in range(128, 172)}
UNIT |= {155: 0xFFFF} | {register: 0 for register in range(1026, 1050)}
UNIT |= {1538: 0, 1539: 0, 1541: 0}
UNIT |= registers_of(transcript("apc/smart_ups", *SCENES))


def test_it_is_read() -> None:
    async def body(link: RegisterLink) -> None:
        ups = ApcSmartUps(link)
        assert (await ups.identify()).serial == "AS1234567890"
        assert await ups.state() == "online"
        battery, output = await ups.battery(), await ups.output()
        assert battery.runtime.value == 66000.0
        assert battery.temperature.value == -0.5
        assert output.power is not None and output.power.value == pytest.approx(809.6875)
        assert (await ups.input()).voltage.value == pytest.approx(115.765625)
        await ups.safe()

    run_on(UNIT, body)


def test_transfer_limits_are_written() -> None:
    async def body(link: RegisterLink) -> list[int]:
        ups = ApcSmartUps(link)
        await ups.set_transfer_limits(180.0, 264.0)
        return await link.read_holding(1026, 2)

    assert run_on(UNIT, body) == [264, 180]


def test_a_shut_down_that_no_countdown_shows_is_an_error() -> None:
    async def body(link: RegisterLink) -> list[int]:
        ups = ApcSmartUps(link)
        with pytest.raises(InstrumentError, match="no shut-down is pending"):
            await ups.shut_down(delay=60.0)
        return [*await link.read_holding(1029), *await link.read_holding(1538, 2)]

    assert run_on(UNIT, body) == [60, 0, 0x0184]


def test_a_battery_test_that_does_not_start_is_an_error() -> None:
    async def body(link: RegisterLink) -> None:
        with pytest.raises(InstrumentError, match="does not run"):
            await ApcSmartUps(link).test_battery()

    run_on(UNIT, body)
