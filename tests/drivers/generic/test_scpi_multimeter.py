"""The driver of any SCPI multimeter: options, refusals, and the emulated DMM6500 as one of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from drivers.generic.scpi_multimeter import ScpiMultimeter
from drivers.links.doors import Doors
from drivers.links.opening import open_link
from drivers.roles.voltmeter import Voltmeter
from labctl import clock
from labctl.errors import InstrumentError, LimitRefused, LinkError
from labctl.evidence import Reading
from sim_backends.bench import RoleSpec, SimBench
from tests.drivers.scripted import ScriptedMessages, run

NO_ERROR = {"send": ":SYST:ERR?", "answer": '0,"No error"'}
SETTING = ':SENS:FUNC "VOLT:DC";:SENS:VOLT:DC:RANG 10;:SENS:VOLT:DC:NPLC 1'
IDENTIFY = [{"send": "*IDN?", "answer": "ACME,K7,123,1.0"}, {"send": "*CLS"}, NO_ERROR]
LINE = {
    "function": "voltage",
    "range": 10.0,
    "unit": "V",
    "gain": 1e-4,
    "offset": 1e-3,
    "source": "certificate 2026-117, page 2",
}
VOLTS = 0.75
"""At the voltage source of the bench `reference`."""


def on_dmm6500(
    options: dict[str, Any], use: Callable[[Any], Awaitable[Any]], limits: dict[str, float]
) -> Any:
    spec = RoleSpec("keithley.dmm6500", "voltage_source", "visa")
    bench = SimBench("reference", {"one": spec}, None, 1)

    async def body() -> Any:
        bench.open(clock.now())
        doors = Doors(simulated=True, visa_library=bench.visa_library)
        made = ScpiMultimeter.configured(options)
        driver = made(await open_link(bench.address("one"), doors, made.settings), limits)
        await driver.identify()
        answer = await use(driver)
        await driver.safe()
        await driver.close()
        bench.close()
        return answer

    return run(body)


def test_it_reads_what_is_true_with_the_accuracy_of_the_bench() -> None:
    async def use(meter: ScpiMultimeter) -> tuple[Reading, Reading]:
        fixed = await meter.measure_voltage(voltage_range=10.0)
        return fixed, await meter.measure_voltage()

    small = {**LINE, "range": 1.0, "offset": 1e-4}
    options = {"model": "DMM6500", "accuracy": [LINE, small]}
    fixed, automatic = on_dmm6500(options, use, {})
    assert fixed.accuracy is not None and fixed.accuracy.range == 10.0
    assert abs(fixed.value - VOLTS) < 1e-4 * VOLTS + 1e-3
    assert automatic.accuracy is not None and automatic.accuracy.range == 1.0
    assert fixed.serial.startswith("SIM-")


def test_without_accuracy_a_reading_says_so_by_having_none() -> None:
    async def use(meter: ScpiMultimeter) -> Reading:
        return await meter.measure_voltage()

    assert on_dmm6500({}, use, {}).accuracy is None


def test_a_range_that_the_meter_does_not_have_is_its_own_error() -> None:
    async def use(meter: ScpiMultimeter) -> None:
        with pytest.raises(InstrumentError, match="refused"):
            await meter.measure_voltage(voltage_range=1e5)
        with pytest.raises(LimitRefused):
            await meter.measure_current(current_range=2.0)

    on_dmm6500({}, use, {"current": 1.0})


def test_what_is_set_is_sent_once_and_again_after_resync() -> None:
    read = {"send": ":READ?", "answer": "+5.0E+00"}
    sets = [{"send": SETTING}, NO_ERROR]
    link = ScriptedMessages([*IDENTIFY, *sets, read, read, {"send": "*CLS"}, NO_ERROR, *sets, read])
    meter: Voltmeter = ScpiMultimeter(link)

    async def body() -> None:
        await meter.identify()
        for _ in range(2):
            await meter.measure_voltage(voltage_range=10.0)
        await meter.resync()
        assert (await meter.measure_voltage(voltage_range=10.0)).value == 5.0

    run(body)
    assert link.is_done()


def test_after_a_lost_line_settings_are_sent_again() -> None:
    sets = [{"send": SETTING}, NO_ERROR]
    lost = [{"send": ":READ?"}, {"send": ":SYST:ERR?"}]
    answered = {"send": ":READ?", "answer": "5.0"}
    link = ScriptedMessages([*IDENTIFY, *sets, *lost, *sets, answered])
    meter = ScpiMultimeter(link)

    async def body() -> None:
        await meter.identify()
        with pytest.raises(LinkError):
            await meter.measure_voltage(voltage_range=10.0)
        await meter.measure_voltage(voltage_range=10.0)

    run(body)
    assert link.is_done()


def test_another_model_than_the_benchs_is_refused_with_a_remedy() -> None:
    made = ScpiMultimeter.configured({"model": "K8"})
    with pytest.raises(InstrumentError, match="no K8") as caught:
        run(made(ScriptedMessages(IDENTIFY), {}).identify)
    assert "options" in caught.value.remedy


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"unit": "mV"}, "mV"),
        ({"function": "power"}, "power"),
        ({"gain": "much"}, "gain"),
        ({"offset": -1.0}, "negative"),
        ({"range": 0.0}, "negative"),
        ({"source": " "}, "source"),
        ({"reading": 1}, "exactly"),
    ],
)
def test_a_wrong_accuracy_is_named(change: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        ScpiMultimeter.configured({"accuracy": [{**LINE, **change}]})


@pytest.mark.parametrize("options", [{"accuracy": LINE}, {"accuracy": [1]}, {"models": "K7"}])
def test_a_wrong_option_is_named(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"accuracy|models"):
        ScpiMultimeter.configured(options)
