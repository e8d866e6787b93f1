"""A real bench rehearsed: simulated counterparts of its instruments in the rig's simulated world.

Drivers, limits, options, contributions and the uncertainty of the reference cell are those of the
real bench; addresses, emulators and ports are those of the simulation. No address of the real bench
is opened: the bench that is opened here has no real one left.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from labctl.calibration import Certificate
from labctl.errors import BenchError, Defect, LabError
from labctl.labs import BenchOpener, SampleRequest
from labctl.quantity import Quantity
from labctl.rehearsing import (
    Consumables,
    Guard,
    Rehearsal,
    StandIn,
    Used,
)
from labctl.sample import Sample
from rigs.assembly import check_roles, driver_class, limits_of
from rigs.bench import Bench, load_bench
from rigs.bench_entries import QuantityEntry, RoleEntry
from rigs.benches import simulated_bench
from rigs.certificates import certificates_of, predicted, stated
from rigs.counterparts import counterpart
from rigs.hazard import is_hazardous
from rigs.interlock_entries import InterlockEntry
from rigs.likeness import like_cell, like_sheet, like_shunt, like_transformer
from rigs.opened import Opened
from rigs.opening import open_found

HOUR = QuantityEntry(1.0, "h")


def rehearse(
    bench: Path | None, rig: type[Any], sheet: Sample | None = None, own: Path | None = None
) -> Rehearsal:
    """The rehearsal of the bench file `bench` for the class `rig`, with a sample like `sheet`.

    `own` is the rig's simulated bench (None: ours); it is rehearsed itself where `bench` is None. A
    simulated bench is taken as it is. `BenchError` names what is wrong in the file.
    """
    found = load_bench(bench) if bench is not None else _twin(rig, own)
    check_roles(found, rig)
    if found.simulated:
        return _prepared(found, found, rig, (), sheet)
    for role in found.roles:
        limits_of(found, role, driver_class(found, role, rig))
    twin = _twin(rig, own)
    check_roles(twin, rig)
    simulated, stand_ins = _simulated(found, twin)
    return _prepared(found, simulated, rig, stand_ins, sheet)


def _twin(rig: type[Any], own: Path | None) -> Bench:
    return load_bench(own or simulated_bench(rig.name))


def _prepared(
    bench: Bench,
    simulated: Bench,
    rig: type[Any],
    stand_ins: tuple[StandIn, ...],
    sheet: Sample | None,
) -> Rehearsal:
    used: list[Used] = []
    return Rehearsal(
        bench=bench.name,
        path=bench.path,
        sha256=bench.sha256,
        real=not bench.simulated,
        open=_opener(simulated, sheet, used, stated(bench) if bench is not simulated else None),
        stand_ins=stand_ins,
        certificates=certificates_of(bench),
        guards=tuple(Guard(one.name, one.action) for one in bench.interlocks),
        hazardous=bench.hazardous or is_hazardous(rig),
        hardware_interlock=bench.hardware_interlock,
        addresses={role: entry.address for role, entry in bench.roles.items()},
        used=used,
    )


def _opener(
    simulated: Bench,
    sheet: Sample | None,
    used: list[Used],
    real: Mapping[str, Certificate] | None,
) -> BenchOpener:
    """Opens `simulated`; its certificates are as good as the `real` ones where there are any."""
    if not simulated.simulated:
        raise BenchError(f"{simulated.path}: a rehearsal opens no real bench")

    async def open_bench(
        bench: Path | None,
        *,
        rig: type,
        sample: SampleRequest | None,
        seed: int,
        trace: Path | None = None,
        offline: bool = False,
    ) -> Opened:
        if offline:
            raise Defect("a rehearsal is done with instruments")
        opened = await open_found(simulated, rig=rig, sample=sample, seed=seed, trace=trace)
        await _count(opened, used)
        certificates = opened.certificates
        if real is not None:
            certificates = predicted(real, opened.instruments)
        sample_like = like_sheet(sheet, opened.sample)
        return dataclasses.replace(opened, sample=sample_like, certificates=certificates)

    return open_bench


def _seldom(interlock: InterlockEntry) -> InterlockEntry:
    """An interlock that is looked at once an hour: looking costs a rehearsal most of its time."""
    return msgspec.structs.replace(
        interlock, every=HOUR, lost_after=msgspec.structs.replace(HOUR, value=2.0)
    )


async def _count(opened: Opened, used: list[Used]) -> None:
    """Let `used` have what the rig uses up from now on until it is closed."""
    rig = opened.rig
    if not isinstance(rig, Consumables):
        return
    before = await rig.consumed()

    async def count() -> None:
        try:
            after = await rig.consumed()
        except LabError:
            return  # an instrument that does not answer: what it used up is not known
        used.append({name: _less(now, before.get(name)) for name, now in after.items()})

    opened.lines.push_async_callback(count)


def _less(now: Quantity, before: Quantity | None) -> Quantity:
    start = 0.0 if before is None else before.to(now.unit).value
    return Quantity(now.value - start, now.unit)


def _simulated(bench: Bench, twin: Bench) -> tuple[Bench, tuple[StandIn, ...]]:
    """`bench` with every role simulated after `twin`, and what stands in for some of them."""
    roles: dict[str, RoleEntry] = {}
    stand_ins: list[StandIn] = []
    for role, entry in bench.roles.items():
        made, how = counterpart(role, entry, twin.roles[role])
        roles[role] = made
        if how is not None:
            stand_ins.append(how)
    simulated = msgspec.structs.replace(
        bench,
        roles=roles,
        sim=twin.sim,
        interlocks=tuple(_seldom(one) for one in bench.interlocks),
        reference_cell=like_cell(bench.reference_cell, twin.reference_cell),
        bottom_cell=like_cell(bench.bottom_cell, twin.bottom_cell),
        shunt=like_shunt(bench.shunt, twin.shunt),
        current_transformer=like_transformer(bench.current_transformer, twin.current_transformer),
        dc_transducer=like_transformer(bench.dc_transducer, twin.dc_transducer),
    )
    return simulated, tuple(stand_ins)
