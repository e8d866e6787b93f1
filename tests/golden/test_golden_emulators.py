"""Golden transcripts against the emulators: the commands of a scene, answered in its form.

An emulator is found through the simulated bench `reference`, which has every emulated instrument:
a role there names the driver, the emulator and the port it is wired to.
"""

from __future__ import annotations

import pytest

from drivers.conformance.folder import folder_of
from labctl.discovery import installed_labs
from labctl.testing.check import Check
from rigs.conformance.checks import meeting_checks
from rigs.conformance.places import every_place
from tests.golden.transcripts import models, scenes

LAB = installed_labs()[0]
CHECKS = list(meeting_checks(LAB, folder_of("drivers")))


@pytest.mark.parametrize("check", CHECKS, ids=str)
def test_emulator_answers_as_its_transcript(check: Check) -> None:
    assert not check.findings()


def test_every_emulated_model_with_a_transcript_is_replayed() -> None:
    emulated = {place.driver for place in every_place(LAB)}
    shown = {model for model in models() if any(not s.driver_only for s in scenes(model))}
    replayed = {check.subject.split("-")[0] for check in CHECKS if "answers so" in check.rule}
    assert replayed == {f"golden {model}" for model in shown & emulated}
