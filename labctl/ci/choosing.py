"""What `labctl ci` tries: indicators, shards, and the jobs that they make. Pure but for imports."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from labctl.ci.trial import Job
from labctl.errors import UsageError
from labctl.indicator import Indicator
from labctl.testing.standing import DUTS

TOGETHER = 60
"""So many indicators of one shared procedure, such as documents, are tried in one run."""


@dataclass(frozen=True)
class Asked:
    """What is asked: `seeds`, `faults` a device, the devices `duts`, one `fault` by name alone.

    What fails is kept in the folder `keep`.
    """

    keep: str
    seeds: tuple[int, ...] = (1,)
    faults: int = 1
    duts: tuple[str, ...] = DUTS
    fault: str = ""


@dataclass(frozen=True)
class Chosen:
    """The `indicators` to be tried, of those that were `asked` for.

    `shared` names by id the procedure of those that are documents, which share one and take no
    time, `procedures` that of all that were asked for and have one.
    """

    indicators: tuple[Indicator, ...]
    shared: Mapping[str, str]
    asked: tuple[Indicator, ...]
    procedures: Mapping[str, str]


@dataclass(frozen=True)
class Shard:
    """The part `number` (from 1) of `count` parts."""

    number: int = 1
    count: int = 1

    def holds(self, id: str) -> bool:
        """Whether the indicator `id` is in it: by a hash of the id, so that one more indicator
        moves no other."""
        digest = hashlib.sha256(id.encode("utf-8")).digest()
        return int.from_bytes(digest[:8], "big") % self.count == self.number - 1


def shard(text: str) -> Shard:
    """A shard as the command line writes it, `2/4`; `UsageError` where it is none."""
    found = re.fullmatch(r"(\d+)/(\d+)", text.strip())
    number, count = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= number <= count:
        raise UsageError(f"--shard {text}: no part", remedy="write 2/4 for the second of four")
    return Shard(number, count)


def jobs_of(
    indicators: Sequence[Indicator], shared: Mapping[str, str], asked: Asked
) -> Iterator[Job]:
    """The jobs on `indicators`, those of procedures of their own first, for they take longer.

    `shared` names by id the procedure of those that are tried many in one run.
    """
    own = [one for one in indicators if one.id not in shared]
    for seed in asked.seeds:
        for one in own:
            for dut in asked.duts:
                yield Job((one,), dut, seed, asked.keep, asked.faults, asked.fault)
        for group in _groups([one for one in indicators if one.id in shared], shared):
            for dut in asked.duts:
                yield Job(group, dut, seed, asked.keep, 0, asked.fault)


def _groups(
    indicators: Iterable[Indicator], shared: Mapping[str, str]
) -> Iterator[tuple[Indicator, ...]]:
    by_name: dict[str, list[Indicator]] = {}
    for one in indicators:
        by_name.setdefault(shared[one.id], []).append(one)
    for group in by_name.values():
        for start in range(0, len(group), TOGETHER):
            yield tuple(group[start : start + TOGETHER])
