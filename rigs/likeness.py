"""Simulated things known as well as real ones: their own values, the others' relative u."""

from __future__ import annotations

import msgspec

from labctl.errors import UnitError
from labctl.quantity import Quantity
from labctl.sample import Sample
from rigs.bench_entries import (
    QuantityEntry,
    RatioEntry,
    ReferenceCellEntry,
    ShuntEntry,
    TransformerEntry,
)


def like_sheet(sheet: Sample | None, simulated: Sample | None) -> Sample | None:
    """The simulated sample with what `sheet` states, to the relative uncertainty that it states."""
    if sheet is None or simulated is None:
        return simulated
    true = simulated.properties
    stated = {
        name: _as_well_known(true[name], own) if name in true else own
        for name, own in sheet.properties.items()
    }
    return msgspec.structs.replace(
        sheet, properties=stated, aspects={**simulated.aspects, **sheet.aspects}
    )


def _as_well_known(true: Quantity, stated: Quantity) -> Quantity:
    """The value of `true` with the relative u of `stated`; with its own u where that is at 0."""
    if not stated.value:
        return Quantity(true.value, true.unit, stated.to(true.unit).u)
    return Quantity(true.value, true.unit, abs(true.value * stated.u / stated.value))


def like_cell(
    real: ReferenceCellEntry | None, twin: ReferenceCellEntry | None
) -> ReferenceCellEntry | None:
    """The simulated reference cell with the relative uncertainty that the real one has.

    A real one that states nonsense is kept as it is: the rig refuses it by name when it is opened.
    """
    if real is None or twin is None:
        return real
    made = _like(real.responsivity, twin.responsivity)
    return real if made is None else msgspec.structs.replace(real, responsivity=made)


def like_shunt(real: ShuntEntry | None, twin: ShuntEntry | None) -> ShuntEntry | None:
    """The simulated shunt with the relative uncertainty of the real one, as `like_cell`."""
    if real is None or twin is None:
        return real
    made = _like(real.resistance, twin.resistance)
    return real if made is None else msgspec.structs.replace(real, resistance=made)


def like_transformer(
    real: TransformerEntry | None, twin: TransformerEntry | None
) -> TransformerEntry | None:
    """The simulated transducer with the relative uncertainty of the real one, as `like_cell`."""
    if real is None or twin is None:
        return real
    u = _u_like(real.ratio.quantity(), twin.ratio.quantity())
    if u is None:
        return real
    return msgspec.structs.replace(real, ratio=RatioEntry(twin.ratio.value, u))


def _like(real: QuantityEntry, twin: QuantityEntry) -> QuantityEntry | None:
    """The value of `twin` with the relative u of `real`; None where that is nonsense."""
    u = _u_like(real.quantity(), twin.quantity())
    return None if u is None else QuantityEntry(twin.value, twin.unit, u)


def _u_like(real: Quantity, twin: Quantity) -> float | None:
    """A u in the unit of `twin` that is to it as that of `real` is to that; None where `real` is
    nonsense."""
    if real.value <= 0.0:
        return None
    try:
        stated = real.to(twin.unit)
    except UnitError:
        return None
    return twin.value * stated.u / stated.value
