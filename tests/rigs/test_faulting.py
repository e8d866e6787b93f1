from __future__ import annotations

from pathlib import Path

import pytest

from labctl.errors import BenchError
from labctl.labs import load_labs
from rigs.benches import simulated_bench
from rigs.dossier import DossierRig
from rigs.faulting import SIZES, lates, offered, patience
from rigs.photovoltaic import PhotovoltaicRig
from sim_backends.fault_kinds import SENSOR_FAULTS
from sim_backends.fault_tables import KINDS, fault

ROLES = ("source_meter", "reference_meter", "lamp", "bender", "chuck")


def test_every_role_can_have_every_fault_of_a_line() -> None:
    found = offered(None, rig=PhotovoltaicRig, seed=1)
    assert [one.role for one in found] == [role for role in ROLES for _ in SIZES]
    for one in found:
        role, made = fault({"role": one.role, "kind": one.kind, "after": 1.0, **one.table})
        assert (role, type(made)) == (one.role, KINDS[one.kind])
        assert not isinstance(made, SENSOR_FAULTS)


def test_all_kinds_but_those_that_nothing_on_the_line_tells() -> None:
    assert set(KINDS) - set(SIZES) == {"stuck", "saturate", "drift", "hold"}


def test_sizes_follow_from_the_seed() -> None:
    one, again, other = (offered(None, rig=PhotovoltaicRig, seed=seed) for seed in (1, 1, 2))
    assert one == again != other


def test_a_delay_is_one_that_the_driver_bears() -> None:
    late = lates(*patience("keithley.k2450"))
    for seed in range(5):
        for one in offered(None, rig=PhotovoltaicRig, seed=seed):
            if (one.role, one.kind) == ("source_meter", "delay"):
                assert one.table["seconds"] in late


def test_a_real_bench_and_documents_have_none(tmp_path: Path) -> None:
    real = simulated_bench("photovoltaic").parents[1] / "example_photovoltaic.toml"
    assert offered(real, rig=PhotovoltaicRig, seed=1) == ()
    assert offered(None, rig=DossierRig, seed=1) == ()
    with pytest.raises(BenchError):
        offered(tmp_path / "none.toml", rig=PhotovoltaicRig, seed=1)


def test_our_lab_offers_them() -> None:
    [ours] = [lab for lab in load_labs() if lab.name == "labctl"]
    assert ours.faults is not None
    assert ours.faults(None, rig=PhotovoltaicRig, seed=1) == offered(
        None, rig=PhotovoltaicRig, seed=1
    )
