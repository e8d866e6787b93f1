"""Speed-up of similar-content queries over two baselines: mean query time of each over that of the
system under test, at answers that are as good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drivers.roles.similarity_index import SimilarityIndex
from labctl.evidence import Contribution, Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo, Reduction
from labctl.words import Text
from procedures.analysis.contents import similar, synthetic
from procedures.analysis.paired_times import (
    chance_of_worse,
    disturbed,
    is_resolved,
    median_at,
    paired_ratios,
    round_trip,
)
from procedures.methods.caching.turns import ASKED, BLOCKS, Block, block_of, blocks
from procedures.methods.one_figure import BUDGET_DRAWS
from rigs.query_speed import QuerySpeedRig

SYSTEM = "system"
BASELINES = {"spyglass": "Spyglass", "smartstore": "SmartStore"}
NAMES = {SYSTEM: N_("system under test"), **BASELINES}
"""What programs are called, by role."""

CHANCE = 0.001
"""Below it answers that are worse are not taken for chance."""

HALF = 0.5
"""Part of the queries that a program must answer right, else it does not do the task."""

HOW = N_(
    "Three programs on one host hold the same 2048 items and answer the same {asked} queries in "
    "each of {blocks} blocks, in orders that are mirrored and drawn at random; one more block "
    "before them was practice, so all is warm. No query comes twice. A block gives one ratio of "
    "the times of its lines, less the link's part; the figure is their median, its uncertainty "
    "that of a median by order statistics, whatever the distribution."
)
LINK = N_(
    "The link's part was timed by requests that need no work, {link} us in the median: of the "
    "system under test the smallest of the three programs is taken off, of a baseline its own."
)
OF_ROLE = N_(
    "{name}: {maker} {model}, build {build}; {time} us a query; {right} % of the queries "
    "answered right, every similar item and no other."
)
DISTURBED = N_("{name}: {count} of {blocks} blocks lie far from the others; none was left out.")
LEFT_OUT = (
    N_("contents of the customer's own, other sizes of the index, and queries asked one by one"),
    N_("what the host takes to read longer lines, which makes a speed-up look smaller"),
    N_("whether the baselines are built as well as they could be: the agreement names them"),
)
UNRESOLVED = N_(
    "the system under test answers {asked} queries in {time} us, of which the link takes {link} "
    "us: its time is not resolved"
)
WORSE = N_(
    "the system under test answers {mine} % of the queries right and {name} {other} %: it may be "
    "quicker by answering worse; compare at equal answers"
)
UNFIT = N_("{name} answers no more than {right} % of the queries right: it does not do the task")
SAME = N_("two of the three programs are one and the same: {model}, build {build}")


@dataclass(frozen=True)
class Timed:
    """What all blocks tell, by role: seconds of each line, those of requests without work, and
    which of the queries were answered right."""

    seconds: Mapping[str, Sequence[float]]
    nulls: Mapping[str, Sequence[float]]
    right: Mapping[str, NDArray[np.bool_]]


async def speedup(run: Run, rig: QuerySpeedRig, results: Mapping[str, str]) -> Evidence:
    """Evidence for `results`, the criterion's key of each baseline by its role."""
    found = await blocks(run, rig)
    timed = await run.reduce(lambda: judged(found, run.seed))
    how = (*_how(timed), *_told(timed, rig.programs()))
    invalid = (*_same(rig.programs()), *void(timed))
    if invalid:
        return run.evidence({}, how=how, left_out=LEFT_OUT, invalid=invalid)
    return await run.reduce(lambda: _evidence(run, timed, results, how))


def judged(found: Sequence[Block], seed: int) -> Timed:
    """The times of all blocks, and their answers beside what looking at every item finds."""
    items = synthetic(seed).items
    truth = [one for n in range(len(found)) for one in similar(block_of(items, n, seed))]
    roles = list(found[0])
    given = {role: [one for block in found for one in block[role].items] for role in roles}
    return Timed(
        {role: [block[role].seconds for block in found] for role in roles},
        {role: [one for block in found for one in block[role].nulls] for role in roles},
        {
            role: np.array([set(one) == true for one, true in zip(given[role], truth, strict=True)])
            for role in roles
        },
    )


