"""The breakdown rig: no high voltage under an open lid, discharge read back, whoever opens it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from labctl import clock
from labctl.errors import InterlockError, LimitRefused
from procedures.methods.semiconductor.breakdown import arranged, touched
from procedures.methods.semiconductor.breakdown_ramp import contact, ramped, terms_of
from procedures.methods.semiconductor.probing import place_of
from rigs.benches import simulated_bench
from rigs.breakdown import BreakdownRig
from rigs.opened import Opened
from tests.rigs.on_bench import check_alike, on_bench

TOUCHABLE = 60.0
"""V (IEC 61010-1:2001)."""


def run(body: Callable[[Opened, BreakdownRig], Awaitable[Any]]) -> Any:
    return on_bench(BreakdownRig, "8.11-05", body)


async def high(rig: BreakdownRig, volts: float) -> None:
    await rig.supply.set_current_limit(1e-4)
    await rig.supply.output(True)
    await rig.supply.ramp_to(volts, 200.0)


def people(opened: Opened) -> Callable[[str], None]:
    """Who opens or closes the lid of the simulated station."""
    acted = opened.acted
    assert acted is not None
    return lambda what: acted("somebody/door", what)


def test_the_real_bench_is_whole_and_states_what_the_simulated_one_does() -> None:
    check_alike(simulated_bench("breakdown"))


def test_safe_waits_until_the_output_may_be_touched() -> None:
    async def body(opened: Opened, rig: BreakdownRig) -> None:
        await high(rig, 2000.0)
        assert (await rig.supply.voltage()).value == pytest.approx(2000.0, abs=3.0)
        begin = clock.now()
        await rig.safe()
        assert clock.now() - begin > 5.0
        assert (await rig.supply.voltage()).value < TOUCHABLE

    run(body)


def test_an_open_lid_refuses_and_trips() -> None:
    async def body(opened: Opened, rig: BreakdownRig) -> None:
        people(opened)("open")
        with pytest.raises(InterlockError):
            await high(rig, 100.0)
        people(opened)("closed")
        assert await rig.supply.trip() == "none"
        await high(rig, 1500.0)
        people(opened)("open")
        await rig.supply.voltage()
        await clock.sleep(3.0)
        assert (await rig.supply.voltage()).value < TOUCHABLE
        with pytest.raises(InterlockError):
            await rig.supply.measure()
        people(opened)("closed")
        assert await rig.supply.trip() == "interlock"
        await rig.supply.clear_trip()
        await high(rig, 100.0)
        await rig.safe()

    run(body)


def test_no_ramp_begins_under_an_open_lid() -> None:
    async def body(opened: Opened, rig: BreakdownRig) -> None:
        assert opened.sample is not None
        people(opened)("open")
        with pytest.raises(InterlockError, match="lid"):
            await ramped(rig, terms_of(opened.sample))

    run(body)


def test_limits_of_the_bench_hold() -> None:
    async def body(opened: Opened, rig: BreakdownRig) -> None:
        with pytest.raises(LimitRefused):
            await rig.supply.set_current_limit(2.6e-3)
        await rig.supply.set_current_limit(1e-3)
        for volts, rate in ((3101.0, 100.0), (100.0, 201.0), (1501.0, 100.0)):
            with pytest.raises(LimitRefused):
                await rig.supply.ramp_to(volts, rate)

    run(body)


def test_lifted_probes_do_not_pass_for_a_device_that_holds() -> None:
    async def body(opened: Opened, rig: BreakdownRig) -> None:
        assert opened.sample is not None
        terms = terms_of(opened.sample)
        found = await ramped(rig, terms)
        assert (found.end, found.points) == ("limit", ())
        await arranged(rig, place_of(opened.sample))
        await touched(rig, place_of(opened.sample), 0)
        assert (await contact(rig, terms)).good(terms.current)
        assert set(rig.watchable()) == {
            *("prober.is_closed", "supply.is_interlock_closed"),
            *("supply.voltage", "prober.temperature"),
        }

    run(body)


def test_a_device_that_broke_down_is_another_one_afterwards() -> None:
    async def body(opened: Opened, rig: BreakdownRig) -> None:
        assert opened.sample is not None
        terms, place = terms_of(opened.sample), place_of(opened.sample)
        await arranged(rig, place)
        await touched(rig, place, 0)
        first, second = await ramped(rig, terms), await ramped(rig, terms)
        assert first.end == second.end == "criterion"
        assert second.points[-1].drain.value < 0.9 * first.points[-1].drain.value

    run(body)
