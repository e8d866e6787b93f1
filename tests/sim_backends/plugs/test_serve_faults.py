from __future__ import annotations

import pytest

from labctl.errors import BenchError, UsageError
from sim_backends.faults import Delay, Fault, Garble, Hold, Reboot, Replace, Silence, Truncate
from sim_backends.plugs.serve_faults import parse_line


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("fault meter silence", Silence()),
        ("fault meter SILENCE at=3 times=none", Silence(at=3, times=None)),
        ("fault meter delay seconds=2.5 times=2", Delay(seconds=2.5, times=2)),
        ("fault meter garble mask=0x7f", Garble(mask=0x7F)),
        ("fault meter truncate keep=4", Truncate(keep=4)),
        ("fault meter reboot after=10 seconds=3", Reboot(after=10.0, seconds=3.0)),
        ("fault meter hold after=1 lasting=none", Hold(after=1.0)),
        ("fault meter replace old=2450 new=9999", Replace(old=b"2450", new=b"9999")),
        ("fault meter replace old=SIM-1 'new=SIM 2'", Replace(old=b"SIM-1", new=b"SIM 2")),
    ],
)
def test_a_fault_in_words(line: str, fault: Fault) -> None:
    assert parse_line(line) == ("fault", "meter", fault)


def test_heal_takes_a_role() -> None:
    assert parse_line("heal meter") == ("heal", "meter", None)


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("", "fault ROLE KIND"),
        ("fault meter", "fault ROLE KIND"),
        ("fault 'meter silence", "not understood"),
        ("fault meter earthquake", "silence"),
        ("fault meter delay", "seconds"),
        ("fault meter delay seconds=soon", "no value"),
        ("fault meter silence often=1", "it takes at, times"),
        ("fault meter silence 3", "option=value"),
    ],
)
def test_a_wrong_line_says_what_is_wrong(line: str, part: str) -> None:
    with pytest.raises((UsageError, BenchError)) as caught:
        parse_line(line)
    assert part in str(caught.value)
