"""How long a planned run takes: a bar for each step, and the waits for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from labctl.i18n import _

if TYPE_CHECKING:
    from labctl.planning.document import ItemPlan, RunPlan, StepPlan

CELLS = 40
"""Width of the time axis of an item."""

MOST = 10
"""Steps of an item that are all shown."""

LONGEST = 5
"""Of more steps than that, so many have a row of their own, and so has every exposure."""


def time_lines(plan: RunPlan) -> Iterable[str]:
    """The time of the run and of each item, with bars for its steps."""
    from labctl.report.wording import duration

    timed = [item for item in plan.items if item.steps]
    if not timed:
        return
    yield ""
    yield _("time: {duration} in all").format(duration=duration(plan.duration))
    for item in timed:
        yield from _item(item)


def _item(item: ItemPlan) -> Iterable[str]:
    from labctl.cli.table import padded, width
    from labctl.report.wording import duration

    whole = item.duration or max(step.begin + step.length for step in item.steps)
    ended = "" if item.duration is not None else _(" (until it erred)")
    yield f"{item.id}  {duration(whole)}{ended}"
    rows = folded(item.steps)
    names = [_name(row) for row in rows]
    cells = max(width(name) for name in names)
    for name, row in zip(names, rows, strict=True):
        line = f"  {padded(name, cells)}  {bar(row.begin, row.length, whole)}"
        yield f"{line}  {duration(row.length)}"
    for prompt in item.prompts:
        yield "  " + _("waits for a person at {at}: {what}").format(
            at=duration(prompt.at), what=_asked(prompt.name, prompt.text)
        )


def _asked(name: str, text: object) -> str:
    from labctl.cli.plan_text import sentence
    from labctl.report.wording import plain
    from labctl.words import Text

    words = text if isinstance(text, str | Text) else str(text)
    return f"{plain(name)} ({sentence(words)})"


def _name(step: StepPlan) -> str:
    """The step's name; an exposure is marked, since a run that is interrupted goes on inside it."""
    counted = _(" ({count} steps)").format(count=step.steps) if step.steps else ""
    return f"{'»' if step.exposure else ' '} {step.name}{counted}"


def folded(steps: Sequence[StepPlan]) -> list[StepPlan]:
    """The steps as rows: of many, the short ones between two long ones are put together."""
    if len(steps) <= MOST:
        return list(steps)
    longest = sorted(steps, key=lambda step: -step.length)[:LONGEST]
    own = {step.name for step in steps if step.exposure or step in longest}
    rows: list[StepPlan] = []
    for _alone, group in groupby(steps, key=lambda step: step.name if step.name in own else ""):
        rows.append(_joined(list(group)))
    return rows


def _joined(group: Sequence[StepPlan]) -> StepPlan:
    """One row for neighbours, by the first part of the names that they share."""
    from labctl.planning.document import StepPlan

    first, last = group[0], group[-1]
    if len(group) == 1:
        return first
    heads = dict.fromkeys(step.name.partition("/")[0] for step in group)
    length = last.begin + last.length - first.begin
    return StepPlan(", ".join(heads), first.begin, length, False, len(group))


def bar(begin: float, length: float, whole: float) -> str:
    """From `begin` on for `length` of a `whole` in s, on an axis of so many cells."""
    if whole <= 0.0:
        return "·" * CELLS
    first = min(CELLS - 1, int(begin / whole * CELLS))
    last = min(CELLS, max(first + 1, round((begin + length) / whole * CELLS)))
    return "·" * first + "█" * (last - first) + "·" * (CELLS - last)
