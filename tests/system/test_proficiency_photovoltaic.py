"""A photovoltaic procedure that is wrong by 2 % is rejected, through the engine and the command."""

from __future__ import annotations

import pytest

from labctl.catalogue import load
from labctl.discovery import Bound, procedure_for
from labctl.evidence import Evidence
from labctl.indicator import Indicator
from labctl.procedure import Procedure
from labctl.proficiency import trial
from labctl.proficiency.marks import of_figure
from labctl.proficiency.plan import plan_of
from labctl.proficiency.pool import Job, processes
from labctl.proficiency.trial import tried
from labctl.reductions import Reduced, Reductions
from labctl.run import Run
from labctl.uncertainty import MonteCarlo
from procedures.f01_new_energy import d01_flexible_perovskite_zinc_ion_photostorage as direction
from rigs.photovoltaic import PhotovoltaicRig

ITEM = "1.1-03"
DEVICES = 8


class Off(Reductions):
    """Figures that are 2 % too large, and their draws with them."""

    def figure(self, key: str, reduced: Reduced, mc: MonteCarlo):
        def wrong(one: MonteCarlo):
            return 1.02 * reduced.reduction(one)

        return super().figure(key, reduced._replace(reduction=wrong), mc)


async def wrong_efficiency(run: Run, rig: PhotovoltaicRig) -> Evidence:
    """The honest procedure with a factor of 1.02 in its reduction."""
    run.reductions = Off()
    return await direction.cell_efficiency(run, rig)


def wrong(indicator: Indicator) -> Bound:
    bound = procedure_for(indicator)
    assert bound is not None
    return Bound(Procedure(wrong_efficiency, (ITEM,), PhotovoltaicRig), bound.lab)


@pytest.mark.timeout(600)
def test_a_factor_of_1_02_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "DRAWS", 2000)
    indicator = load().get(ITEM)
    plan = plan_of(indicator, DEVICES, 1, 0.2, lambda seed: (15.0, 23.0))
    found = [tried(indicator, one, wrong) for one in plan.draws]
    assert [one.error for one in found] == [""] * DEVICES
    marks = of_figure(ITEM, found, (), ())
    assert marks.bias < 0
    assert any("mean z" in why for why in marks.why)


@pytest.mark.timeout(600)
def test_processes_find_what_this_process_finds() -> None:
    indicator = load().get(ITEM)
    job = Job((indicator,), plan_of(indicator, 2, 1, 0.2, lambda seed: (15.0, 23.0)).draws[0])
    here = tried(indicator, job.trial)
    with processes(1) as workers:
        told = workers.pilot(job)
    assert told.found == [here]
    modules = told.code.drivers + told.code.emulators + told.code.models + told.code.method
    assert "drivers.keithley.k2450" in told.code.drivers
    assert "sim_backends.emulators.keithley.k2450" in told.code.emulators
    assert "sim_backends.worlds.photovoltaic" in told.code.models
    assert "procedures.methods.photovoltaics.iv_reduction" in told.code.method
    assert told.code.bench == "rigs:benches/sim/photovoltaic.toml"
    assert not any(name.startswith(("labctl", "tests", "rigs")) for name in modules)
