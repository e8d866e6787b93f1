"""The photovoltaic world through its ports, as an instrument meets it."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest

from sim_backends.models.photovoltaic_device import PhotovoltaicDevice
from sim_backends.models.ports import BendingPort, ElectricalPort, OpticalPort, ThermalPort
from sim_backends.worlds.photovoltaic import SAMPLES, World, build

CELL = SAMPLES.solve("1.1-03", {"power_conversion_efficiency": 21.4}, seed=3).device
WARM = 2000.0


def electrical(world: World, name: str = "terminals") -> ElectricalPort:
    return cast(ElectricalPort, world.ports[name])


def light(world: World, t: float = 0.0) -> None:
    lamp = cast(OpticalPort, world.ports["lamp"])
    lamp.emit(1000.0, t)
    lamp.shutter(True, t + 1000.0)


def lit(device: PhotovoltaicDevice = CELL, seed: int = 1) -> World:
    world = build(device, seed=seed, t0=0.0)
    light(world)
    return world


def best_power(world: World, t: float) -> float:
    """Largest power in W of a slow staircase about the maximum that starts at `t`."""
    cell = electrical(world)
    voltages = np.linspace(0.8, 1.05, 126)
    powers = [-v * cell.current(float(v), t + 4.0 * k) for k, v in enumerate(voltages)]
    return float(max(powers))


def test_ports_have_their_names() -> None:
    names = {"terminals", "reference_shunt", "lamp", "chuck", "clamp"}
    assert set(build(CELL, seed=1, t0=0.0).ports) == names


def test_dark_cell_takes_and_lit_cell_gives() -> None:
    world = build(CELL, seed=1, t0=0.0)
    assert electrical(world).current(0.0, 1.0) == pytest.approx(0.0, abs=1e-12)
    assert electrical(world).current(0.9, 2.0) > 0.0
    light(world, 3.0)
    assert electrical(world).current(0.0, WARM) == pytest.approx(-0.0238, rel=0.15)
    assert 1.0 < electrical(world).voltage(0.0, WARM + 1.0) < 1.25


def test_shutter_and_lamp() -> None:
    world = lit()
    lamp = cast(OpticalPort, world.ports["lamp"])
    shunt = electrical(world, "reference_shunt")
    assert shunt.voltage(0.0, WARM) == pytest.approx(0.1, rel=0.1)
    lamp.shutter(False, WARM + 1.0)
    assert shunt.voltage(0.0, WARM + 2.0) == 0.0
    assert lamp.monitor(WARM + 2.0) == pytest.approx(1000.0, rel=0.1)
    lamp.emit(0.0, WARM + 3.0)
    assert lamp.monitor(WARM + 100.0) == 0.0


def test_same_seed_same_world() -> None:
    runs = [
        [electrical(world).current(0.9, WARM + 60.0 * k) for k in range(20)]
        for world in (lit(seed=5), lit(seed=5), lit(seed=6))
    ]
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


def test_one_more_reading_moves_no_other() -> None:
    quiet, busy = lit(), lit()
    for t in np.arange(WARM, 50_000.0, 600.0):
        electrical(busy, "reference_shunt").voltage(0.0, float(t))
        cast(ThermalPort, busy.ports["chuck"]).temperature(float(t))
    t = 60_000.0
    ports = "reference_shunt", "terminals"
    for name in ports:
        assert electrical(busy, name).voltage(0.0, t) == pytest.approx(
            electrical(quiet, name).voltage(0.0, t), rel=1e-8
        )


def test_a_thousand_hours_in_any_partition() -> None:
    end = 3.6e6
    once, often = lit(), lit()
    for t in np.linspace(WARM, end - 7.0, 1000):
        electrical(often, "reference_shunt").voltage(0.0, float(t))
    currents = [electrical(world).current(0.9, end) for world in (once, often)]
    assert currents[0] == pytest.approx(currents[1], rel=1e-8)


def test_an_earlier_call_is_answered() -> None:
    world = lit()
    electrical(world, "reference_shunt").voltage(0.0, WARM + 100.0)
    assert electrical(world).current(0.5, WARM) < 0.0
    assert cast(ThermalPort, world.ports["chuck"]).temperature(WARM) > 20.0


def test_lamp_drifts_slowly_and_reference_follows() -> None:
    world = lit()
    shunt, lamp = electrical(world, "reference_shunt"), cast(OpticalPort, world.ports["lamp"])
    times = WARM + 600.0 * np.arange(1000)
    seen = np.array([shunt.voltage(0.0, float(t)) for t in times])
    assert 0.0005 < seen.std() / seen.mean() < 0.02
    # Ten minutes later the drift is nearly the same: autocorrelated, not white.
    assert np.corrcoef(seen[:-1], seen[1:])[0, 1] > 0.8
    ratio = shunt.voltage(0.0, 7e5) / lamp.monitor(7e5)
    assert ratio == pytest.approx(1e-4, rel=0.03)


def test_chuck_can_be_controlled_under_light() -> None:
    world = lit()
    chuck = cast(ThermalPort, world.ports["chuck"])
    integral = 0.0
    for t in np.arange(WARM, WARM + 6000.0, 10.0):
        error = 25.0 - chuck.temperature(float(t))
        integral += error * 10.0
        chuck.heat(0.05 * error + 0.0004 * integral, float(t))
    assert chuck.temperature(WARM + 6000.0) == pytest.approx(25.0, abs=0.1)


def test_bending_costs_what_the_device_says() -> None:
    device = SAMPLES.solve("1.1-05", {"relative_loss": 7.2}, seed=8).device
    world = lit(device)
    before = best_power(world, WARM)
    cast(BendingPort, world.ports["clamp"]).bend(0.015, 5000.0, WARM + 10_000.0)
    loss = 1.0 - best_power(world, WARM + 11_000.0) / before
    # Uncorrected for the lamp's drift (0.3 %) and the ambient's.
    assert loss == pytest.approx(0.072, abs=0.02)


def test_gentle_bends_do_nothing_but_move_the_sample() -> None:
    bent, kept = lit(), lit()
    cast(BendingPort, bent.ports["clamp"]).bend(0.1, 5000.0, WARM)
    t = WARM + 1000.0
    moved = electrical(bent).current(0.0, t) / electrical(kept).current(0.0, t)
    assert moved != 1.0
    assert moved == pytest.approx(1.0, abs=0.013)


def test_disconnected_cell_rests_at_open_circuit() -> None:
    world = lit()
    electrical(world).current(0.0, WARM)
    electrical(world).disconnect(WARM + 1.0)
    first = electrical(world).voltage(0.0, WARM + 100.0)
    assert electrical(world).voltage(0.0, WARM + 100.0) == pytest.approx(first, rel=1e-9)


def test_errors_of_the_bench_hide_the_true_current() -> None:
    """What the reference cell leaves uncorrected spreads as the bench's errors say."""
    ratios = []
    for seed in range(60):
        world = lit(seed=seed)
        seen = electrical(world, "reference_shunt").voltage(0.0, WARM) / 1.0e-4
        ratios.append(-electrical(world).current(0.0, WARM) / seen * 1000.0)
    spread = np.std(ratios) / np.mean(ratios)
    # Responsivity 0.6 %, mismatch 0.4 %, field 0.3 %: 0.78 % together; 60 draws give it to 9 %.
    assert 0.0055 < spread < 0.0105


