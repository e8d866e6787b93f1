"""Trials in processes of their own, or one after the other in this one."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from typing import Protocol

import msgspec

from labctl.discovery import procedure_for
from labctl.errors import UsageError
from labctl.indicator import Indicator
from labctl.proficiency.code import Code, loaded
from labctl.proficiency.trial import Found, Resolve, Trial, tried_all
from labctl.spawned import spawned


class Job(msgspec.Struct, frozen=True):
    """One trial on each of the `indicators`."""

    indicators: tuple[Indicator, ...]
    trial: Trial


class Pilot(msgspec.Struct, frozen=True):
    """What the first trial of a procedure tells: what it found and the code it was run with."""

    found: list[Found]
    procedure: str
    code: Code


class Workers(Protocol):
    """Whoever does jobs."""

    def pilot(self, job: Job) -> Pilot:
        """Do a job and tell the code that was loaded for it."""
        ...

    def each(self, jobs: Sequence[Job]) -> Iterator[tuple[int, list[Found]]]:
        """Do jobs; the number of each and what it found, in the order in which they end."""
        ...


class Here:
    """Does jobs in this process, with the procedures that `resolve` finds."""

    def __init__(self, resolve: Resolve = procedure_for) -> None:
        self._resolve = resolve

    def pilot(self, job: Job) -> Pilot:
        """Do a job and tell the code that this process has loaded."""
        return piloted(job, self._resolve)

    def each(self, jobs: Sequence[Job]) -> Iterator[tuple[int, list[Found]]]:
        """Do jobs in their order."""
        for number, job in enumerate(jobs):
            yield number, tried_all(job.indicators, job.trial, self._resolve)


class Processes:
    """Does jobs in the processes of `pool`."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    def pilot(self, job: Job) -> Pilot:
        """Do a job in one of the processes."""
        data = self._pool.submit(_pilot, msgspec.msgpack.encode(job)).result()
        return msgspec.msgpack.decode(data, type=Pilot)

    def each(self, jobs: Sequence[Job]) -> Iterator[tuple[int, list[Found]]]:
        """Do jobs in all processes."""
        numbers: dict[Future[bytes], int] = {
            self._pool.submit(_do, msgspec.msgpack.encode(job)): number
            for number, job in enumerate(jobs)
        }
        for future in as_completed(numbers):
            yield numbers[future], msgspec.msgpack.decode(future.result(), type=list[Found])


@contextmanager
def processes(count: int | None = None) -> Generator[Workers]:
    """`count` processes (None: as many as processors), ended when the block is left.

    They do not come to the end of what they are doing where it is left by an error or Ctrl-C.
    """
    with spawned(count) as pool:
        yield Processes(pool)


def piloted(job: Job, resolve: Resolve = procedure_for) -> Pilot:
    """Do a job and tell the code that is loaded then."""
    bound = resolve(job.indicators[0])
    if bound is None:
        raise UsageError(f"{job.indicators[0].id} has no procedure")
    found = tried_all(job.indicators, job.trial, resolve)
    bench = next((one.bench for one in found if one.bench), "")
    function = bound.procedure.function
    code = loaded(function.__module__, function.__qualname__, bench)
    return Pilot(found, bound.procedure.name, code)


def _do(data: bytes) -> bytes:
    job = msgspec.msgpack.decode(data, type=Job)
    return msgspec.msgpack.encode(tried_all(job.indicators, job.trial))


def _pilot(data: bytes) -> bytes:
    return msgspec.msgpack.encode(piloted(msgspec.msgpack.decode(data, type=Job)))


def in_order(found: Iterable[tuple[int, list[Found]]], count: int) -> list[list[Found]]:
    """The findings of `count` jobs by their number."""
    rows: list[list[Found]] = [[] for _ in range(count)]
    for number, each in found:
        rows[number] = each
    return rows
