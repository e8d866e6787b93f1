from __future__ import annotations

from dataclasses import replace

import pytest

from sim_backends.models import photostorage, series_stack
from sim_backends.models.photostorage import PhotoStorage, lit
from sim_backends.samples.photocharging import draw
from sim_backends.streams import stream

DEVICE = draw(stream(4, "device"))
SUN = lit(DEVICE, 1000.0, 25.0)


def test_the_module_works_where_its_curve_meets_the_pack() -> None:
    work = PhotoStorage(DEVICE, 0.5)
    volts = work.terminal(SUN)
    assert SUN is not None
    generated = series_stack.current(*SUN, volts + DEVICE.drop)
    assert generated == pytest.approx((volts - work.pack.source) / DEVICE.pack.resistance)
    assert 0.0 < generated < DEVICE.module.junctions[0].photocurrent


def test_a_driven_voltage_is_what_the_terminals_then_have() -> None:
    work = PhotoStorage(DEVICE, 0.5)
    work.external = work.current_at(8.5, SUN)
    assert work.terminal(SUN) == pytest.approx(8.5, abs=1e-6)


def test_in_the_dark_the_diode_blocks() -> None:
    work = PhotoStorage(DEVICE, 0.5)
    assert lit(DEVICE, 0.0, 25.0) is None
    work.advance(None, 3600.0)
    assert work.pack.charge == 0.5 and work.terminal(None) == pytest.approx(work.pack.source)


def test_steps_of_any_length_charge_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[float] = []
    for step in (5.0, photostorage.STEP):
        monkeypatch.setattr(photostorage, "STEP", step)
        work = PhotoStorage(DEVICE, 0.1)
        work.advance(SUN, 7200.0)
        found.append(work.pack.charge)
    assert found[0] == pytest.approx(found[1], rel=1e-5)


def test_many_short_calls_charge_as_one_long_one() -> None:
    long, short = PhotoStorage(DEVICE, 0.3), PhotoStorage(DEVICE, 0.3)
    long.advance(SUN, 600.0)
    for _ in range(600):
        short.advance(SUN, 1.0)
    assert short.pack.charge == pytest.approx(long.pack.charge, rel=1e-3)


def test_energy_is_kept_at_the_converter() -> None:
    work = PhotoStorage(DEVICE, 0.6)
    output = work.draw(0.5, None)
    volts = work.terminal(None)
    converter = DEVICE.converter
    current = (work.pack.source - volts) / DEVICE.pack.resistance
    assert output == pytest.approx(converter.set_point - 0.5 * converter.resistance)
    assert volts * current == pytest.approx(
        0.5 * output / converter.efficiency + converter.own, rel=1e-6
    )


def test_a_low_input_locks_the_converter_out_for_a_while() -> None:
    weak = replace(DEVICE, pack=replace(DEVICE.pack, resistance=9.0))
    work = PhotoStorage(weak, 0.2)
    assert work.draw(0.1, None) > 4.9
    assert work.draw(0.5, None) == 0.0 and not work.working
    work.load = 0.0
    work.advance(None, 60.0)
    assert work.output == 0.0
    work.advance(None, 120.0)
    assert work.output == pytest.approx(weak.converter.set_point)


def test_more_than_the_limit_gets_nothing() -> None:
    work = PhotoStorage(DEVICE, 0.9)
    assert work.draw(DEVICE.converter.limit + 0.1, SUN) == 0.0
    assert work.draw(0.1, SUN) > 4.9
