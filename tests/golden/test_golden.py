"""Golden transcripts: each model's exchanges replayed against its driver.

Found from the folder. The driver must send every command byte for byte and make of the answers
what the scene says.
"""

from __future__ import annotations

import pytest

from drivers.conformance.folder import folder_of
from labctl.testing.check import Check
from rigs.conformance.checks import golden_checks
from tests.golden.transcripts import GOLDEN

FOLDER = folder_of("drivers")
CHECKS = list(golden_checks(FOLDER))


def test_the_transcripts_are_those_of_this_folder() -> None:
    assert FOLDER.golden == GOLDEN.folder
    assert len(CHECKS) > 100


@pytest.mark.parametrize("check", CHECKS, ids=str)
def test_driver_follows_its_transcript(check: Check) -> None:
    assert not check.findings()
