"""Known gases and clean air offered to an array, each read on every film.

The amount of each exposure is drawn anew, and each gas meets all humidities equally often, so that
the exposures to a gas are independent trials of one population (in layers of humidity, which make
a count scatter less than a binomial one). What is offered is looked at beside the array:
the dosing line's flow, the humidity in the chamber, and the tracer, which one cylinder holds and
the others do not.
"""

from __future__ import annotations

import math
from random import Random
from typing import NamedTuple

import msgspec

from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Reading
from labctl.run import Run
from labctl.uncertainty.rates import trials_for
from procedures.methods.gas_sensing.blending import (
    COMPLIANCE,
    FIRST_FILM,
    GASES,
    SCCM,
    TOTAL,
    TRACER,
    conductance,
    connected,
    purged,
)
from rigs.gas_identification import GasIdentificationRig

ROUNDS = 3
"""Rounds through all cylinders."""

AMOUNTS = (10.0, 40.0)
"""umol/mol between which amounts are drawn, their logarithms evenly."""

WET = (0.25, 0.5, 0.75)
"""Parts of the flow that go through the humidifier."""

EXPOSED, PURGED = 30.0, 45.0
"""s of an exposure before the films are read, and of clean air before they are."""

OFF, NOTHING = 0.03, 1.0 * SCCM
"""By how much of it the dosing line's flow may miss, and in m3/s in any case."""

HUMIDITY_OFF = 8.0
"""% by which the humidity in the chamber may miss: a third of the step between two of them."""

SEES, SEES_NOT = 0.3, 2.0
"""By how much of it the tracer may miss what was dosed; umol/mol of it in another gas."""

BIAS = 0.05
"""V over a film: `COMPLIANCE` leaves room for films of 200 uS, four times that at the bias at which
a limit of detection is measured. What the meter is off by at small currents is common to a film's
readings in air and in gas, and bends its answer by some per cent at most."""

OPEN, ALIKE = 1e-9, 2e-3
"""A below which a film has no contact; relative spread below which all films are one."""

CHANNEL = "tracer"
"""Channel of the fast detector."""


class Session(NamedTuple):
    """A cylinder as it is connected: its `gas`, the part of the flow that is humid (`wet`), and the
    amounts in umol/mol that are offered of it, 0 for clean air."""

    gas: str
    wet: float
    amounts: tuple[float, ...]


class Numbers(NamedTuple):
    """Of each session: exposures to gas (`each`), and after how many of these clean air is offered
    (`blanks`)."""

    each: int
    blanks: int

    @property
    def trials(self) -> int:
        """Exposures to each gas."""
        return ROUNDS * self.each

    @property
    def in_air(self) -> int:
        """Exposures to clean air."""
        return ROUNDS * len(GASES) * self.blanks


