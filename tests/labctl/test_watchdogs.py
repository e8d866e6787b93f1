"""Instruments' own watchdogs are armed before, fed beside and disarmed behind an item."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from labctl import clock
from labctl.errors import InstrumentError, LabError, LimitRefused, LinkError
from labctl.watchdogs import EVERY, SECONDS, fed


@dataclass
class Dog:
    """An instrument that watches its line; each feeding takes the next of `answers`."""

    address: str = "tcp://192.0.2.1:1"
    answers: list[LabError | None] = field(default_factory=list[LabError | None])
    armed: LabError | None = None
    heard: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])

    async def arm(self, seconds: float) -> None:
        """It watches."""
        if self.armed is not None:
            raise self.armed
        assert seconds == SECONDS
        self.heard.append(("arm", clock.now()))

    async def feed(self) -> None:
        """It hears something."""
        self.heard.append(("feed", clock.now()))
        error = self.answers.pop(0) if self.answers else None
        if error is not None:
            raise error

    async def disarm(self) -> None:
        """It watches no more."""
        self.heard.append(("disarm", clock.now()))

    @property
    def words(self) -> list[str]:
        """What it heard."""
        return [word for word, _ in self.heard]


def lost_of(*dogs: Dog, seconds: float = 10.0) -> list[str]:
    """What is told as lost while `dogs` are fed for so long."""

    async def main() -> list[str]:
        told: list[str] = []
        async with fed(dogs, told.append):
            await clock.sleep(seconds)
        return told

    return clock.run(main(), virtual=True)


def test_each_is_armed_fed_and_disarmed() -> None:
    dogs = [Dog(), Dog()]
    assert lost_of(*dogs) == []
    for dog in dogs:
        assert dog.words == ["arm", "feed", "feed", "feed", "disarm"]
        assert [t for _, t in dog.heard] == pytest.approx(
            [0.0, EVERY, 2 * EVERY, 3 * EVERY, 10.0], abs=1e-3
        )


def test_several_feedings_may_fail_before_the_instrument_acts() -> None:
    assert 4 * EVERY < SECONDS


def test_a_silent_line_is_tried_again() -> None:
    dog = Dog(answers=[LinkError("no answer"), None])
    assert lost_of(dog) == [] and dog.words.count("feed") == 3


def test_one_that_has_acted_is_told_once() -> None:
    dog = Dog(answers=[InstrumentError("its watchdog is off")])
    assert lost_of(dog) == ["its watchdog is off"]
    assert dog.words == ["arm", "feed", "disarm"]


def test_one_that_cannot_be_armed_stops_the_item_and_the_others_are_disarmed() -> None:
    first, second = Dog(), Dog(armed=LimitRefused("too long"))
    with pytest.raises(LimitRefused):
        lost_of(first, second)
    assert first.words == ["arm", "disarm"] and second.words == []


def test_who_cannot_be_disarmed_hides_no_error() -> None:
    @dataclass
    class Deaf(Dog):
        async def disarm(self) -> None:
            raise LinkError("no answer")

    async def main() -> None:
        async with fed([Deaf()], print):
            raise InstrumentError("the procedure's own")

    with pytest.raises(InstrumentError, match="the procedure's own"):
        clock.run(main(), virtual=True)
