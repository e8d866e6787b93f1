"""What a figure needs of the bench file and the sample's sheet: drawn, or named as lacking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from labctl.quantity import Quantity
from labctl.sample import Sample
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo


def unknown(mc: MonteCarlo, contributions: Mapping[str, Quantity], name: str, unit: str) -> Draws:
    """Draws around 0 in `unit` of the bench's contribution `name`, shape (draws + 1, 1); 0 where
    the bench does not state it, which `unstated` says then."""
    known = contributions.get(name)
    return (0.0 if known is None else known.to(unit).u) * mc.normal(f"bench/{name}")


def unstated(
    sample: Sample,
    contributions: Mapping[str, Quantity],
    properties: Sequence[str],
    bench: Sequence[str],
) -> tuple[Unstated, ...]:
    """Those names of `bench` that are not among its `contributions`, and those of `properties` that
    the sheet of `sample` does not state."""
    return (
        *(Unstated(name) for name in bench if name not in contributions),
        *(Unstated(name, "sample") for name in properties if name not in sample.properties),
    )
