"""`labctl ci` on a measured procedure: faults at its steps, and what their line repeats."""

from __future__ import annotations

from pathlib import Path

import msgspec

from labctl.catalogue import load
from labctl.ci.trial import Job, carried
from labctl.testing.standing import Standing


def test_faults_are_told_or_harmless_and_repeatable(tmp_path: Path) -> None:
    one = load().get("1.1-12")
    job = Job((one,), "nominal", 2, str(tmp_path), faults=3)
    plain, *faulted = carried(job)
    assert (plain.standing, plain.outcome) == (Standing.RIGHT, "PASS")
    assert len(faulted) == 3
    assert {each.standing for each in faulted} == {Standing.RIGHT}
    assert any(each.came not in ("the same",) for each in faulted)
    [again] = carried(msgspec.structs.replace(job, faults=0, fault=faulted[0].fault))
    assert msgspec.structs.replace(again, seconds=0.0) == msgspec.structs.replace(
        faulted[0], seconds=0.0
    )
