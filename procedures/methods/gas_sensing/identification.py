"""Gases that an array identifies, by a classifier that was trained on other arrays, as evidence.

The array is one sample. Its exposures are judged, each by itself, by a classifier that has seen
neither it nor them; whether it is a fair one of its production the batch cannot say.
"""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from labctl.asking.prompts import NumberPrompt
from labctl.errors import InstrumentError
from labctl.evidence import Count, Evidence, Observed
from labctl.i18n import N_
from labctl.run import Run
from labctl.words import Text, Words
from procedures.analysis.gas_patterns import AIR, Learnt, learnt, named, table
from procedures.analysis.identified import Decided, decided
from procedures.methods.gas_sensing.blending import GASES
from procedures.methods.gas_sensing.exposing import AMOUNTS, WET, exposed, numbers
from procedures.methods.gas_sensing.training_batch import Batch, training_batch, uncovered
from rigs.gas_identification import GasIdentificationRig

SHARE = NumberPrompt(
    "agreed/identified",
    N_("Share of its exposures by which a gas counts as identified, as agreed before the test"),
    unit="%",
    low=50.0,
    high=98.0,
    simulated="90 %",
)
"""What "identified" means: by that share a gas must be named right, and by the rest at most may
every other gas and clean air be taken for it. The text does not say; 90 % is our own choice."""

HOW = N_(
    "{trials} exposures to each gas and {blanks} to clean air, {low} to {high} umol/mol at 25, 50 "
    "and 75 % humidity, drawn at random; cylinders in random order. Each was named by regularised "
    "discriminant analysis of the direction of ln(film/air) over {films} films. A gas counts where "
    "the bounds by Clopper and Pearson, 2.5 % a side, show that at least {share} % of its "
    "exposures are named right, that at most {rest} % of those of each other gas are named it, and "
    "that at most {rest} % of those of clean air are named a gas."
)
TRAINED = N_(
    "Trained on {arrays} other arrays, {exposures} exposures, in the file {file} of {date}, "
    "SHA-256 {sha256}; of arrays left out of training {right} % of the exposures were named right."
)
LEFT_OUT = (
    N_("mixtures: single gases in air were offered; the text names neither mixtures nor amounts"),
    N_("gases and vapours other than the named ones: each is named one of them, or clean air"),
    N_("arrays of the production other than the one under test"),
    N_("amounts outside those that were offered"),
)


async def identification(run: Run, rig: GasIdentificationRig, result: str) -> Evidence:
    """Evidence for `result`: how many of the named gases are identified."""
    share = (await run.ask(SHARE)).to("dimensionless").value
    films = round(run.sample.quantity("films", "dimensionless").value)
    batch = await training_batch(run, rig, films)
    unseen = uncovered(batch, AMOUNTS, (100.0 * min(WET), 100.0 * max(WET)))
    if unseen:
        raise InstrumentError(
            f"the training batch {batch.name} has seen {unseen}",
            address=rig.batch.address,
            remedy="train on what is to be offered",
        )
    segments = await exposed(run, rig, films, numbers(share))
    offered = np.array([
        GASES.index(gas) + 1 if one.amount else AIR for gas, part in segments for one in part
    ])
    logs = np.array([np.log(np.divide(x.films, x.air)) for _, part in segments for x in part])
    return await run.reduce(lambda: _evidence(run, result, (share, batch), (logs, offered)))


def _evidence(
    run: Run,
    result: str,
    known: tuple[float, Batch],
    answers: tuple[NDArray[np.float64], NDArray[np.int64]],
) -> Evidence:
    (share, batch), (logs, offered) = known, answers
    model = learnt(batch.exposures)
    counts = table(offered, named(model.classifier, logs), len(GASES))
    found = decided(counts, share)
    run.observe(Observed(aspect="must_include", members=GASES))
    air = Text(
        N_("clean air: named a gas {false} times of {of}."),
        {"false": str(int(counts[AIR, 1:].sum())), "of": str(int(counts[AIR].sum()))},
    )
    gases = [
        _told(gas, counts[n + 1], one)
        for n, (gas, one) in enumerate(zip(GASES, found, strict=True))
    ]
    sure, possible = sum(one.sure for one in found), sum(one.possible for one in found)
    return run.evidence(
        {result: Count(float(sure), float(possible), "kind")},
        how=(_how(share, logs.shape[1]), _trained(batch, model), *gases, air),
        left_out=LEFT_OUT,
    )


def _how(share: float, films: int) -> Words:
    count = numbers(share)
    words = {
        "trials": str(count.trials),
        "blanks": str(count.in_air),
        "low": f"{AMOUNTS[0]:g}",
        "high": f"{AMOUNTS[1]:g}",
        "films": str(films),
        "share": f"{100.0 * share:g}",
        "rest": f"{100.0 * (1.0 - share):g}",
    }
    return Text(HOW, words)


def _trained(batch: Batch, model: Learnt) -> Words:
    date = datetime.fromtimestamp(batch.measured_utc, UTC)
    return Text(TRAINED, {
        "arrays": str(len(batch.arrays)),
        "exposures": str(sum(len(one.gas) for one in batch.arrays)),
        "file": batch.name,
        "date": f"{date:%Y-%m-%d}",
        "sha256": batch.sha256,
        "right": f"{100.0 * model.share:.1f}",
    })  # fmt: skip


def _told(gas: str, row: NDArray[np.int64], one: Decided) -> Words:
    names = ("clean air", *GASES)
    parts = [f"{int(n)} {name}" for name, n in zip(names, row, strict=True) if n]
    return Text(N_("{gas}: named {parts}; right share at least {low} %, at most {high} %."), {
        "gas": gas,
        "parts": ", ".join(parts),
        "low": f"{100.0 * one.right[0]:.1f}",
        "high": f"{100.0 * one.right[1]:.1f}",
    })  # fmt: skip