def numbers(share: float) -> Numbers:
    """As many as show a `share` (0..1) of exposures where none is named wrong, rounded up."""
    needed = trials_for(1.0 - share)
    return Numbers(-(-needed // ROUNDS), -(-needed // (ROUNDS * len(GASES))))


class Exposed(msgspec.Struct, frozen=True):
    """One exposure: `amount` in umol/mol by the flow as read, 0 for clean air, the currents in A of
    all films in clean air before (`air`) and in it (`films`)."""

    amount: float
    air: tuple[float, ...]
    films: tuple[float, ...]


def planned(seed: int, count: Numbers) -> list[Session]:
    """The cylinders in the order in which they are connected, and what is offered of each.

    Each round goes through all gases in an order of its own; each gas meets every humidity in one
    of its rounds. Clean air is offered after gas: air after air would be no other exposure.
    """
    drawn = Random(f"{seed}/identification")
    low, high = (math.log(one) for one in AMOUNTS)
    wet = {gas: drawn.sample(WET, len(WET)) for gas in GASES}
    plan: list[Session] = []
    for number in range(ROUNDS):
        for gas in drawn.sample(GASES, len(GASES)):
            amounts = [math.exp(drawn.uniform(low, high)) for _ in range(count.each)]
            for place in sorted(drawn.sample(range(count.each), count.blanks), reverse=True):
                amounts.insert(place + 1, 0.0)
            plan.append(Session(gas, wet[gas][number], tuple(amounts)))
    return plan


async def exposed(
    run: Run, rig: GasIdentificationRig, films: int, count: Numbers
) -> list[tuple[str, list[Exposed]]]:
    """The array's answers to all that is planned, each with the gas that was connected."""
    found: list[tuple[str, list[Exposed]]] = []
    plan = planned(run.seed, count)
    async with run.scope("air", lambda: _arranged(rig)):
        for number, one in enumerate(plan):
            name = f"{number + 1}/{one.gas}"
            amount = (await connected(run, rig, name, one.gas)).value
            at_work = _AtWork(rig, one, amount, films)
            found.append((one.gas, await at_work.step(run, name)))
            run.progress((number + 1) / len(plan), one.gas)
    return found


async def _arranged(rig: GasIdentificationRig) -> None:
    await purged(rig)
    await rig.multiplexer.select(FIRST_FILM)
    await rig.source_meter.wires(2)
    await rig.source_meter.integrate(1.0)
    await rig.source_meter.source_voltage(BIAS, compliance=COMPLIANCE, voltage_range=BIAS)
    await rig.source_meter.output(True)


class _AtWork:
    """A session with a cylinder that holds `amount` umol/mol."""

    def __init__(
        self, rig: GasIdentificationRig, session: Session, amount: float, films: int
    ) -> None:
        self._rig, self._session, self._amount, self._films = rig, session, amount, films

    async def step(self, run: Run, name: str) -> list[Exposed]:
        """All its exposures after one reading in air; a step of the run."""

        async def once() -> list[Exposed]:
            rig, wet = self._rig, self._session.wet
            await rig.humid.set_flow(wet * TOTAL)
            await self._dose(0.0)
            await clock.sleep(PURGED)
            readings = await self._read()
            await self._check_humidity()
            air = _values(readings)
            out: list[Exposed] = []
            for amount in self._session.amounts:
                await self._dose(amount)
                await clock.sleep(EXPOSED)
                dose = await self._offered(amount)
                fresh = await self._read()
                readings += fresh
                out.append(Exposed(dose, air, _values(fresh)))
            await self._check_humidity()
            await run.record(name, *readings)
            return out

        return await run.step(name, once, list[Exposed])

    async def _dose(self, amount: float) -> None:
        flow = amount / self._amount * TOTAL
        await self._rig.dosing.set_flow(flow)
        await self._rig.dry.set_flow((1.0 - self._session.wet) * TOTAL - flow)

    async def _read(self) -> list[Reading]:
        readings: list[Reading] = []
        for film in range(self._films):
            await self._rig.multiplexer.select(FIRST_FILM + film)
            readings.append(await conductance(self._rig))
        _check_films(_values(readings), self._rig.source_meter.address)
        return readings

    async def _offered(self, amount: float) -> float:
        """umol/mol by the dosing line's flow; `InstrumentError` where line or tracer disagree."""
        rig, wanted = self._rig, amount / self._amount * TOTAL
        flow = (await rig.dosing.flow()).flow.value
        if abs(flow - wanted) > max(OFF * wanted, NOTHING):
            raise InstrumentError(
                f"the dosing line gives {flow / SCCM:.1f} sccm instead of {wanted / SCCM:.1f}",
                address=rig.dosing.address,
                remedy="look at the supply's pressure and the controller's valve",
            )
        dose = flow / TOTAL * self._amount if amount else 0.0
        there = dose if self._session.gas == TRACER else 0.0
        seen = (await rig.tracer.read(CHANNEL)).value
        if abs(seen - there) > max(SEES * there, SEES_NOT):
            raise InstrumentError(
                f"the detector sees {seen:.1f} umol/mol of {TRACER} where {there:.1f} were dosed",
                address=rig.tracer.address,
                remedy="look at the cylinder that is connected, the leads of gas and the detector",
            )
        return dose

    async def _check_humidity(self) -> None:
        seen, wet = (await self._rig.climate.humidity()).value, self._session.wet
        if abs(seen - 100.0 * wet) > HUMIDITY_OFF:
            raise InstrumentError(
                f"{seen:.0f} % of humidity in the chamber, {100.0 * wet:.0f} % were set",
                address=self._rig.climate.address,
                remedy="look at the humidifier's water and at the node",
            )


def _check_films(currents: tuple[float, ...], address: str) -> None:
    """`InstrumentError` for a film without contact, and where all films read the same: then the
    reading stands still, or the multiplexer leads to one film alone."""
    dead = [n + 1 for n, one in enumerate(currents) if one < OPEN]
    if dead:
        raise InstrumentError(
            f"film {dead[0]} has no contact",
            address=address,
            answer=f"{currents[dead[0] - 1]:g} A",
            remedy="look at the array's contacts",
        )
    if max(currents) - min(currents) < ALIKE * max(currents):
        raise InstrumentError(
            "all films read the same: the reading stands still, or one film alone is led to it",
            address=address,
            remedy="look at the multiplexer's relays and at the source meter",
        )


def _values(readings: list[Reading]) -> tuple[float, ...]:
    return tuple(one.value for one in readings)
