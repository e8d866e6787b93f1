"""Faults at the steps of procedures: recovered, refused or told, and the bench safe each time.

A seeded part of the pairwise sample; the whole is tried by `python -m ci.soak.fault_pairs`. A
failing sample never passes and a good one never fails without the fault being named, but for the
faults that nothing on the bench can tell (`UNSEEN`).
"""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.fault_tables import KINDS
from tests.system.fault_cases import AT_THE_SENSOR, cases
from tests.system.fault_moments import ITEMS
from tests.system.fault_outcomes import UNSEEN, tried
from tests.system.pairwise import covering, pairs

SEED, EACH = 1, 4
"""How many cases of each procedure are tried here."""


@pytest.mark.parametrize("item", ITEMS)
def test_a_fault_is_recovered_from_refused_or_told(item: str) -> None:
    found = [(case, tried(case)) for case in cases(SEED, EACH, (item,))]
    assert len(found) == EACH
    for case, came in found:
        print(f"{case}: {came.what} {came.text}")
    wrong = {str(case): came.problems for case, came in found if came.problems}
    assert wrong == {}


def test_a_sample_holds_every_pair_and_not_every_case() -> None:
    rows = [(a, b, c) for a in "pqr" for b in "12345" for c in "xyz" if (a, b) != ("p", "1")]
    chosen = covering(rows, np.random.default_rng(1))
    wanted = set().union(*map(pairs, rows))
    assert set().union(*map(pairs, chosen)) == wanted
    assert len(chosen) < len(rows) / 2
    assert chosen == covering(rows, np.random.default_rng(1))
    gains = [len(pairs(row) - set().union(*map(pairs, chosen[:n]))) for n, row in enumerate(chosen)]
    assert gains == sorted(gains, reverse=True) and gains[-1] > 0


def test_only_what_the_sensor_sees_goes_unseen() -> None:
    """What befalls an answer on its way never does; a frozen one does where it has few digits."""
    line = [kind for kind in KINDS if kind not in (*AT_THE_SENSOR, "stuck")]
    assert not {kind for _, kind in UNSEEN} & set(line)
    assert {role for role, kind in UNSEEN if kind == "stuck"} == {"chuck"}
    assert all(len(reason) > 40 for reason in UNSEEN.values())
