"""The proficiency record of our procedures: whole, true to its figures, stale ones named.

A change of a procedure, a method, a driver, an emulator or a model makes entries stale. Then
`labctl proficiency TARGET --record` tries them again; until that is done their procedures stand in
`STALE`, which is seen, and `labctl coverage` does not count them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

import pytest

from labctl.catalogue import load
from labctl.cli.coverage import proficient_ids
from labctl.discovery import installed_labs, procedure_for
from labctl.labs import Lab
from labctl.proficiency.bounds import POOLED, bounds, edge_bound
from labctl.proficiency.limits import continuous
from labctl.proficiency.record import Proof, Record, read, record_path

STALE: frozenset[str] = frozenset()
"""Procedures whose code was changed since they were tried."""

UNTRIED: frozenset[str] = frozenset(["8.11-01", "8.11-02"])
"""Indicators whose procedures are not on record yet."""

OURS: Lab = installed_labs()[0]


@cache
def record() -> Record:
    return read(record_path(OURS))


def test_every_procedure_is_on_record_but_those_that_are_named() -> None:
    bound = {one.id: procedure_for(one) for one in load()}
    served = {id: one.procedure.name for id, one in bound.items() if one is not None}
    missing = {id: name for id, name in served.items() if id not in record().results}
    assert set(missing) == UNTRIED
    assert all(served[id] == one.procedure for id, one in record().results.items())


def test_what_is_stale_is_named() -> None:
    assert set(record().stale()) == STALE


def test_coverage_counts_what_passed_and_is_not_stale() -> None:
    counted = {id for id, one in record().results.items() if one.ok and one.procedure not in STALE}
    assert proficient_ids([OURS]) == counted


@pytest.mark.parametrize("one", record().results.values(), ids=list(record().results))
def test_an_entry_says_what_its_figures_say(one: Proof) -> None:
    assert datetime.fromisoformat(one.when).utcoffset() == timedelta(0)
    assert one.draws >= 100
    assert one.procedure in record().code
    if one.u_ratio is None or one.bias is None:
        assert one.ok is (one.misses == 0 and one.why == ())
        return
    limit = bounds(one.draws)
    honest = limit.low <= one.u_ratio <= limit.high and abs(one.bias) <= limit.bias
    edges = one.edge_pass <= edge_bound(one.edge) and one.mirror_fail <= edge_bound(one.mirror)
    assert one.edge >= 100
    assert one.mirror >= 50
    assert one.ok is (honest and edges and one.misses <= limit.misses)


def test_intervals_hold_94_to_97_of_a_hundred_true_values_of_all_figures() -> None:
    figures = [record().results[one.id] for one in load() if one.id in record().results]
    figures = [one for one in figures if one.u_ratio is not None]
    share = 1.0 - sum(one.misses for one in figures) / sum(one.draws for one in figures)
    assert POOLED[0] <= share <= POOLED[1]


def test_figures_have_a_z_and_documents_have_none() -> None:
    for id, one in record().results.items():
        assert continuous(load().get(id)) == (one.u_ratio is not None)
