"""An index as a program: its time is that of its operations, times the machine's factor."""

from __future__ import annotations

import pytest

from sim_backends.models.software.busy_machine import BusyMachine
from sim_backends.models.software.contents import BITS, contents
from sim_backends.models.software.hash_tables import HashTables
from sim_backends.models.software.timed_index import COMPARE, PROBE, TimedIndex, TimedSystems
from sim_backends.streams import stream

DEVICE = TimedSystems(pace=2.0, partition=1e-4, group=2e-4)


def test_work_is_operations_times_their_costs() -> None:
    items, asked = contents(stream(8, "contents"), 50)
    running = TimedIndex(HashTables(1), DEVICE.costs()["system"], BusyMachine(3), "system")
    running.make(BITS)
    running.add(items)
    found, work = running.find(asked)
    plain = HashTables(1)
    plain.build(items, BITS)
    expected, counts = plain.search(asked)
    assert found == expected
    idle = float((2.0 * counts @ [PROBE, COMPARE]).sum())
    factor = BusyMachine(3).factor("system", running._line)
    assert work == pytest.approx(idle * factor)
    assert 0.0 <= running.delay() < 1e-3


def test_what_is_added_later_is_found_too_and_a_new_index_is_empty() -> None:
    items, _ = contents(stream(8, "contents"), 1)
    running = TimedIndex(HashTables(1), DEVICE.costs()["system"], BusyMachine(3), "system")
    running.make(BITS)
    running.add(items[:10])
    assert running.find(items[9:11])[0] == [[9], []]
    running.add(items[10:12])
    assert running.find(items[9:11])[0] == [[9], [10]]
    running.restart()
    assert (running.held, running.bits) == (0, 0)


def test_costs_of_each_role() -> None:
    costs = DEVICE.costs()
    assert costs["system"]["probe"] == 2.0 * PROBE
    assert (costs["spyglass"]["partition"], costs["smartstore"]["group"]) == (1e-4, 2e-4)
    assert costs["spyglass"]["compare"] == costs["smartstore"]["compare"] == COMPARE
