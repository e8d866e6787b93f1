from __future__ import annotations

from collections.abc import Callable

from labctl import clock
from labctl.asking.lines import Lines

Take = Callable[[str], None]


def test_lines_for_no_prompt_are_heard_before_the_first_one() -> None:
    started: list[Take] = []
    heard: list[str] = []
    lines = Lines(lambda take, _: started.append(take))
    lines.listen(heard.append)
    started[0]("pause")

    async def prompted() -> str:
        waiting = lines.next()
        started[0]("red")
        return await waiting

    assert clock.run(prompted(), virtual=False) == "red"
    started[0]("continue")
    assert heard == ["pause", "continue"] and len(started) == 1
