"""SITE1 controller driver against a transcript (tests/golden/site1/controller.toml)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from drivers.links.registers import Field
from drivers.roles.cycle_program import CyclePlan, CycleProgram
from drivers.roles.site_controller import (
    FrequencyDroop,
    ScheduleEntry,
    SiteController,
    VoltageDroop,
)
from drivers.roles.watchdog import Watchdog
from drivers.site1 import _registers as registers
from drivers.site1.controller import Site1Controller
from labctl.errors import Defect, InstrumentError, LimitRefused
from tests.drivers import scripted
from tests.drivers.scripted import ScriptedRegisters, run, transcript

FILE = "site1/controller"
PLAN = CyclePlan(5000.0, 4000.0, 2.5, 97.5, 600.0, 50)


def used(use: Callable[[Site1Controller], Awaitable[Any]], *scenes: str, **limits: float) -> Any:
    link = ScriptedRegisters(transcript(FILE, "identify", *scenes))
    driver = Site1Controller(link, limits)
    as_role: SiteController = driver
    as_program: CycleProgram = driver
    assert as_role is as_program and isinstance(driver, Watchdog)
    return scripted.used(driver, link, use)


def all_fields() -> list[Field]:
    maps = (registers.MAP, registers.units_map(32), registers.schedule_map(28))
    return [field for one in maps for field in one.fields.values()]


def test_no_two_values_share_a_register() -> None:
    taken = [
        register
        for field in all_fields()
        for register in range(field.register, field.register + field.count)
    ]
    assert len(taken) == len(set(taken))


def test_another_device_is_refused_with_a_remedy() -> None:
    driver = Site1Controller(ScriptedRegisters(transcript(FILE, "another_device")))
    with pytest.raises(InstrumentError, match="SITE1") as caught:
        run(driver.identify)
    assert caught.value.remedy


def test_nothing_is_commanded_before_it_is_known() -> None:
    with pytest.raises(Defect):
        run(lambda: Site1Controller(ScriptedRegisters([])).set_power(1.0))


def test_a_command_tells_how_far_the_clocks_are_apart() -> None:
    command = used(lambda site: site.set_power(500.0, -100.0), "power")
    assert (command.number, command.count) == (1, 1)
    assert command.taken.stamp == pytest.approx(1767225605.012345, abs=1e-6)
    assert 0.0 <= command.taken.doubt < 0.1
    middle = 0.5 * (command.taken.sent + command.taken.answered)
    assert command.taken.skew == pytest.approx(command.taken.stamp - middle)


def test_a_droop_is_read_back() -> None:
    used(lambda site: site.set_droop(FrequencyDroop(50.0, 0.1, 9000.0)), "frequency_droop")


def test_a_schedule_is_written_at_once_and_read_back() -> None:
    entries = [ScheduleEntry(0.0, -500.0), ScheduleEntry(60.0, 500.0)]
    used(lambda site: site.set_schedule(entries, reserve=25.0), "schedule")


def test_alarms_and_fallback_are_told_by_name() -> None:
    found = used(Site1Controller.state, "state_fallback")
    assert (found.state, found.alarms) == ("fallback", ("watchdog",))


def test_a_watchdog_that_has_acted_cannot_be_fed() -> None:
    with pytest.raises(InstrumentError, match="acted") as caught:
        used(Site1Controller.feed, "feed_acted")
    assert "acknowledge" in caught.value.remedy


def test_an_alarm_whose_cause_stands_is_not_acknowledged() -> None:
    with pytest.raises(InstrumentError, match="stands") as caught:
        used(Site1Controller.acknowledge, "acknowledge_stands")
    assert caught.value.answer == "unit"


def test_units_are_numbered_and_have_their_meters() -> None:
    first, second = used(Site1Controller.units, "units")
    assert (first.number, second.number, second.state) == (1, 2, "running")
    assert (second.active.value, second.state_of_charge.unit) == (250.0, "%")


def test_a_plan_of_cycles_is_started() -> None:
    used(lambda site: site.start_cycles(PLAN), "start_cycles")


def other_plan(**changes: float) -> Callable[[Any], Awaitable[Any]]:
    plan = {**vars(PLAN), **changes}
    return lambda site: site.start_cycles(CyclePlan(**plan))


@pytest.mark.parametrize(
    "use",
    [
        lambda site: site.set_power(10_001.0),
        lambda site: site.set_power(-6_001.0),
        lambda site: site.set_power(float("nan")),
        lambda site: site.set_power(0.0, 20_000.0),
        lambda site: site.set_droop(FrequencyDroop(40.0, 0.1, 1.0)),
        lambda site: site.set_droop(FrequencyDroop(50.0, 6.0, 1.0)),
        lambda site: site.set_droop(VoltageDroop(230.0, -1.0, 1.0)),
        lambda site: site.set_ramp(-1.0),
        lambda site: site.set_schedule([ScheduleEntry(0.0, 1.0)], reserve=101.0),
        lambda site: site.set_schedule([ScheduleEntry(0.0, 1e6)], reserve=0.0),
        lambda site: site.set_schedule([ScheduleEntry(5.0, 1.0)] * 2, reserve=0.0),
        lambda site: site.set_schedule(
            [ScheduleEntry(float(k), 1.0) for k in range(29)], reserve=0
        ),
        lambda site: site.arm(0.0),
        other_plan(charge_power=7000.0),
        other_plan(discharge_power=11_000.0),
        other_plan(low=98.0),
        other_plan(high=101.0),
        other_plan(count=0),
    ],
)
def test_beyond_site_or_bench_is_refused(use: Callable[[Any], Awaitable[Any]]) -> None:
    with pytest.raises(LimitRefused):
        used(use, active_power=10_000.0, charge_power=6_000.0)


def test_beyond_the_sites_own_range_is_refused() -> None:
    with pytest.raises(LimitRefused, match="22500"):
        used(lambda site: site.set_power(23_000.0))
