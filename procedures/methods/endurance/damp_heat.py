"""Damp heat between two readings at standard test conditions (IEC 61215-2, MQT 13)."""

from __future__ import annotations

from labctl.asking.prompts import TextPrompt
from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.analysis.retention import relative_loss
from procedures.methods.endurance.climate import Begun, Climate, DampDose, held, settle
from procedures.methods.photovoltaics.iv_reduction import HOW, Power
from procedures.methods.photovoltaics.standard_conditions import LOSS, budget, hysteresis_note
from procedures.methods.photovoltaics.tandem_curves import ENDS, Measured, curves_in_balance
from procedures.methods.photovoltaics.tandem_efficiency import (
    BALANCED,
    LEFT_OUT,
    SPECTROMETRIC,
    subcells_on,
)
from procedures.methods.photovoltaics.tandem_power import Subcells, balance_of, tandem_power
from rigs.tandem import TandemRig

NAME = "damp-heat"

INTO = N_(
    "The chamber holds {celsius} degC and {humidity} %. Lay the sample into it, beside the probe."
)
ONTO = N_(
    "Take the sample out of the chamber, let it cool, and lay it onto the chuck against the stops."
)

DAMP_HOW = N_(
    "Kept in the dark at open circuit in the chamber; the temperature is that of a probe beside "
    "the sample. What is not known of temperature and humidity acts on the loss by Peck's law with "
    "the activation energy and the exponent of the sample's sheet."
)
DAMP_LEFT_OUT = (
    *LEFT_OUT,
    N_("recovery between chamber and lamp"),
    N_("change of the subcells' match by the ageing"),
    N_("drift of the reference cells and of the lamp's spectrum between both readings"),
)


async def loss_by_damp_heat(
    run: Run, rig: TandemRig, result: str, *, seconds: float, climate: Climate
) -> Evidence:
    """Evidence for `result`: relative loss of efficiency in % by `seconds` in s of `climate`.

    The operator carries the sample; it is mounted anew, so what hangs on its place does not cancel.
    """
    cells, again = subcells_on(run, rig), subcells_on(run, rig, "remounted")
    before = await curves_in_balance(run, rig, cells.top, "before", ENDS)
    begun = await run.step(f"{NAME}/climate", lambda: settle(rig, climate), Begun)
    words = {"celsius": f"{climate.celsius:g}", "humidity": f"{climate.humidity:g}"}
    await _carried(run, "into-chamber", Text(INTO, words))
    done = await held(run, rig, NAME, climate, seconds, begun)
    await _carried(run, "onto-chuck", Text(ONTO, {}))
    after = await curves_in_balance(run, rig, again.top, "after")
    dose = DampDose(cells.top, done, climate)
    return await run.reduce(lambda: _evidence(run, result, (cells, before), (again, after), dose))


async def _carried(run: Run, name: str, text: Text) -> None:
    await run.ask(TextPrompt(f"{NAME}/{name}", text, proposed="done", simulated="done"))


def _evidence(
    run: Run,
    result: str,
    before: tuple[Subcells, Measured],
    after: tuple[Subcells, Measured],
    dose: DampDose,
) -> Evidence:
    mc = run.monte_carlo
    for observed in dose.observed(mc, run.band):
        run.observe(observed)
    balance = balance_of(mc, *before)

    def powers(one: MonteCarlo) -> tuple[Power, Power]:
        return (
            tandem_power(one, *before, balance, "before"),
            tandem_power(one, *after, balance, "after"),
        )

    def reduction(one: MonteCarlo) -> Draws:
        first, last = powers(one)
        return 100.0 * relative_loss(first.draws, last.draws) / dose.factor(one)

    return run.evidence(
        {result: run.figure(result, reduction, "%")},
        how=(HOW, BALANCED, SPECTROMETRIC, DAMP_HOW, LOSS, hysteresis_note(powers(mc.like(2)))),
        left_out=DAMP_LEFT_OUT,
        unstated=(*before[0].unstated(), *dose.unstated()),
        budget=budget(mc, reduction, result),
    )