def operating_loss(device: PhotovoltaicDevice, seed: int) -> float:
    """Lost part of the power at a held voltage sweep about the maximum, 2000 h at about 50 degC,
    irradiance taken out by the reference cell."""
    world = lit(device, seed)
    shunt, cell = electrical(world, "reference_shunt"), electrical(world)
    cast(ThermalPort, world.ports["chuck"]).heat(0.2914, 0.0)
    powers = []
    for start in (36_000.0, 36_000.0 + 7.2e6):
        logged = []
        # Twelve hours of one point each ten minutes average lamp and room.
        for k in range(72):
            t = start + 600.0 * k
            light = shunt.voltage(0.0, t) / 0.1
            best = max(-v * cell.current(v, t) for v in np.linspace(1.2, 1.5, 61).tolist())
            logged.append(best / light)
        powers.append(float(np.mean(logged)))
    return 1.0 - powers[1] / powers[0]


@pytest.mark.parametrize("value", [3.1, 8.2])
def test_long_run_shows_the_loss(value: float) -> None:
    device = SAMPLES.solve("1.2-06", {"relative_loss": value}, seed=2).device
    # The chuck is not controlled here: the room's drift and 0.4 eV leave some per cent of the loss.
    assert operating_loss(device, seed=2) == pytest.approx(value / 100.0, rel=0.15)
