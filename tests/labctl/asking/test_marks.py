"""What a procedure says of its own evidence stays when the run's gaps are marked on it."""

from __future__ import annotations

import msgspec

from labctl.asking.marks import marked
from labctl.evidence import Evidence
from labctl.gaps import Gap, Gaps
from labctl.i18n import N_

BLIND = N_("the camera was blind")
GAP = Gap(end=900.0, seconds=60.0, exposed=True)
OWN = Evidence({}, how=("how",), invalid=(BLIND,), changed=("bench",))


def test_what_the_procedure_calls_invalid_stays() -> None:
    assert marked(OWN, [], Gaps(), []).invalid == (BLIND,)


def test_a_gap_is_told_beside_it() -> None:
    found = marked(OWN, [GAP], Gaps(), ["code", "bench"])
    assert found.invalid[0] == BLIND and len(found.invalid) == 2
    assert found.changed == ("bench", "code")
    assert found.how[0] == "how" and len(found.how) == 2


def test_no_other_field_is_touched() -> None:
    mine = {"invalid", "changed", "how"}
    found = marked(OWN, [GAP], Gaps(), ["code"])
    for name in set(msgspec.structs.asdict(OWN)) - mine:
        assert msgspec.structs.asdict(found)[name] == msgspec.structs.asdict(OWN)[name]
