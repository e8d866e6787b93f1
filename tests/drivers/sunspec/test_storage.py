"""Storage driver: roles, accuracies, time-outs (registers: tests/golden/sunspec)."""

from __future__ import annotations

import pytest

from drivers.roles.battery_management_system import BatteryManagementSystem
from drivers.roles.data_logger import DataLogger
from drivers.sunspec.device import SunSpecDevice
from drivers.sunspec.storage import SunSpecStorage
from labctl.errors import Defect, InstrumentError, LimitRefused, UsageError
from tests.drivers.scripted import ScriptedRegisters, run, transcript

FILE = "sunspec/storage"


def store(*scenes: str) -> SunSpecStorage:
    driver = SunSpecStorage(ScriptedRegisters(transcript(FILE, *scenes)))
    as_role: BatteryManagementSystem = driver
    assert as_role is driver
    return driver


def test_readings_carry_the_largest_error_that_is_allowed_and_the_step() -> None:
    driver = store("identify", "pack")

    async def body() -> None:
        await driver.identify()
        pack = await driver.pack()
        assert pack.voltage.accuracy is not None
        assert pack.voltage.accuracy.offset == pytest.approx(0.02 * 584.0)
        assert pack.voltage.accuracy.resolution == pytest.approx(0.1)
        assert pack.cell_low.accuracy is not None
        assert pack.cell_low.accuracy.offset == pytest.approx(0.025)
        assert pack.voltage.serial == "ES50-0007"

    run(body)


@pytest.mark.parametrize("power", [float("nan"), float("inf")])
def test_what_is_no_power_is_refused(power: float) -> None:
    driver = store("identify")

    async def body() -> None:
        await driver.identify()
        with pytest.raises(LimitRefused):
            await driver.set_power(power)

    run(body)


def test_a_contactor_that_does_not_open_is_no_safe_state() -> None:
    stuck = transcript(FILE, "state_discharge")
    script = transcript(FILE, "safe")[:-1] + stuck * 100
    driver = SunSpecStorage(ScriptedRegisters(script))
    with pytest.raises(InstrumentError, match="contactor is not open"):
        run(driver.safe)


def test_the_contactor_is_opened_also_where_the_power_cannot_be_taken_back() -> None:
    safe = transcript(FILE, "safe")
    at = next(index for index, one in enumerate(safe) if "write" in one)
    refused = {"read": safe[at + 1]["read"], "answer": [1, 1]}
    opening = safe[-3:]
    link = ScriptedRegisters([*safe[: at + 1], refused, *opening])
    with pytest.raises(InstrumentError, match="not taken"):
        run(SunSpecStorage(link).safe)
    assert link.is_done()


def test_before_identify_nothing_is_known() -> None:
    driver = store()
    with pytest.raises(Defect):
        assert driver.identity
    with pytest.raises(Defect):
        run(driver.state)


def device(*scenes: str) -> SunSpecDevice:
    driver = SunSpecDevice(ScriptedRegisters(transcript("sunspec/device", *scenes)))
    as_role: DataLogger = driver
    assert as_role is driver
    return driver


def test_channels_are_the_points_that_are_implemented() -> None:
    script = transcript("sunspec/device", "identify")
    common = script[-1]
    inverter = transcript("sunspec/device", "voltage")[0]
    driver = SunSpecDevice(ScriptedRegisters([*script, common, inverter]))

    async def body() -> None:
        await driver.identify()
        channels = await driver.channels()
        assert channels["103.PhVphA"] == "V"
        assert channels["103.WH"] == "W*h"
        assert "103.VAr" not in channels
        assert await driver.outputs() == ()

    run(body)


def test_a_der_reading_carries_what_the_grid_standard_allows() -> None:
    driver = device("identify", "voltage")

    async def body() -> None:
        await driver.identify()
        line = (await driver.read("103.PhVphA")).accuracy
        assert line is not None
        assert (line.gain, line.resolution) == (0.01, pytest.approx(0.1))

    run(body)


def test_it_keeps_no_log_and_knows_its_channels_names() -> None:
    driver = device("identify")

    async def body() -> None:
        await driver.identify()
        await driver.stop()
        with pytest.raises(UsageError):
            await driver.start(["103.W"], sample_rate=1.0)
        with pytest.raises(UsageError):
            await driver.read("W")
        with pytest.raises(InstrumentError):
            await driver.clock_offset()

    run(body)


def test_without_serial_number_the_run_counts_as_simulated() -> None:
    script = transcript("sunspec/device", "identify")
    words = list(script[-1]["answer"])
    words[48:64] = [0] * 16  # SN, 16 registers after Mn 16, Md 16, Opt 8 and Vr 8
    link = ScriptedRegisters([*script[:-1], {**script[-1], "answer": words}])
    identity = run(SunSpecDevice(link).identify)
    assert (identity.serial, identity.simulated) == ("", True)
