from __future__ import annotations

import numpy as np
import pytest

from procedures.methods.voltammetry.metals import METALS
from procedures.methods.voltammetry.species import Sweeps, reduced
from tests.procedures.methods.voltammetry.sweeps import PEAKS, swept


def test_species_are_proved_by_their_additions() -> None:
    rng = np.random.default_rng(3)
    held = {"zinc": 9.0, "lead": 12.0, "copper": 8.0, "arsenic": 10.0, "cadmium": 0.0}
    dead = "mercury"
    blanks = [swept({"zinc": 0.05 * rng.standard_normal()}, rng) for _ in range(4)]
    samples = [swept(held, rng) for _ in range(2)]
    now, additions = dict(held), {}
    for name in METALS:
        if name != dead:
            now[name] = now.get(name, 0.0) + 10.0
        additions[name] = swept(now, rng)
    found = {
        one.metal: one
        for one in reduced(Sweeps(blanks, samples, additions), dict.fromkeys(METALS, 10.0))
    }
    assert found[dead].addition < 5.0
    assert found["cadmium"].addition > 50.0 and found["cadmium"].sample < 5.0
    for name in ("zinc", "lead", "copper", "arsenic"):
        assert min(found[name].addition, found[name].sample) > 5.0
        assert found[name].concentration == pytest.approx(held[name], rel=0.05)
        assert found[name].position == pytest.approx(PEAKS[name].position, abs=3e-3)


def test_a_sensitivity_that_changes_between_sweeps_hides_no_metal() -> None:
    rng = np.random.default_rng(4)
    now = dict.fromkeys(METALS, 12.0)
    blanks = [swept({}, rng) for _ in range(4)]
    samples = [swept(now, rng) for _ in range(2)]
    additions = {}
    for number, name in enumerate(METALS):
        now[name] += 10.0
        kept = 0.8 if number % 2 else 1.0
        additions[name] = swept({one: kept * amount for one, amount in now.items()}, rng)
    found = reduced(Sweeps(blanks, samples, additions), dict.fromkeys(METALS, 10.0))
    assert all(one.addition > 40.0 for one in found)
