"""More draws where a limit lies near an end of a figure's interval (JCGM 101, 7.9).

There the error of the Monte Carlo itself could decide: the standard error of a 2.5 % point of
10,000 normal draws is 0.027 u, of 200,000 it is 0.006 u. The order comes after the procedure has
returned, so that it learns nothing of limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import msgspec

from labctl.evidence import Evidence
from labctl.indicator import Indicator
from labctl.journal.writer import Journal
from labctl.judging.nearness import near
from labctl.requests import RunRequest
from labctl.run import Run
from labctl.verdict import judge

FACT = "draws"
"""Fact of an item: how many draws each of its figures was made of, by key."""


async def settled(
    run: Run,
    indicator: Indicator,
    evidence: Evidence,
    request: RunRequest,
    journal: Journal,
    number: int,
) -> Evidence:
    """`evidence` with the figures drawn again whose interval ends near a limit.

    `run` is that of the procedure that returned it. How many draws stand behind each figure is
    journalled, and with it evidence that has changed. A request that says how many draws it wants
    gets those alone.
    """
    drawn = run.reductions.drawn
    if not drawn:
        return evidence
    wanted: dict[str, int] = {}
    if request.draws is None:
        from labctl.uncertainty.propagation import FINE

        rows = judge(indicator, evidence, request.agreement, simulated=True).rows
        wanted = {row.key: FINE for row in rows if row.key in drawn and near(row)}
    finer = await run.reduce(partial(repeated, run, evidence, wanted))
    journal.fact(number, FACT, {**drawn, **wanted})
    if finer != evidence:
        journal.fact(number, "evidence", finer)
    return finer


def repeated(run: Run, evidence: Evidence, drawn: Mapping[str, int]) -> Evidence:
    """`evidence` with each figure drawn as often as `drawn` says, where that is more.

    `run` is that of the procedure that returned it.
    """
    had = run.reductions.drawn
    figures = {
        key: run.reductions.finer(key, draws)
        for key, draws in drawn.items()
        if draws > had.get(key, draws)
    }
    return msgspec.structs.replace(evidence, results={**evidence.results, **figures})
