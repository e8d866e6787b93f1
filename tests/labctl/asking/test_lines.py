from __future__ import annotations

from collections.abc import Callable

import pytest

from labctl import clock
from labctl.asking.lines import Lines
from labctl.errors import OperatorError


class Keyboard:
    """Stands for standard input: `type` is what the reading thread would call."""

    def __init__(self) -> None:
        self.starts = 0

    def start(self, received: Callable[[str], None], ended: Callable[[], None]) -> None:
        self.starts += 1
        self.type, self.close = received, ended


def test_a_line_is_for_the_prompt_that_waits() -> None:
    keyboard = Keyboard()
    lines = Lines(keyboard.start)
    spare: list[str] = []
    lines.spare = spare.append

    async def ask() -> list[str]:
        first = lines.next()
        keyboard.type("one")
        said = [await first]
        keyboard.type("late")
        second = lines.next()
        keyboard.type("two")
        return [*said, await second]

    assert clock.run(ask(), virtual=False) == ["one", "two"]
    assert (keyboard.starts, spare) == (1, ["late"])


def test_a_prompt_that_was_left_swallows_nothing() -> None:
    keyboard = Keyboard()
    lines = Lines(keyboard.start)

    async def ask() -> str:
        first = lines.next()
        first.cancel()
        second = lines.next()
        keyboard.type("for the second")
        return await second

    assert clock.run(ask(), virtual=False) == "for the second"


def test_a_closed_terminal_is_an_error_now_and_later() -> None:
    keyboard = Keyboard()
    lines = Lines(keyboard.start)

    async def ask() -> None:
        waiting = lines.next()
        keyboard.close()
        for attempt in (waiting, lines.next()):
            with pytest.raises(OperatorError, match="closed"):
                await attempt

    clock.run(ask(), virtual=False)


def test_a_line_after_the_loop_is_for_nobody() -> None:
    keyboard = Keyboard()
    lines = Lines(keyboard.start)

    async def leave() -> None:
        waiting = lines.next()
        waiting.cancel()

    clock.run(leave(), virtual=False)
    keyboard.type("nobody")
    keyboard.close()
