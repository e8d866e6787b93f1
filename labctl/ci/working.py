"""Jobs done in processes of their own, or in this one."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import as_completed

import msgspec

from labctl.ci.trial import Job, Tried, carried
from labctl.errors import LabError
from labctl.spawned import spawned
from labctl.testing.standing import Standing


def worked(jobs: Sequence[Job], processes: int) -> Iterator[list[Tried]]:
    """What came of each job, as they end; with one process in this one, in their order.

    `LabError` where the jobs themselves cannot be done: an unknown fault, a broken bench file.
    """
    if processes == 1:
        for job in jobs:
            yield done(job)
        return
    with spawned(processes) as pool:
        futures = [pool.submit(_do, msgspec.msgpack.encode(job)) for job in jobs]
        for future in as_completed(futures):
            yield msgspec.msgpack.decode(future.result(), type=list[Tried])


def done(job: Job) -> list[Tried]:
    """What came of a job; an exception that nobody foresaw is a defect of its procedures."""
    try:
        return carried(job)
    except LabError:
        raise
    except Exception as error:
        told = "".join(traceback.format_exception(error)).strip()
        return [_broken(job, one.id, told) for one in job.indicators]


def _broken(job: Job, id: str, told: str) -> Tried:
    return Tried(id, job.dut, job.seed, Standing.DEFECT, "INCOMPLETE", told, fault=job.fault)


def _do(data: bytes) -> bytes:
    return msgspec.msgpack.encode(done(msgspec.msgpack.decode(data, type=Job)))
