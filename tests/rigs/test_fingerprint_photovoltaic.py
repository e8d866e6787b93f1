"""The dark fingerprint of the photovoltaic bench: what it reads, how it leaves the bench, whom it
tells apart."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import combinations
from typing import Literal

import pytest

from labctl import clock
from labctl.catalogue import load
from labctl.evidence import Accuracy, Reading
from labctl.quantity import Quantity
from labctl.samples.comparing import Reference, bands_for, mismatches
from labctl.truth import sample_request
from rigs.fingerprint_photovoltaic import BANDS, CONDUCTANCE, TEMPERATURE, VOLTAGE, at_reference
from rigs.opening import open_bench
from rigs.photovoltaic import PhotovoltaicRig
from tests.system.photovoltaic_bench import energy, watch

Values = Mapping[str, Quantity]
Dut = Literal["nominal", "failing"]
HOUR = 3600.0


def taken(item: str, seed: int, times: int = 1, celsius: float | None = None) -> list[Values]:
    """Fingerprints of a nominal sample of `item`, on a bench of its own."""

    async def work() -> list[Values]:
        request = sample_request(load().get(item), "nominal")
        bench = await open_bench(None, rig=PhotovoltaicRig, sample=request, seed=seed)
        rig = bench.rig
        assert bench.sample is not None
        if celsius is not None:
            await rig.chuck.set_temperature(celsius)
            await rig.chuck.control(True)
            await clock.sleep(3600.0)
        found = [await rig.fingerprint(bench.sample) for _ in range(times)]
        await rig.safe()
        await bench.close()
        return found

    return clock.run(work(), virtual=True)


def same(one: Values, other: Values, *, aged: bool = False) -> bool:
    reference = Reference(one, bands_for(BANDS, {}, aged=aged), "test")
    return mismatches(other, reference, BANDS) == ()


def test_it_reads_what_a_cell_shows_in_the_dark_and_leaves_the_bench_safe(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    benches = watch(monkeypatch)
    (found,) = taken("1.1-03", 1)
    assert set(found) == {VOLTAGE, CONDUCTANCE, TEMPERATURE}
    assert 0.9 < found[VOLTAGE].to("V").value < 1.1
    assert 1e3 < 1.0 / found[CONDUCTANCE].to("1/ohm").value < 2e4
    assert all(0.0 < one.u < 0.05 * abs(one.value) for one in found.values())
    assert energy(benches) == dict.fromkeys(energy(benches), False)


@pytest.mark.parametrize("item", ["1.1-03", "1.1-12", "1.2-06"])
def test_one_device_is_the_same_again_and_at_another_temperature(item: str) -> None:
    first, second = taken(item, 2, times=2)
    assert same(first, second)
    assert abs(first[VOLTAGE].value / second[VOLTAGE].value - 1.0) < 1e-3
    (hot,) = taken(item, 2, celsius=60.0)
    assert same(first, hot)
    assert hot[VOLTAGE].u > 5 * first[VOLTAGE].u


def test_most_devices_of_one_batch_are_told_apart_and_all_of_another_kind() -> None:
    cells = [taken("1.1-03", seed)[0] for seed in range(1, 13)]
    pairs = list(combinations(cells, 2))
    told = sum(not same(one, other) for one, other in pairs)
    assert told > 0.6 * len(pairs)
    for item in ("1.1-12", "1.2-06"):
        (other,) = taken(item, 1)
        assert not any(same(one, other, aged=True) for one in cells)


@pytest.mark.parametrize("dut", ["nominal", "failing"])
@pytest.mark.parametrize(
    ("item", "dose", "bends"),
    [("1.1-04", 1000 * HOUR, 0.0), ("1.2-06", 5000 * HOUR, 0.0), ("1.1-05", 0.0, 5000.0)],
)
def test_a_device_that_was_worn_as_its_test_wears_it_is_still_the_same(
    monkeypatch: pytest.MonkeyPatch, item: str, dose: float, bends: float, dut: Dut
) -> None:
    """Dose in s of light at 25 degC (at 50 degC it counts more), bends to 15 mm."""
    benches = watch(monkeypatch)

    async def work() -> tuple[Values, Values]:
        request = sample_request(load().get(item), dut)
        bench = await open_bench(None, rig=PhotovoltaicRig, sample=request, seed=1)
        assert bench.sample is not None
        fresh = await bench.rig.fingerprint(bench.sample)
        sample = benches.ports["lamp"]._scene.sample
        sample.expose(1000.0, 25.0, dose)
        sample.bend(0.015, bends, 0.0)
        worn = await bench.rig.fingerprint(bench.sample)
        await bench.close()
        return fresh, worn

    fresh, worn = clock.run(work(), virtual=True)
    assert worn[CONDUCTANCE].value > fresh[CONDUCTANCE].value
    assert same(fresh, worn, aged=True)


def test_the_voltage_is_referred_to_25_degc_with_what_that_makes_unknown() -> None:
    sheet = Accuracy("temperature", 100.0, "degC", 0.0, 0.1, "test")

    def at(celsius: float) -> Quantity:
        reading = Reading(celsius, "degC", 0.0, 0.0, "test://chuck", "SIM-1", sheet)
        return at_reference(Quantity(1.0, "V", 1e-4), reading)

    assert at(25.0).value == 1.0
    assert at(35.0).value == pytest.approx(1.0 / 0.974)
    assert at(25.0).u == pytest.approx(math.hypot(1e-4, 2.6e-3 * 0.1 / math.sqrt(3.0)))
    assert at(65.0).u > at(35.0).u > at(25.0).u
