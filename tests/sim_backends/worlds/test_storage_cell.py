"""The storage cell bench's world: what its ports see of one cell."""

from __future__ import annotations

import pytest

from sim_backends.models.platinum_probe import PlatinumProbe
from sim_backends.models.reference.thermocouple import platinum_temperature
from sim_backends.worlds import storage_cell, storage_cell_errors
from sim_backends.worlds.storage_cell_errors import SPREADS


def test_the_probes_see_the_air_and_the_case_with_their_errors() -> None:
    ports = storage_cell.build(storage_cell.example(3), seed=3, t0=0.0).ports
    (cell,), errors = ports["cells"], storage_cell_errors.draw(3)
    air, case = (ports["probes"].channels[n] for n in (101, 102))

    def shown(probe: PlatinumProbe, t: float) -> float:
        return platinum_temperature(probe.voltage(1e-3, t) / 1e-3)

    assert shown(air, 0.0) == pytest.approx(storage_cell.ROOM + errors.air_probe, abs=0.4)
    cell.drive(-100.0, 0.0)
    warm = cell.temperature(900.0)
    assert warm > storage_cell.ROOM + 3.0
    assert shown(case, 900.0) == pytest.approx(warm + errors.case_probe, abs=0.01)


def test_more_than_the_cell_lies_on_the_pan() -> None:
    device = storage_cell.example(3)
    ports = storage_cell.build(device, seed=3, t0=0.0).ports
    over = ports["pan"].loading(0.0).mass / device.mass - 1.0
    assert over == pytest.approx(storage_cell_errors.draw(3).mass_basis)


def test_errors_are_those_of_the_seed_and_of_their_size() -> None:
    assert storage_cell_errors.draw(7) == storage_cell_errors.draw(7)
    places = [storage_cell_errors.draw(seed).place for seed in range(60)]
    mean_square = sum(place * place for place in places) / len(places)
    assert 0.6 < mean_square / SPREADS["place"][0] ** 2 < 1.5
