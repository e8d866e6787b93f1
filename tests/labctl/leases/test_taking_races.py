"""Two processes that want the same instruments at the same moment."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.labctl.leases.conftest import Racer

RACES = 20
FAR_RACES = 8
"""Between machines the loser of each waits for a beat of the winner."""

ONE = ("tcp://192.0.2.10:5025", "tcp://192.0.2.11:5025", "serial:///dev/ttyS9")
OTHER = ("visa://TCPIP::192.0.2.11::5025::SOCKET", "tcp://192.0.2.12:5025", "serial:///dev/ttyS9")


def race(racers: tuple[Racer, Racer], seed: int) -> list[str]:
    """What both answer to one start, a few ms apart at most."""
    draw = random.Random(seed)
    for one in racers:
        one.say(f"take {draw.uniform(0.0, 0.002):.6f}")
    return [one.hear() for one in racers]


def test_of_two_processes_one_gets_all(racer: Callable[..., Racer]) -> None:
    racers = (racer("first", *ONE), racer("second", *OTHER))
    for seed in range(RACES):
        answers = race(racers, seed)
        assert sorted(answers) == ["got 0", "refused"], (seed, answers)
        assert [one.ask("free") for one in racers] == ["free", "free"]


@pytest.mark.parametrize("seed", range(3))
def test_of_two_processes_one_takes_over(racer: Callable[..., Racer], seed: int) -> None:
    dead = racer("dead", *ONE)
    assert dead.ask("take 0") == "got 0"
    dead.kill()
    racers = (racer("first", *ONE), racer("second", *ONE))
    assert sorted(race(racers, seed)) == ["got 3", "refused"]


def test_of_two_machines_one_gets_the_shared_instrument(racer: Callable[..., Racer]) -> None:
    # The serial ports are two, for each machine has its own.
    racers = (
        racer("first", *ONE, host="pc1", beat=0.3),
        racer("second", *OTHER, host="pc2", beat=0.3),
    )
    for seed in range(FAR_RACES):
        answers = race(racers, seed)
        assert sorted(answers) == ["got 0", "refused"], (seed, answers)
        assert [one.ask("free") for one in racers] == ["free", "free"]
