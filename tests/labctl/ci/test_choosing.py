from __future__ import annotations

import hashlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.ci.choosing import TOGETHER, Asked, Shard, jobs_of, shard
from labctl.errors import UsageError
from tests.labctl.fakelab import INDICATOR

MANY = [msgspec.structs.replace(INDICATOR, id=f"1.1-{n:03}") for n in range(150)]


@given(st.lists(st.text(min_size=1), unique=True), st.integers(1, 9))
def test_every_id_is_in_one_shard(ids: list[str], count: int) -> None:
    parts = [Shard(number, count) for number in range(1, count + 1)]
    for id in ids:
        assert sum(part.holds(id) for part in parts) == 1


def test_one_more_indicator_moves_no_other() -> None:
    """The parts are those of the hash that is written down in the documentation: SHA-256."""
    held = [one.id for one in MANY[:10] if shard(" 1/3 ").holds(one.id)]
    digests = {one.id: hashlib.sha256(one.id.encode()).digest()[:8] for one in MANY[:10]}
    assert held == [id for id, digest in digests.items() if int.from_bytes(digest, "big") % 3 == 0]


@pytest.mark.parametrize("text", ["", "0/2", "3/2", "1", "a/b", "1/0", "-1/2"])
def test_what_is_no_shard_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="--shard"):
        shard(text)


def test_each_seed_and_device_of_a_procedure_is_a_job() -> None:
    asked = Asked("keep", seeds=(3, 4), faults=2)
    jobs = list(jobs_of(MANY[:2], {}, asked))
    assert [(job.indicators[0].id, job.seed, job.dut) for job in jobs] == [
        (id, seed, dut)
        for seed in (3, 4)
        for id in ("1.1-000", "1.1-001")
        for dut in ("nominal", "failing")
    ]
    assert {(job.faults, job.keep, len(job.indicators)) for job in jobs} == {(2, "keep", 1)}


def test_those_that_share_a_procedure_share_runs_and_take_no_faults() -> None:
    shared = {one.id: "paper" if index % 2 else "dossier" for index, one in enumerate(MANY[10:])}
    asked = Asked("keep", duts=("failing",))
    jobs = list(jobs_of(MANY, shared | {one.id: "dossier" for one in MANY[10:]}, asked))
    assert [len(job.indicators) for job in jobs] == [1] * 10 + [TOGETHER, TOGETHER, 20]
    assert {job.faults for job in jobs[10:]} == {0}
    apart = list(jobs_of(MANY[10:50], shared, asked))
    assert [len(job.indicators) for job in apart] == [20, 20]
