"""What people hear at the end of a run."""

from __future__ import annotations

import pytest

from labctl.control.messages import Ended
from labctl.guardian import main
from labctl.words import said


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        (Ended(), "The run R-1 has ended: in good order."),
        (
            Ended("the worker was killed by signal 9", safe=False),
            "The run R-1 has ended, and its bench is NOT SAFE: the worker was killed by signal 9.",
        ),
    ],
)
def test_people_hear_how_it_ended_and_whether_the_bench_is_safe(ended: Ended, told: str) -> None:
    notice = main.ending("R-1", ended)
    assert notice.kind == "ended"
    assert said(notice.text) == told
