"""What holds for every emulator; found from the folder, none listed by hand.

The rules ship (`sim_backends/conformance`), so that another lab's emulators are held to the same.
"""

from __future__ import annotations

import pytest

from drivers.conformance.folder import folder_of
from labctl.discovery import installed_labs
from labctl.testing.check import Check
from rigs.conformance.checks import emulator_checks
from sim_backends.modules import REPLAY
from sim_backends.plugs.serve_names import MODELS
from tests.sim_backends.emulators.found import names

NAMES = names()
CHECKS = list(emulator_checks(installed_labs()[0], folder_of("drivers")))


def test_emulators_are_found() -> None:
    assert {f"emulator {name}" for name in NAMES} == {check.subject for check in CHECKS}
    assert len(NAMES) > 10


@pytest.mark.parametrize("check", CHECKS, ids=str)
def test_emulator_conforms(check: Check) -> None:
    assert not check.findings()


def test_every_emulator_is_served_under_a_name() -> None:
    assert set(MODELS) - {REPLAY} == set(NAMES)