def _quickest(timed: Timed) -> str:
    """The program whose requests without work take least."""
    return min(timed.nulls, key=lambda role: round_trip(timed.nulls[role]).seconds)


def ratio(mc: MonteCarlo, timed: Timed, role: str) -> Draws:
    """Draws of the speed-up over the baseline `role`, shape (draws + 1, 1)."""

    def link(of: str) -> Draws:
        known = round_trip(timed.nulls[of])
        name = f"link of {of}"
        return known.seconds + mc.rectangular(name, known.half, "scatter of requests without work")

    slow, quick = timed.seconds[role], timed.seconds[SYSTEM]
    ratios = paired_ratios(slow, quick, link(role), link(_quickest(timed)))
    return median_at(ratios, mc.normal(f"blocks with {role}", "scatter over the blocks"))


def _evidence(
    run: Run, timed: Timed, results: Mapping[str, str], how: tuple[Text, ...]
) -> Evidence:
    def of(role: str) -> Reduction:
        def reduction(mc: MonteCarlo) -> Draws:
            return ratio(mc, timed, role)

        return reduction

    lines = list[Contribution]()
    for role, key in results.items():
        lines += run.monte_carlo.budget(of(role), key, BUDGET_DRAWS)
    figures = {key: run.figure(key, of(role), "dimensionless") for role, key in results.items()}
    return run.evidence(figures, how=how, left_out=LEFT_OUT, budget=tuple(lines))


def void(timed: Timed) -> tuple[Text, ...]:
    """Why times cannot be compared: the link hides the quick one, or the answers are not alike."""
    found = list[Text]()
    link, quick = round_trip(timed.nulls[_quickest(timed)]), timed.seconds[SYSTEM]
    if not is_resolved(quick, link):
        words = {"asked": str(ASKED), "time": _us(min(quick)), "link": _us(link.seconds)}
        found.append(Text(UNRESOLVED, words))
    mine = timed.right[SYSTEM]
    for role, right in timed.right.items():
        name = NAMES[role]
        if right.mean() <= HALF:
            found.append(Text(UNFIT, {"name": name, "right": _percent(right)}))
        elif chance_of_worse(mine.tolist(), right.tolist()) < CHANCE:
            words = {"mine": _percent(mine), "name": name, "other": _percent(right)}
            found.append(Text(WORSE, words))
    return tuple(found)


def _same(programs: Mapping[str, SimilarityIndex]) -> tuple[Text, ...]:
    seen = [one.identity for one in programs.values()]
    twice = [one for number, one in enumerate(seen) if one in seen[:number]]
    return tuple(Text(SAME, {"model": one.model, "build": one.serial}) for one in twice)


def _how(timed: Timed) -> tuple[Text, ...]:
    link = round_trip(timed.nulls[_quickest(timed)]).seconds
    return (
        Text(HOW, {"asked": str(ASKED), "blocks": str(BLOCKS)}),
        Text(LINK, {"link": _us(link)}),
    )


def _told(timed: Timed, programs: Mapping[str, SimilarityIndex]) -> list[Text]:
    told = list[Text]()
    for role, program in programs.items():
        who, link = program.identity, round_trip(timed.nulls[_quickest(timed)]).seconds
        mean = (float(np.median(timed.seconds[role])) - link) / ASKED
        words = {"maker": who.maker, "model": who.model, "build": who.serial}
        words |= {"time": _us(mean), "right": _percent(timed.right[role])}
        told.append(Text(OF_ROLE, {"name": NAMES[role], **words}))
    for role, name in BASELINES.items():
        ratios = np.array(timed.seconds[role]) / np.array(timed.seconds[SYSTEM])
        words = {"name": name, "count": str(disturbed(ratios)), "blocks": str(BLOCKS)}
        told.append(Text(DISTURBED, words))
    return told


def _us(seconds: float) -> str:
    return f"{1e6 * seconds:.4g}"


def _percent(right: NDArray[np.bool_]) -> str:
    return f"{100 * right.mean():.4g}"
