"""The tandem world: what each port sees, and that people move the sample."""

from __future__ import annotations

import pytest

from sim_backends.worlds import tandem
from sim_backends.worlds.tandem_ports import INTO_CHAMBER, ONTO_CHUCK

PROMPT = f"1.2-05/{INTO_CHAMBER}"


def lit(seed: int = 1, blue: float = 500.0, red: float = 500.0) -> tandem.World:
    world = tandem.build(tandem.example(seed), seed=seed, t0=0.0)
    world.ports["lamp"].emit(blue, red, 0.0)
    world.ports["lamp"].shutter(True, 0.0)
    return world


def test_each_source_acts_on_its_subcell_most() -> None:
    def volts(blue: float, red: float) -> tuple[float, float]:
        ports = lit(blue=blue, red=red).ports
        return tuple(ports[name].voltage(0.0, 1800.0) for name in ("top_shunt", "bottom_shunt"))

    even, bluer, redder = volts(500.0, 500.0), volts(600.0, 500.0), volts(500.0, 600.0)
    assert even == pytest.approx((0.1, 0.1), rel=0.08)
    assert bluer[0] / even[0] == pytest.approx(1.16, abs=0.01)
    assert bluer[1] / even[1] == pytest.approx(1.05, abs=0.01)
    assert redder[1] / even[1] == pytest.approx(1.15, abs=0.01)


def test_the_shutter_darkens_the_sample_and_not_the_monitors() -> None:
    world = lit()
    assert world.ports["contacts"].current(0.0, 1800.0) < 0.0
    world.ports["lamp"].shutter(False, 1800.0)
    assert world.ports["contacts"].current(0.0, 1801.0) == pytest.approx(0.0, abs=1e-6)
    assert min(world.ports["lamp"].monitor(1801.0)) > 400.0


def test_people_carry_the_sample_and_the_damp_ages_it() -> None:
    world = lit()
    ports = world.ports
    before = ports["contacts"].voltage(0.0, 3600.0)
    ports["operator"].acted(PROMPT, "done", 3600.0)
    assert abs(ports["contacts"].voltage(0.0, 3601.0)) < 1e-3, "it is dark in the chamber"
    ports["chamber"].condition(0.4, 0.05, 3602.0)
    assert ports["chamber"].temperature(3600.0 * 30) > 60.0
    ports["operator"].acted(f"1.2-05/{ONTO_CHUCK}", "done", 3600.0 * 400)
    after = ports["contacts"].voltage(0.0, 3600.0 * 400 + 1.0)
    assert after < before - 5e-4


def test_other_prompts_move_nothing() -> None:
    world = lit()
    before = world.ports["contacts"].voltage(0.0, 1800.0)
    world.ports["operator"].acted("1.2-05/conditions/cell_size", "full", 1800.0)
    assert world.ports["contacts"].voltage(0.0, 1800.0) == pytest.approx(before, rel=1e-9)


def test_the_probe_shows_the_chamber() -> None:
    ports = lit().ports
    ohms = ports["probe"].channels[tandem.PROBE_CHANNEL].voltage(1e-3, 10.0) / 1e-3
    assert ohms == pytest.approx(100.0 * (1.0 + 3.9083e-3 * 23.0), rel=5e-3)
