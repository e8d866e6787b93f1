from __future__ import annotations

import tomllib
from typing import Any

import pytest

from labctl.errors import BenchError
from sim_backends.fault_tables import KINDS, fault, faults
from sim_backends.faults import Delay, Fault, Garble, Reboot, Replace, Saturate, Silence

TEXT = """
[[sim.faults]]
role = "gas"
kind = "delay"
at = 3
times = 2
seconds = 1.5

[[sim.faults]]
role = "gas"
kind = "silence"
after = 60
lasting = 120.5

[[sim.faults]]
role = "meter"
kind = "replace"
old = "SIM-1"
new = "SIM-2"

[[sim.faults]]
role = "meter"
kind = "saturate"
high = 1
"""


def test_faults_of_a_bench_file() -> None:
    found = faults(tomllib.loads(TEXT)["sim"]["faults"])
    assert found == {
        "gas": [Delay(at=3, times=2, seconds=1.5), Silence(after=60.0, lasting=120.5)],
        "meter": [Replace(old=b"SIM-1", new=b"SIM-2"), Saturate(high=1.0)],
    }


@pytest.mark.parametrize(
    ("table", "part"),
    [
        ({"kind": "silence"}, "role"),
        ({"role": "a", "kind": "flood"}, "flood"),
        ({"role": "a"}, "one of"),
        ({"role": "a", "kind": "delay"}, "seconds"),
        ({"role": "a", "kind": "silence", "depth": 1}, "depth"),
        ({"role": "a", "kind": "silence", "at": 0}, "counted from 1"),
        ({"role": "a", "kind": "silence", "at": True}, "is no value"),
        ({"role": "a", "kind": "silence", "after": -1}, "0 s or more"),
        ({"role": "a", "kind": "truncate", "keep": "x"}, "is no value"),
    ],
)
def test_a_wrong_table_says_what_is_wrong(table: dict[str, Any], part: str) -> None:
    with pytest.raises(BenchError) as caught:
        fault(table)
    assert part in str(caught.value)


def test_every_kind_has_a_name() -> None:
    assert set(KINDS.values()) == set(Fault.__subclasses__())
    assert fault({"role": "a", "kind": "reboot"}) == ("a", Reboot())
    assert fault({"role": "a", "kind": "garble", "mask": 1}) == ("a", Garble(mask=1))
