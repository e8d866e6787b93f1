"""What every driver must do, found from the folder: none is listed by hand.

The rules ship (`drivers/conformance`), so that another lab's drivers are held to the same.
"""

from __future__ import annotations

import pytest

from drivers.conformance.folder import folder_of
from labctl.testing.check import Check
from rigs.conformance.checks import driver_checks

CHECKS = list(driver_checks(folder_of("drivers")))


def test_drivers_are_found() -> None:
    assert len({check.subject for check in CHECKS}) > 15


@pytest.mark.parametrize("check", CHECKS, ids=str)
def test_driver_conforms(check: Check) -> None:
    assert not check.findings()
