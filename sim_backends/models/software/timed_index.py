"""Indexes that do the work as programs that run: the operations of a search set its time.

Three of them stand on one bench: hash tables, which are tested, and two baselines. Each operation
takes what the device says, on an idle machine; what the machine adds, `BusyMachine` tells.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim_backends.models.software.busy_machine import BusyMachine
from sim_backends.models.software.index import Bits, ContentIndex, RunningIndex
from sim_backends.models.software.searching import SearchIndex

PROBE, COMPARE, LOOKUP, NODE = 1e-6, 1e-7, 2e-8, 5e-8
"""Seconds of an operation in memory: a bucket of a hash table, two vectors compared, a bit of a
signature, a node of a tree."""


@dataclass(frozen=True)
class TimedSystems:
    """The device: `pace` is a factor on every operation of the system under test; to read one
    `partition` of the one baseline or one `group` of the other takes so many s."""

    pace: float
    partition: float
    group: float

    def costs(self) -> dict[str, dict[str, float]]:
        """Seconds of each operation, by role."""
        memory = {"probe": PROBE, "compare": COMPARE, "lookup": LOOKUP, "node": NODE}
        return {
            "system": {kind: self.pace * one for kind, one in memory.items()},
            "spyglass": {**memory, "partition": self.partition},
            "smartstore": {**memory, "group": self.group},
        }


class TimedIndex(RunningIndex):
    """`index` as the program of `role`, whose operations take `costs` in s on `machine`. It is
    built when it is asked first, which takes no time; a snapshot keeps nothing of it."""

    not_kept: ClassVar[tuple[str, ...]] = (
        *(*RunningIndex.not_kept, "_index", "_costs"),
        *("_built", "_line", "_number"),
    )

    def __init__(
        self, index: SearchIndex, costs: Mapping[str, float], machine: BusyMachine, role: str
    ) -> None:
        self._index, self._machine = index, machine
        self._costs = np.array([costs[kind] for kind in index.kinds])
        super().__init__(ContentIndex(strength=math.inf, wrong=0.0), 0, role)

    def make(self, bits: int) -> None:
        """An empty index for vectors of `bits` bits."""
        super().make(bits)
        self._built = False
        self._line, self._number = "", 0

    def add(self, vectors: Bits) -> None:
        """Hold `vectors`, shape (vectors, words)."""
        super().add(vectors)
        self._built = False

    def find(self, vectors: Bits) -> tuple[list[list[int]], float]:
        """Numbers of the items found for each of `vectors`, and the work in s."""
        if not self._built:
            self._index.build(self._items, self._bits)
            self._built = True
        self._line, self._number = hashlib.sha256(vectors.tobytes()).hexdigest(), 0
        found, counts = self._index.search(vectors)
        work = float((counts @ self._costs).sum())
        return found, work * self._machine.factor(self.name, self._line)

    def delay(self) -> float:
        """What the link takes of the next line beyond its least, in s."""
        self._number += 1
        return self._machine.jitter(self.name, self._line, self._number)
