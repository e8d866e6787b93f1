from __future__ import annotations

import pytest

from labctl.errors import BenchError
from labctl.labs import LABCTL_API, Lab, load_labs
from labctl.testing.chosen import chosen, conformance, tops
from tests.labctl.fakelab import FakeLab

ACME = Lab("acme", LABCTL_API, {"drivers": "acme_lab.drivers"}, FakeLab().open)


@pytest.mark.parametrize("name", ["acme", "acme_lab"])
def test_a_lab_is_found_by_its_name_and_by_its_package(name: str) -> None:
    assert chosen([*load_labs(), ACME], name) is ACME


def test_ours_is_found_by_any_of_its_packages() -> None:
    ours = load_labs()[0]
    assert tops(ours) == {"drivers", "rigs", "procedures", "sim_backends"}
    assert chosen(load_labs(), "sim_backends") is ours
    assert conformance([ACME, ours]) is ours.conformance


def test_without_our_own_lab_there_are_no_checks() -> None:
    with pytest.raises(BenchError, match="offers no checks"):
        conformance([ACME])
