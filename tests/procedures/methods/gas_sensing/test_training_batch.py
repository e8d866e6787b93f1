"""A log that cannot judge the array under test is refused, and why is said."""

from __future__ import annotations

import pytest

from procedures.methods.gas_sensing.training_batch import Batch, Trained, lacking, uncovered

LABELS = tuple(range(7)) * 3


def array(serial: str, labels: tuple[int, ...] = LABELS) -> Trained:
    amounts = tuple(10.0 if n < 10 else 40.0 for n in range(len(labels)))
    humidity = tuple(25.0 if n < 10 else 75.0 for n in range(len(labels)))
    return Trained(serial, labels, amounts, humidity, tuple((0.1, 0.2) for _ in labels))


def batch(*arrays: Trained) -> Batch:
    return Batch("log.tdms", "00", 0.0, arrays)


WHOLE = tuple(array(f"A{n}") for n in range(4))


def test_a_whole_batch_lacks_nothing() -> None:
    assert lacking(batch(*WHOLE), "X") == ""
    assert uncovered(batch(*WHOLE), (10.0, 40.0), (25.0, 75.0)) == ""
    seen = batch(*WHOLE).exposures
    assert seen.logs.shape == (84, 2)
    assert seen.arrays.tolist() == sorted(list(range(4)) * 21)


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ((*WHOLE, array("x-1")), "holds the array under test"),
        (WHOLE[:3], "has 3 arrays"),
        ((*WHOLE, array("B", LABELS[1:])), "shows clean air to array B fewer than 3 times"),
        ((*WHOLE, array("B", LABELS[:-1])), "shows H2 to array B fewer than 3 times"),
    ],
)
def test_what_it_lacks_is_said(arrays: tuple[Trained, ...], said: str) -> None:
    assert said in lacking(batch(*arrays), "X-1")


def test_amounts_and_humidity_that_it_has_not_seen_are_said() -> None:
    assert "CO from 10 to 40 umol/mol" in uncovered(batch(*WHOLE), (5.0, 40.0), (25.0, 75.0))
    assert "% of humidity" in uncovered(batch(*WHOLE), (10.0, 40.0), (25.0, 95.0))
