"""Who answers the prompts of an item of a run.

What is made here reaches a procedure by its run, so it holds nothing of the request but names: no
indicator, no limit.
"""

from __future__ import annotations

from dataclasses import dataclass

from labctl import clock
from labctl.asking.answering import Answering
from labctl.asking.prompts import Answer, Prompt
from labctl.asking.script import load_script
from labctl.desk import Desk, Notice
from labctl.labs import OpenBench
from labctl.requests import RunRequest
from labctl.sample import Sample


def people_of(
    request: RunRequest, desk: Desk, item: str, sample: Sample, bench: OpenBench
) -> Answering:
    """Who answers for the item `item` on `bench`; people are asked at `desk`."""
    return Answering(
        item=item,
        ask=_People(desk),
        operator=request.operator,
        simulated=bench.simulated,
        sheet=sample.aspects,
        script=None if request.answers is None else load_script(request.answers),
        acts=bench.acted,
    )


@dataclass(frozen=True)
class _People:
    """The people at the `desk`."""

    desk: Desk

    async def __call__(self, prompt: Prompt) -> Answer:
        """The answer of one of them; that a prompt waits is told once."""
        if not prompt.refused:
            self.desk.notice(Notice("prompt", prompt.text, prompt.item, *clock.stamp()))
        return await self.desk.ask(prompt)
